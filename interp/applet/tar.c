/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tar: makes, extends, lists and extracts archives in GNU's format. Folders are always walked in
 * byte order, which is what --sort=name asks for.
 */
#include <unistd.h>

#include "applet/tar.h"
#include "codec/codec.h"

static const char help[] =
	"tar -c|-r|-x|-t [-f FILE] [-C DIR] [-zjJvp] [NAME]...: archives\n"
	"  --sort=name --owner=N --group=N --numeric-owner --mtime=@E --mode=MODE\n"
	"  --format=gnu|ustar   -z gzip   -j bzip2   -J xz   -p  modes as in the archive\n"
	"  --exclude=PATTERN   --strip-components=N   -O  to the output\n";

enum { SORT = 256, OWNER, GROUP, NUMERIC, MTIME, MODE, NO_SAME_OWNER, SAME_OWNER, EXCLUDE, STRIP };

static const struct opt options[] = {
	{'c', "create", OPT_NONE, NULL},
	{'r', "append", OPT_NONE, NULL},
	{'x', "extract", OPT_NONE, NULL},
	{'x', "get", OPT_NONE, NULL},
	{'t', "list", OPT_NONE, NULL},
	{'f', "file", OPT_VALUE, NULL},
	{'C', "directory", OPT_VALUE, NULL},
	{'z', "gzip", OPT_NONE, NULL},
	{'j', "bzip2", OPT_NONE, NULL},
	{'J', "xz", OPT_NONE, NULL},
	{'v', "verbose", OPT_NONE, NULL},
	{'p', "preserve-permissions", OPT_NONE, NULL},
	{'H', "format", OPT_VALUE, NULL},
	{SORT, "sort", OPT_VALUE, NULL},
	{OWNER, "owner", OPT_VALUE, NULL},
	{GROUP, "group", OPT_VALUE, NULL},
	{NUMERIC, "numeric-owner", OPT_NONE, NULL},
	{MTIME, "mtime", OPT_VALUE, NULL},
	{MODE, "mode", OPT_VALUE, NULL},
	{NO_SAME_OWNER, "no-same-owner", OPT_NONE, NULL},
	{SAME_OWNER, "same-owner", OPT_NONE, NULL},
	{'p', "same-permissions", OPT_NONE, NULL},
	{'O', "to-stdout", OPT_NONE, NULL},
	{EXCLUDE, "exclude", OPT_VALUE, NULL},
	{STRIP, "strip-components", OPT_VALUE, NULL},
	{0},
};

/* A name to archive, and the folder that -C had led to before it. */
struct named {
	struct str dir, name;
};

struct request {
	struct tar t;
	VEC(struct named) names;
	struct strs dirs;	/* where -C led to */
	struct str mtime_text;
};

static bool set_mode(struct tar *t, char mode)
{
	if (t->mode && t->mode != mode)
		return false;
	t->mode = mode;
	return true;
}

static bool set_id(struct str value, bool *has, uint32_t *id, struct str *name)
{
	ptrdiff_t colon = str_chr(value, ':');
	struct str digits = colon < 0 ? value : str_from(value, (size_t)colon + 1);
	uint64_t n;

	if (*has || !str_number(digits, 10, &n) || n > UINT32_MAX)
		return false; /* twice: each may have left something */
	*has = true;
	*id = (uint32_t)n;
	*name = colon < 0 ? (struct str){NULL, 0} : str_sub(value, 0, (size_t)colon);
	return true;
}

