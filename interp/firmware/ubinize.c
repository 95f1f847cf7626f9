/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ubinize of mtd-utils 2.1.5, with OpenWrt's -E: a UBI image from volumes that an ini file names:
 * command line and configuration. The image is made in ubi_build.c, its layout is in ubi.c.
 * Differences: without -Q the image sequence number comes from the time, not from a random number;
 * a section that is not mode=ubi and a geometry without room are errors (the tool crashes).
 */
#include "firmware/ubi.h"

#include <stdlib.h>
#include <string.h>

enum { FAILED = 255, PEB_MOST = 2 * 1024 * 1024, GO_ON = -2 };

static const struct opt options[] = {
    {'o', "output", OPT_VALUE, "FILE  output"},
    {'p', "peb-size", OPT_VALUE, "SIZE  physical erase block"},
    {'m', "min-io-size", OPT_VALUE, "SIZE  smallest input/output unit"},
    {'s', "sub-page-size", OPT_VALUE, "SIZE  smallest unit for headers (the one of -m)"},
    {'O', "vid-hdr-offset", OPT_VALUE, "OFFSET  of the VID header"},
    {'e', "erase-counter", OPT_VALUE, "N  erase counter (0)"},
    {'x', "ubi-ver", OPT_VALUE, "N  UBI version (1)"},
    {'Q', "image-seq", OPT_VALUE, "N  image sequence number"},
    {'E', "eof-markers", OPT_VALUE, "N  blocks at the end that say it is the end (OpenWrt's tool)"},
    {'v', "verbose", OPT_NONE, "say what is done"},
    {0, NULL, OPT_NONE, NULL},
};

/* --- messages --- */

