/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc -I dts -O dtb: device tree sources to blobs, as the release that is there makes them, from
 * 1.4.4 to 1.8.1. What its checks warn of is said as since 1.6.1; where an older one would warn,
 * and where any would fail, the real one runs. dtc_lex.c (files, tokens), dtc_place.c (where they
 * are), dtc_parse.c and dtc_value.c (the grammar), dtc_tree.c (merging), dtc_fixup.c (phandles,
 * references, symbols), dtc_check*.c (what it warns of), dtc_blob.c (the file). What a blob is
 * taken apart by is dtb.c.
 */
#include "firmware/dtc_check.h"

#include <strings.h>

static const struct opt options[] = {
    {'q', "quiet", OPT_NONE, "no warnings; twice: no errors"},
    {'I', "in-format", OPT_VALUE, "FORMAT  dts"},
    {'o', "out", OPT_VALUE, "FILE  write to FILE"},
    {'O', "out-format", OPT_VALUE, "FORMAT  dtb"},
    {'R', "reserve", OPT_VALUE, "N  room for N entries of reserved memory"},
    {'S', "space", OPT_VALUE, "SIZE  at least so many bytes"},
    {'p', "pad", OPT_VALUE, "SIZE  so many bytes more"},
    {'a', "align", OPT_VALUE, "SIZE  a multiple of SIZE, a power of two"},
    {'b', "boot-cpu", OPT_VALUE, "N  the processor that boots"},
    {'f', "force", OPT_NONE, "also with errors"},
    {'i', "include", OPT_VALUE, "FOLDER  look there for files"},
    {'W', "warning", OPT_VALUE, "CHECK  switch it on; no-CHECK: off"},
    {'@', "symbols", OPT_NONE, "a node with the labels"},
    {0, NULL, OPT_NONE, NULL},
};

enum { SIZE_MOST = 1 << 29 };

/* Where the release is not certain an answer that depends on it is no answer. */
bool dtc_since(struct dtc *d, int release)
{
	if (d->from < release && d->to >= release)
		dtc_decline(d);
	return d->from >= release;
}

void dtc_decline(struct dtc *d)
{
	d->declined = true;
}

/* --- which release --- */

/* "DTC 1.7.0-g1df7b047": what a kernel has is 1.7.0 or a state on the way to the next release. */
static bool take_release(struct dtc *d, struct str text)
{
	static const int releases[] = {10404, 10405, 10406, 10407, 10500, 10501, 10600,
				       10601, 10700, 10701, 10702, 10800, 10801};
	enum { N = sizeof(releases) / sizeof(*releases) };
	struct str number = str_sub(text, 0, strspn(text.p, "0123456789.")), part;
	struct str behind = str_from(text, number.n);
	uint64_t n;

	d->from = 0;
	for (int i = 0; i < 3; i++) {
		if (!str_split(&number, '.', &part) || !str_number(part, 10, &n) || n > 99)
			return false;
		d->from = d->from * 100 + (int)n;
	}
	if (behind.n && !str_starts(behind, S("-g")) && !str_is(behind, "-dirty"))
		return false;
	for (size_t i = 0; i < N; i++) {
		if (releases[i] != d->from)
			continue;
		/* 1.5.1 calls itself 1.5.0. */
		if (!behind.n && d->from != 10500)
			d->to = d->from;
		else
			d->to = i + 1 < N ? releases[i + 1] : 0;
		return d->to > 0;
	}
	return false;
}

/* The release that the program's text names; false: none that is known. */
static bool search_release(struct dtc *d)
{
	struct str program = tool_program(d->run), mark = S("DTC ");
	ptrdiff_t at;

	while (program.p && (at = str_find(program, mark)) >= 0) {
		struct str text = str_from(program, (size_t)at + mark.n);
		ptrdiff_t end = str_chr(text, '\0');

		if (end > 0 && end < 64 && take_release(d, str_sub(text, 0, (size_t)end)))
			return true;
		program = text;
	}
	return false;
}

/* The release of the dtc that is there, looked for once; without one the newest. */
static bool find_release(struct dtc *d)
{
	static const char kind[] = "release";
	struct blob *b = NULL;
	int range[2] = {DTC_NEWEST, DTC_NEWEST};
	uint64_t at;

	if (d->run->program.n) {
		if (d->run->read(d->run, d->run->program, &b) != 0)
			return false;
		if (!blob_recall(b, kind, &at, range, sizeof(range)) || at != blob_size(b)) {
			range[0] = search_release(d) ? d->from : 0;
			range[1] = d->to;
			blob_remember(b, kind, blob_size(b), range, sizeof(range));
		}
		blob_unref(b);
	}
	d->from = range[0];
	d->to = range[1];
	return d->from > 0;
}