static bool take_option(struct request *r, int c, struct str value)
{
	struct tar *t = &r->t;
	mode_t unused;

	switch (c) {
	case 'c': case 'r': case 'x': case 't': return set_mode(t, (char)c);
	case 'f': t->archive = value; return str_chr(value, ':') < 0;
	case 'C':
		t->dir = path_join(t->cx->mem, t->dir, value);
		*vec_push(t->cx->mem, &r->dirs) = t->dir;
		return true;
	case 'z': case 'j': case 'J': t->filter = (char)c; return true;
	case 'v': t->verbose = !t->verbose; return t->verbose;
	case 'p': t->keep_mode = true; return true;
	case 'H': t->ustar = str_is(value, "ustar"); return t->ustar || str_is(value, "gnu");
	case SORT: return str_is(value, "name") || str_is(value, "none");
	case OWNER: return set_id(value, &t->has_uid, &t->uid, &t->uname);
	case GROUP: return set_id(value, &t->has_gid, &t->gid, &t->gname);
	case NUMERIC: t->numeric = true; return true;
	case MTIME:
		t->has_mtime = true;
		r->mtime_text = value;
		return value.n && value.p[0] == '@' && applet_time(t->cx, value, false, &t->mtime);
	case MODE:
		t->mode_change = value;
		return applet_mode(value, 0, false, t->cx->umask, &unused);
	case NO_SAME_OWNER: t->no_owner = true; return true;
	case SAME_OWNER: return true;
	case 'O': return t->to_output = true;
	case EXCLUDE:
		*vec_push(t->cx->mem, &t->excludes) = value;
		return r->names.n == 0; /* behind them it has a warning */
	case STRIP: return str_number(value, 10, &t->strip) && t->strip < UINT32_MAX;
	default: return false;
	}
}

/* "cjf out x": the letters of the first word, with their values behind it, as options. */
static void expand_old_style(struct applet_cx *cx, struct strs *out)
{
	struct str letters = cx->argv[1];
	size_t next = 2;

	*vec_push(cx->mem, out) = cx->argv[0];
	for (size_t i = 0; i < letters.n; i++) {
		*vec_push(cx->mem, out) = str_fmt(cx->mem, "-%c", letters.p[i]);
		if (strchr("fCH", letters.p[i]) && next < cx->argc)
			*vec_push(cx->mem, out) = cx->argv[next++];
	}
	while (next < cx->argc)
		*vec_push(cx->mem, out) = cx->argv[next++];
}

static void take_names(struct request *r, const struct opts *o)
{
	while (r->names.n < o->operands.n) {
		size_t i = r->names.n;

		*vec_push(r->t.cx->mem, &r->names) = (struct named){r->t.dir, o->operands.p[i]};
	}
}

/* Does the environment tell the compressor of FILTER, which tar starts, how to do it? */
static bool is_told(struct tar *t, char filter)
{
	return applet_is_set(t->cx, filter == 'z'   ? applet_gzip_variables
				    : filter == 'j' ? applet_bzip2_variables
				    : filter == 'J' ? applet_xz_variables
						    : NULL);
}

/* Does the compressor that tar starts make other bytes than ours? */
static bool compressor_is_other(struct tar *t)
{
	struct str name = t->filter == 'z' ? S("gzip") : t->filter == 'j' ? S("bzip2") : S("xz");

	return t->filter &&
	       applet_compressor_is_other(t->cx, applet_on_path(t->cx, name), t->filter);
}

static struct blob *compress(struct tar *t, struct blob *b, struct str *why)
{
	struct gzip_options g = {.level = 6};
	struct xz_options x = {"xz", "crc64", 6, false};

	switch (t->filter) {
	case 'z': return codec_gzip(t->cx->mem, b, &g, why);
	case 'j': return codec_bzip2(t->cx->mem, b, 9, why);
	case 'J': return codec_xz(t->cx->mem, b, &x, why);
	default: return blob_ref(b);
	}
}

/* NULL: it can't be read so; the real tool knows why. */
static struct blob *decompress(struct tar *t, const struct blob *b, bool by_file, struct str *why)
{
	unsigned char m[6] = {0};
	char filter;