static int fail(const struct ubinize *j, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static int fail(const struct ubinize *j, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(j->run->mem, fmt, ap);
	va_end(ap);
	buf_fmt(j->run->err, "ubinize: error!: %.*s\n", STR_ARG(text));
	return FAILED;
}

/* As fail(), and a second line for the system's reason. */
static int fail_errno(const struct ubinize *j, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static int fail_errno(const struct ubinize *j, int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(j->run->mem, fmt, ap);
	va_end(ap);
	fail(j, "%.*s", STR_ARG(text));
	buf_fmt(j->run->err, "%*serror %d (%s)\n", (int)sizeof("ubinize") + 1, "", -err,
		strerror(-err));
	return FAILED;
}

static void verbose(const struct ubinize *j, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void verbose(const struct ubinize *j, const char *fmt, ...)
{
	va_list ap;

	if (!j->verbose)
		return;
	va_start(ap, fmt);
	struct str text = str_vfmt(j->run->mem, fmt, ap);
	va_end(ap);
	buf_fmt(j->run->out, "ubinize: %.*s\n", STR_ARG(text));
}

/* --- numbers --- */

/* "128KiB" and so on; -1 after a message. */
static int64_t get_bytes(const struct ubinize *j, struct str text)
{
	static const char *const units[] = {"KiB", "MiB", "GiB"};
	char *end, *z = str_cz(j->run->mem, text);
	int64_t n = (int64_t)strtoull(z, &end, 0);

	if (end == z || n < 0) {
		buf_fmt(j->run->err, "incorrect amount of bytes: \"%s\"\n", z);
		return -1;
	}
	if (!*end)
		return n;
	while (*end == ' ' || *end == '\t')
		end++;
	for (int i = 0; i < 3; i++) {
		if (strcmp(end, units[i]) == 0)
			return (int64_t)((uint64_t)n << (10 * (i + 1)));
	}
	buf_fmt(j->run->err, "bad size specifier: \"%s\" - should be 'KiB', 'MiB' or 'GiB'\n", end);
	return -1;
}

static void put_bytes(struct buf *out, int64_t n)
{
	static const char units[] = "GMK";

	buf_fmt(out, "%lld bytes", (long long)n);
	for (int i = 0; i < 3; i++) {
		long long unit = 1024LL << (10 * (2 - i));

		if (n <= unit)
			continue;
		buf_fmt(out, " (%lld.%lld %ciB)", (long long)n / unit,
			(long long)n % unit / (unit / 10), units[i]);
		return;
	}
}

static int take_size(const struct ubinize *j, struct str value, const char *what, bool power,
		     int32_t *out)
{
	*out = (int32_t)get_bytes(j, value);
	if (*out <= 0)
		return fail(j, "bad %s size: \"%.*s\"", what, STR_ARG(value));
	if (power && (*out & (*out - 1)))
		return fail(j, "%s size should be power of 2", what);
	return GO_ON;
}

static int take_number(const struct ubinize *j, struct str value, const char *what, uint64_t most,
		       uint64_t *out)
{
	char *end, *z = str_cz(j->run->mem, value);
	bool bad;

	*out = strtoul(z, &end, 0);
	bad = !*z || *end;
	if (bad)
		fail(j, "strtoul: unable to parse the number '%s'", z);
	if (bad || *out > most)
		return fail(j, "bad %s: \"%s\"", what, z);
	return GO_ON;
}

/* --- command line --- */

static int take_int(const struct ubinize *j, struct str value, const char *what, int32_t *out)
{
	uint64_t n;
	int status = take_number(j, value, what, UINT64_MAX, &n);

	*out = (int32_t)n;
	if (status == GO_ON && *out < 0)
		status = fail(j, "bad %s: \"%.*s\"", what, STR_ARG(value));
	return status;
}

static int take(struct ubinize *j, int id, struct str value)
{
	uint64_t n = 0;
	int status;

	switch (id) {
	case 'p': return take_size(j, value, "physical eraseblock", false, &j->peb);
	case 'm': return take_size(j, value, "min. I/O unit", true, &j->min_io);
	case 's': return take_size(j, value, "sub-page", true, &j->subpage);
	case 'O': return take_int(j, value, "VID header offset", &j->vid_at);
	case 'e': return take_int(j, value, "erase counter value", &j->ec);
	case 'x': return take_int(j, value, "UBI version", &j->version);
	case 'Q':
		status = take_number(j, value, "UBI image sequence number", UINT32_MAX, &n);
		j->sequence = (uint32_t)n;
		return status;
	case 'E':
		if (tool_lacks(j->run, S("eof-markers"))) /* as mtd-utils has it */
			return -1;
		status = take_number(j, value, "number of eof-markers", UINT64_MAX, &n);
		j->ends = (int32_t)n;
		return status;
	case 'o':
		j->out = value;
		return GO_ON;
	default:
		j->verbose = true;
		return GO_ON;
	}
}

static int check_vid_offset(const struct ubinize *j)
{
	if (!j->vid_at)
		return GO_ON;
	if ((int64_t)j->vid_at + UBI_HEADER >= j->peb)
		return fail(j, "bad VID header position");
	if (j->vid_at % 8)
		return fail(j, "VID header offset has to be multiple of min. I/O unit size");
	return GO_ON;
}

static int check_sizes(struct ubinize *j)
{
	if (j->peb < 0)
		return fail(j, "physical eraseblock size was not specified (use -h for help)");
	if (j->peb > PEB_MOST)
		return fail(j, "too high physical eraseblock size %d", j->peb);
	if (j->min_io < 0)
		return fail(j, "min. I/O unit size was not specified (use -h for help)");
	if (j->subpage < 0)
		j->subpage = j->min_io;
	if (j->subpage > j->min_io)
		return fail(j, "sub-page cannot be larger then min. I/O unit");
	if (j->peb % j->min_io)
		return fail(j, "physical eraseblock should be multiple of min. I/O units");
	if (!j->out.p)
		return fail(j, "output file was not specified (use -h for help)");
	return check_vid_offset(j);
}

static int parse(struct ubinize *j)
{
	struct opts o = opts_begin(j->run->mem, options, j->run->argv, j->run->argc, false);
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		status = take(j, id, o.value);
		if (status != GO_ON)
			return status;
	}
	if (o.operands.n == 0)
		return fail(j, "input configuration file was not specified (use -h for help)");
	if (o.operands.n > 1)
		return fail(j, "more then one configuration file was specified (use -h for help)");
	j->config = o.operands.p[0];
	return check_sizes(j);
}

static int32_t round_up(int32_t n, int32_t unit)
{
	return (n + unit - 1) / unit * unit;
}

static int set_geometry(struct ubinize *j)
{
	if (!j->vid_at)
		j->vid_at = round_up(UBI_HEADER, j->subpage);
	j->data_at = round_up(j->vid_at + UBI_HEADER, j->min_io);
	j->leb = j->peb - j->data_at;
	if (j->leb < UBI_RECORD)
		return fail(j,
			    "physical eraseblock of %d bytes has no room behind its headers (%d)",
			    j->peb, j->data_at);
	j->most = j->leb / UBI_RECORD;
	if (j->most > UBI_VOLUMES_MOST)
		j->most = UBI_VOLUMES_MOST;
	verbose(j, "LEB size:                  %d", j->leb);
	verbose(j, "PEB size:                  %d", j->peb);
	verbose(j, "min. I/O size:             %d", j->min_io);
	verbose(j, "sub-page size:             %d", j->subpage);
	verbose(j, "VID offset:                %d", j->vid_at);
	verbose(j, "data offset:               %d", j->data_at);
	verbose(j, "UBI image sequence number: %u", j->sequence);
	return 0;
}

/* --- sections --- */

static int read_type(struct ubinize *j, struct str s, struct ubi_volume *v)
{
	struct str type = ini_get(j->ini, s, "vol_type");

	v->type = UBI_DYNAMIC;
	if (!type.p)
		buf_fmt(j->run->out, "ubinize: volume type was not specified in section \"%.*s\","
			" assume \"dynamic\"\n\n", STR_ARG(s));
	else if (str_is(type, "static"))
		v->type = UBI_STATIC;
	else if (!str_is(type, "dynamic"))
		return fail(j, "invalid volume type \"%.*s\" in section  \"%.*s\"", STR_ARG(type),
			    STR_ARG(s));
	verbose(j, "volume type: %s", v->type == UBI_DYNAMIC ? "dynamic" : "static");
	return 0;
}

static int read_image(struct ubinize *j, struct str s, struct ubi_volume *v)
{
	struct str path = ini_get(j->ini, s, "image");
	int err;

	if (!path.p && v->type == UBI_STATIC)
		return fail(j, "image is not specified for static volume in section \"%.*s\"",
			    STR_ARG(s));
	if (!path.p)
		return 0;
	err = j->run->read(j->run, path, &v->image);
	if (err)
		return fail_errno(j, err, "cannot stat \"%.*s\" referred from section \"%.*s\"",
				  STR_ARG(path), STR_ARG(s));
	if (blob_size(v->image) == 0)
		return fail(j, "empty file \"%.*s\" referred from section \"%.*s\"", STR_ARG(path),
			    STR_ARG(s));
	return 0;
}

/* As iniparser_getint: what is not there, or -1 itself, is -1. */
static int32_t get_int(struct ubinize *j, struct str s, const char *key)
{
	struct str text = ini_get(j->ini, s, key);

	return text.p ? (int32_t)strtol(str_cz(j->run->mem, text), NULL, 0) : -1;
}

static int read_id(struct ubinize *j, struct str s, struct ubi_volume *v)
{
	v->id = get_int(j, s, "vol_id");
	if (v->id == -1)
		return fail(j, "\"vol_id\" key not found in section  \"%.*s\"", STR_ARG(s));
	if (v->id < 0)
		return fail(j, "negative volume ID %d in section \"%.*s\"", v->id, STR_ARG(s));
	if (v->id >= j->most)
		return fail(j, "too high volume ID %d in section \"%.*s\", max. is %d", v->id,
			    STR_ARG(s), j->most);
	verbose(j, "volume ID: %d", v->id);
	return 0;
}

static int read_size(struct ubinize *j, struct str s, struct ubi_volume *v)
{
	struct str text = ini_get(j->ini, s, "vol_size"), path = ini_get(j->ini, s, "image");

	if (!text.p) {
		if (!v->image)
			return fail(j,
				    "neither image file (\"image=\") nor volume size"
				    " (\"vol_size=\") specified in section \"%.*s\"",
				    STR_ARG(s));
		v->bytes = (int64_t)blob_size(v->image);
		buf_fmt(j->run->out, "ubinize: volume size was not specified in section \"%.*s\","
			" assume minimum to fit image \"%.*s\"", STR_ARG(s), STR_ARG(path));
		put_bytes(j->run->out, v->bytes);
		buf_char(j->run->out, '\n');
		return 0;
	}
	v->bytes = get_bytes(j, text);
	if (v->bytes <= 0)
		return fail(j, "bad \"vol_size\" key value \"%.*s\" (section \"%.*s\")",
			    STR_ARG(text), STR_ARG(s));
	if (v->image && blob_size(v->image) > (uint64_t)v->bytes)
		return fail(j, "error in section \"%.*s\": size of the image file \"%.*s\" is %lld,"
			       " which is larger than volume size %lld", STR_ARG(s), STR_ARG(path),
			    (long long)blob_size(v->image), (long long)v->bytes);
	verbose(j, "volume size: %lld bytes", (long long)v->bytes);
	return 0;
}

static int read_name(struct ubinize *j, struct str s, struct ubi_volume *v)
{
	v->name = ini_get(j->ini, s, "vol_name");
	if (!v->name.p)
		return fail(j, "\"vol_name\" key not found in section \"%.*s\"", STR_ARG(s));
	if (v->name.n > UBI_NAME_MOST)
		return fail(j, "too long volume name in section \"%.*s\", max. is %d characters",
			    STR_ARG(v->name), UBI_NAME_MOST);
	verbose(j, "volume name: %.*s", STR_ARG(v->name));
	return 0;
}

static int read_rest(struct ubinize *j, struct str s, struct ubi_volume *v)
{
	struct str flags = ini_get(j->ini, s, "vol_flags");

	v->alignment = get_int(j, s, "vol_alignment");
	if (v->alignment == -1)
		v->alignment = 1;
	verbose(j, "volume alignment: %d", v->alignment);
	if (str_is(flags, "autoresize")) {
		verbose(j, "autoresize flags found");
		v->flags = UBI_AUTORESIZE;
	} else if (str_is(flags, "skip-check")) {
		verbose(j, "skip-check flag found");
		v->flags = UBI_SKIP_CHECK;
	} else if (flags.p)
		return fail(j, "unknown flags \"%.*s\" in section \"%.*s\"", STR_ARG(flags),
			    STR_ARG(s));
	if (v->alignment >= j->leb) {
		fail(j, "too large alignment %d, max is %d (LEB size)", v->alignment, j->leb);
		return fail(j, "cannot add volume for section \"%.*s\"", STR_ARG(s));
	}
	if (v->alignment <= 0)
		return fail(j, "bad volume alignment %d in section \"%.*s\"", v->alignment,
			    STR_ARG(s));
	v->data_pad = (uint32_t)(j->leb % v->alignment);
	v->leb = (uint32_t)j->leb - v->data_pad;
	if (v->type == UBI_STATIC)
		v->blocks = (uint32_t)((blob_size(v->image) + v->leb - 1) / v->leb);
	return 0;
}

static int check_unique(struct ubinize *j, struct str s, const struct ubi_volume *v)
{
	bool autoresize = false;

	for (const struct ubi_volume *o = j->volumes.p; o != v; o++) {
		if (o->id == v->id)
			return fail(
			    j, "volume IDs must be unique, but ID %d in section \"%.*s\" is not",
			    v->id, STR_ARG(s));
		if (str_eq(o->name, v->name))
			return fail(j, "volume name must be unique, but name \"%.*s\" in section"
				       " \"%.*s\" is not", STR_ARG(v->name), STR_ARG(s));
		autoresize |= o->flags & UBI_AUTORESIZE;
	}
	if ((v->flags & UBI_SKIP_CHECK) && v->type != UBI_STATIC)
		return fail(j, "skip-check is only valid for static volumes");
	if (autoresize && (v->flags & UBI_AUTORESIZE))
		return fail(j, "only one volume is allowed to have auto-resize flag");
	return 0;
}

static int read_section(struct ubinize *j, struct str s)
{
	struct str mode = ini_get(j->ini, s, "mode");
	struct ubi_volume *v = vec_push(j->run->mem, &j->volumes);
	int err;

	*v = (struct ubi_volume){0};
	if (s.n > 128)
		return fail(j, "too long section name \"%.*s\"", STR_ARG(s));
	if (!mode.p) {
		fail(j, "\"mode\" key not found in section \"%.*s\"", STR_ARG(s));
		return fail(
		    j, "the \"mode\" key is mandatory and has to be \"mode=ubi\" if the section"
		       " describes an UBI volume");
	}
	if (!str_is(mode, "ubi"))
		return fail(j, "section \"%.*s\" is not mode=ubi", STR_ARG(s));
	verbose(j, "mode=ubi, keep parsing");
	if ((err = read_type(j, s, v)) != 0 || (err = read_image(j, s, v)) != 0 ||
	    (err = read_id(j, s, v)) != 0 || (err = read_size(j, s, v)) != 0 ||
	    (err = read_name(j, s, v)) != 0 || (err = read_rest(j, s, v)) != 0)
		return err;
	verbose(j, "adding volume %d", v->id);
	return check_unique(j, s, v);
}

static int read_config(struct ubinize *j)
{
	struct blob *text = NULL;
	int err = j->run->read(j->run, j->config, &text);

	if (err)
		buf_fmt(j->run->err, "iniparser: cannot open %.*s\n", STR_ARG(j->config));
	else
		j->ini = ini_parse(j->run->mem, blob_flat(j->run->mem, text), j->config,
				   j->run->err);
	blob_unref(text);
	if (!j->ini)
		return fail(j, "cannot load the input ini file \"%.*s\"", STR_ARG(j->config));
	verbose(j, "loaded the ini-file \"%.*s\"", STR_ARG(j->config));
	verbose(j, "count of sections: %zu", ini_sections(j->ini));
	if (ini_sections(j->ini) == 0)
		return fail(j, "no sections found the ini-file \"%.*s\"", STR_ARG(j->config));
	if (ini_sections(j->ini) <= (size_t)j->most)
		return 0;
	fail(j, "too many sections (%zu) in the ini-file \"%.*s\"", ini_sections(j->ini),
	     STR_ARG(j->config));
	buf_fmt(j->run->out, "ubinize: each section corresponds to an UBI volume, maximum count of"
		" volumes is %d\n", j->most);
	return FAILED;
}

static int read_sections(struct ubinize *j)
{
	int err = 0;

	for (size_t i = 0; !err && i < ini_sections(j->ini); i++) {
		struct str s = ini_section(j->ini, i), path = ini_get(j->ini, s, "image");

		if (j->verbose)
			buf_char(j->run->out, '\n');
		verbose(j, "parsing section \"%.*s\"", STR_ARG(s));
		err = read_section(j, s);
		if (err || !j->verbose)
			continue;
		if (path.p) {
			verbose(j, "writing volume %d", j->volumes.p[i].id);
			verbose(j, "image file: %.*s", STR_ARG(path));
		}
		buf_char(j->run->out, '\n');
	}
	return err;
}

static int build(struct ubinize *j)
{
	struct blob *image;
	int err = set_geometry(j);

	if (!err)
		err = read_config(j);
	if (!err)
		err = read_sections(j);
	if (err)
		return err;
	if (j->ends)
		verbose(j, "writing %d eof-marker blocks", j->ends);
	verbose(j, "writing layout volume");
	image = ubinize_image(j);
	err = j->run->write(j->run, j->out, image);
	blob_unref(image);
	if (err)
		return fail_errno(j, err, "cannot open file \"%.*s\"", STR_ARG(j->out));
	verbose(j, "done");
	return 0;
}

static int ubinize_run(struct firmware_run *run)
{
	struct ubinize j = {.run = run, .peb = -1, .min_io = -1, .subpage = -1, .version = 1,
			.sequence = (uint32_t)run->epoch};
	int status = parse(&j);

	if (status != GO_ON)
		return status;
	status = build(&j);
	for (size_t i = 0; i < j.volumes.n; i++)
		blob_unref(j.volumes.p[i].image);
	if (status && run->remove)
		run->remove(run, j.out);
	return status;
}

const struct firmware firmware_ubinize = {
	.name = "ubinize",
	.help =
	"ubinize -o FILE -p SIZE -m SIZE [-s SIZE] [-O OFFSET] [-Q N] CONFIG: make a UBI image\n",
	.write = ubinize_run,
	.pure = false, /* the time of the run is in the headers unless -Q is given */
};