/* --- the command line --- */

static bool number(struct str text, uint32_t most, uint32_t *out)
{
	uint64_t n;

	if (!str_number(text, 0, &n) || n > most)
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool take(struct dtc *d, int id, struct str value)
{
	switch (id) {
	case 'q':
		d->quiet++;
		return true;
	case 'I':
		return str_is(value, "dts");
	case 'O':
		return str_is(value, "dtb");
	case 'o':
		d->out = value;
		return true;
	case 'R':
		return number(value, 1 << 20, &d->reserve);
	case 'S':
		return number(value, SIZE_MOST, &d->least);
	case 'p':
		return number(value, SIZE_MOST, &d->pad);
	case 'a':
		return number(value, SIZE_MOST, &d->align) && d->align &&
		       !(d->align & (d->align - 1));
	case 'b':
		d->has_boot_cpu = true;
		return number(value, INT32_MAX, &d->boot_cpu);
	case 'f':
		return true;
	case 'i':
		*vec_push(d->mem, &d->folders) = value;
		return true;
	case 'W':
		return dtc_switch(d, value);
	case '@':
		d->symbols = true;
		return true;
	default:
		return false;
	}
}

static bool ends_any(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.n >= n && strncasecmp(s.p + s.n - n, suffix, n) == 0;
}

/* Without -I and -O the names tell; a blob or a folder is no source. */
static bool is_source(struct dtc *d, bool in_given, bool out_given)
{
	struct blob *b = NULL;
	unsigned char magic[4];
	bool blob;

	if (!out_given && (ends_any(d->out, ".dts") || ends_any(d->out, ".yaml")))
		return false;
	if (in_given)
		return true;
	if (ends_any(d->in, ".dtb") || ends_any(d->in, ".dtbo") || ends_any(d->in, ".yaml"))
		return false;
	if (d->run->read(d->run, d->in, &b) != 0)
		return str_is(d->in, "-");
	blob = blob_read(b, 0, magic, 4) == 4 && get_be32(magic) == 0xd00dfeed;
	blob_unref(b);
	return !blob && !str_is(d->in, "-");
}

static bool parse(struct dtc *d)
{
	struct opts o = opts_begin(d->mem, options, d->run->argv, d->run->argc, false);
	bool in_given = false, out_given = false;
	int id;

	o.whole_names = true;
	while ((id = opts_next(&o)) != OPTS_END) {
		if (!take(d, id, o.value))
			return false;
		in_given |= id == 'I';
		out_given |= id == 'O';
	}
	if (o.operands.n > 1 || (d->least && d->pad))
		return false;
	if (o.operands.n)
		d->in = o.operands.p[0];
	return d->in.n && d->out.n && is_source(d, in_given, out_given);
}

/* --- the run --- */

/* The blob, or NULL; what is warned of is kept. */
static struct blob *compile(struct dtc *d)
{
	dtc_begin_names(d);
	if (dtc_push(d, d->in))
		dtc_parse(d);
	if (!d->declined)
		dtc_fix(d);
	dtc_tell(d, &d->warnings);
	return d->declined ? NULL : dtc_blob(d);
}

/* That it can't be written is said by the real one. */
static int put(struct dtc *d, struct blob *b)
{
	struct firmware_run *run = d->run;
	bool out = str_is(d->out, "-");
	int err = out ? 0 : run->write(run, d->out, b);

	if (!err)
		buf_str(run->err, buf_view(&d->warnings));
	if (out)
		err = run->output(run, b);
	return err ? -1 : 0;
}

static int dtc_write(struct firmware_run *run)
{
	struct arena *mem = run->mem;
	struct dtc d = {
	    .run = run,
	    .mem = mem,
	    .in = S("-"),
	    .out = S("-"),
	    .bytes = buf_new(mem),
	    .expression = buf_new(mem),
	    .warnings = buf_new(mem),
	};
	struct blob *b = NULL;
	int err = -1;

	if (find_release(&d)) {
		dtc_begin_checks(&d);
		b = parse(&d) ? compile(&d) : NULL;
	}
	for (size_t i = 0; i < d.blobs.n; i++)
		blob_unref(d.blobs.p[i]);
	if (!b)
		return -1;
	err = put(&d, b);
	blob_unref(b);
	return err;
}

const struct firmware firmware_dtc = {
    .name = "dtc",
    .help = "dtc [-q] [-I dts] [-O dtb] [-o FILE] [-p SIZE] [-S SIZE] [-a SIZE] [-i FOLDER] [-@]"
	    " [SOURCE]: compile a device tree\n",
    .write = dtc_write,
    .pure = true,
};