	blob_read(b, 0, m, sizeof(m));
	filter = m[0] == 0x1f && m[1] == 0x8b		      ? 'z'
		 : m[0] == 'B' && m[1] == 'Z' && m[2] == 'h'  ? 'j'
		 : m[0] == 0xfd && m[1] == '7' && m[2] == 'z' ? 'J'
							      : 0;
	if ((t->filter != filter && (t->filter || !by_file)) || is_told(t, filter))
		return NULL;
	switch (filter) {
	case 'z': return codec_gunzip(t->cx->mem, b, why);
	case 'j': return codec_bunzip2(t->cx->mem, b, why);
	case 'J': return codec_unxz(t->cx->mem, b, why);
	default: return blob_ref((struct blob *)b);
	}
}

/* Two zero blocks, and zeros up to a whole record. */
static void finish(struct tar *t)
{
	uint64_t size = blob_size(t->out) + 2 * TAR_BLOCK;
	struct blob *whole = blob_resize(t->out, (size + TAR_RECORD - 1) / TAR_RECORD * TAR_RECORD);

	blob_unref(t->out);
	t->out = whole;
}

static bool to_stdout(const struct tar *t)
{
	return !t->archive.p || str_is(t->archive, "-");
}

static int put_archive(struct tar *t)
{
	struct applet_cx *cx = t->cx;
	struct str why = S("failed");
	struct blob *b = compress(t, t->out, &why);
	int err;

	if (!b) {
		applet_say(cx, "%.*s", STR_ARG(why));
		return 2;
	}
	if (to_stdout(t)) {
		applet_put(cx, b);
		err = 0;
	} else {
		err = files_write(cx->files, applet_path(cx, t->archive), b);
	}
	blob_unref(b);
	if (!err)
		return applet_status(cx, 0) ? 2 : 0;
	applet_say_errno(cx, str_fmt(cx->mem, "%.*s: Cannot open", STR_ARG(t->archive)), err);
	applet_say(cx, "Error is not recoverable: exiting now");
	return 2;
}

static void say_mtime(struct request *r)
{
	struct applet_cx *cx = r->t.cx;
	struct tm tm;

	if (!r->t.verbose || !r->mtime_text.p || !applet_local(cx, r->t.mtime.tv_sec, false, &tm))
		return;
	applet_say(cx, "Option --mtime: Treating date '%.*s' as %04d-%02d-%02d %02d:%02d:%02d",
		   STR_ARG(r->mtime_text), tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		   tm.tm_min, tm.tm_sec);
}

/* -r: the archive without its end; false: it can't be extended here. */
static bool load_archive(struct tar *t)
{
	struct blob *old = NULL;
	uint64_t size;
	int err;

	if (t->filter || to_stdout(t))
		return false;
	err = files_read(t->cx->files, applet_path(t->cx, t->archive), &old);
	if (err)
		return err == -ENOENT;
	size = tar_members_size(t, old);
	if (size != UINT64_MAX) {
		blob_unref(t->out);
		t->out = blob_slice(old, 0, size);
	}
	blob_unref(old);
	return size != UINT64_MAX;
}

static int make_archive(struct request *r)
{
	struct tar *t = &r->t;
	int status;

	t->several = r->names.n > 1;
	say_mtime(r);
	for (size_t i = 0; i < r->names.n; i++) {
		t->dir = r->names.p[i].dir;
		tar_add(t, r->names.p[i].name);
	}
	if (t->too_long)
		return APPLET_DECLINE;
	finish(t);
	status = put_archive(t);
	if (status == 0 && t->status)
		applet_say(t->cx, "Exiting with failure status due to previous errors");
	return status ? status : t->status;
}

static int use_archive(struct request *r, const struct strs *names)
{
	struct tar *t = &r->t;
	struct str why = S("failed");
	struct blob *b = NULL, *plain;
	bool known, input = to_stdout(t);
	int err = input ? stream_peek(t->cx->in, &b)
			: files_read(t->cx->files, applet_path(t->cx, t->archive), &b);

	if (err && input)
		return applet_decline(t->cx);
	if (err) {
		applet_say_errno(t->cx, str_fmt(t->cx->mem, "%.*s: Cannot open",
						STR_ARG(t->archive)), err);
		applet_say(t->cx, "Error is not recoverable: exiting now");
		return 2;
	}
	plain = decompress(t, b, !input, &why);
	/* an empty one is an error */
	known = plain && blob_size(plain) && tar_read(t, plain, names);
	if (known && t->status)
		applet_say(t->cx, "Exiting with failure status due to previous errors");
	blob_unref(plain);
	blob_unref(b);
	b = NULL;
	if (known && input && stream_rest(t->cx->in, &b) == 0)
		blob_unref(b);
	return known ? applet_status(t->cx, t->status) : applet_decline(t->cx);
}

static bool has_wildcard(const struct strs *names)
{
	for (size_t i = 0; i < names->n; i++)
		for (size_t k = 0; k < names->p[i].n; k++)
			if (strchr("*?[", names->p[i].p[k]))
				return true;
	return false;
}

static int run(struct applet_cx *cx)
{
	struct request r = {.t = {.cx = cx, .dir = cx->cwd, .keep_mode = geteuid() == 0}};
	struct strs argv = {0};
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct files_stat st;
	bool idle = false;
	int c, status;

	if (cx->argc > 1 && cx->argv[1].n && cx->argv[1].p[0] != '-') {
		expand_old_style(cx, &argv);
		o = applet_opts(cx, options, argv.p, argv.n, false);
	}
	for (;;) {
		struct str before = r.t.dir;
		size_t known = r.names.n;

		c = opts_next(&o);
		/* Operands seen until now were named before this option. */
		r.t.dir = before;
		take_names(&r, &o);
		if (r.names.n > known)
			idle = false;
		if (c == OPTS_END)
			break;
		idle |= c == 'C';
		if (!take_option(&r, c, o.value))
			return applet_decline(cx);
	}
	for (size_t i = 0; i < r.dirs.n; i++)
		if (!applet_is_folder(cx, r.dirs.p[i]))
			return applet_decline(cx);
	if ((r.t.to_output || r.t.strip) && (r.t.mode != 'x' || r.t.verbose))
		return applet_decline(cx);
	if (!r.t.mode)
		return applet_decline(cx);
	/* a -C behind all names has no effect, and tar says so */
	if (idle && r.names.n && !strchr("xt", r.t.mode))
		return applet_decline(cx);
	if (strchr("xt", r.t.mode))
		return r.names.n && (has_wildcard(&o.operands)) ? applet_decline(cx)
								: use_archive(&r, &o.operands);
	/* What is too long for ustar is handed on after all is walked: nothing may have been said
	 * by then. */
	for (size_t i = 0; r.t.ustar && i < r.names.n; i++)
		if (r.t.verbose ||
		    files_lstat(cx->files, path_join(cx->mem, r.names.p[i].dir, r.names.p[i].name),
				&st) != 0)
			return applet_decline(cx);
	if (is_told(&r.t, r.t.filter) || compressor_is_other(&r.t))
		return applet_decline(cx);
	r.t.out = blob_empty();
	r.t.links = map_new(cx->mem);
	r.t.told = map_new(cx->mem);
	if (!to_stdout(&r.t) && applet_creatable(cx, r.t.archive) != 0)
		status = applet_decline(cx); /* each of its processes has something to say */
	else if (r.names.n == 0 || (r.t.mode == 'r' && !load_archive(&r.t)) ||
	    (to_stdout(&r.t) && stream_is_tty(cx->out)))
		status = applet_decline(cx);
	else
		status = make_archive(&r);
	blob_unref(r.t.out);
	return status;
}

const struct applet applet_tar = {
	.name = "tar",
	.help = help,
	.run = run,
	.variables = "TAR_OPTIONS TAPE",
};
