/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gzip, bzip2, xz, libdeflate-gzip and their opposites: one way to treat files, a codec each. A
 * tool replaces its operands by compressed files that keep mode and time, or writes to the output.
 */
#include <sys/stat.h>

#include "applet/internal.h"
#include "codec/codec.h"

enum tool { GZIP, BZIP2, XZ, LIBDEFLATE };

struct request {
	struct applet_cx *cx;
	enum tool tool;
	bool decode, to_output, force, keep, no_name, extreme, quiet;
	int level;
	const char *format, *check; /* xz */
	struct str suffix;
	int status;
	bool begun;		/* something was read, written or said */
	bool decline;		/* the real tool is to do all of it */
};

enum { FORMAT = 256, CHECK, BEST, FAST, STDOUT };

static const struct opt options[] = {
	{'c', "stdout", OPT_NONE, NULL},
	{'c', "to-stdout", OPT_NONE, NULL},
	{'d', "decompress", OPT_NONE, NULL},
	{'d', "uncompress", OPT_NONE, NULL},
	{'e', "extreme", OPT_NONE, NULL},
	{'f', "force", OPT_NONE, NULL},
	{'k', "keep", OPT_NONE, NULL},
	{'n', "no-name", OPT_NONE, NULL},
	{'N', "name", OPT_NONE, NULL},
	{'q', "quiet", OPT_NONE, NULL},
	{'S', "suffix", OPT_VALUE, NULL},
	{'T', "threads", OPT_VALUE, NULL},
	{'z', "compress", OPT_NONE, NULL},
	{FORMAT, "format", OPT_VALUE, NULL},
	{CHECK, "check", OPT_VALUE, NULL},
	{BEST, "best", OPT_NONE, NULL},
	{FAST, "fast", OPT_NONE, NULL},
	{'0', NULL, OPT_NONE, NULL},
	{'1', NULL, OPT_NONE, NULL},
	{'2', NULL, OPT_NONE, NULL},
	{'3', NULL, OPT_NONE, NULL},
	{'4', NULL, OPT_NONE, NULL},
	{'5', NULL, OPT_NONE, NULL},
	{'6', NULL, OPT_NONE, NULL},
	{'7', NULL, OPT_NONE, NULL},
	{'8', NULL, OPT_NONE, NULL},
	{'9', NULL, OPT_NONE, NULL},
	{0},
};

/* The options that each tool knows, besides digits. */
static const char *const known[] = {
	[GZIP] = "cdfknNqS", [BZIP2] = "cdfkqz", [XZ] = "cdefkqzTS", [LIBDEFLATE] = "cdfknqS",
};

static struct blob *encode(struct request *r, struct blob *in, struct str name, uint32_t mtime,
			   struct str *why)
{
	struct arena *mem = r->cx->mem;
	struct gzip_options g = {.level = r->level, .mtime = r->no_name ? 0 : mtime};
	struct xz_options x = {r->format, r->check, r->level, r->extreme};

	if (!r->no_name)
		g.name = name;
	switch (r->tool) {
	case GZIP:
		return codec_gzip_cached(r->cx->codecs, mem, in, &g, why);
	case BZIP2: return codec_bzip2(mem, in, r->level, why);
	case XZ:
		return codec_xz_cached(r->cx->codecs, mem, in, &x, why);
	default:
		g.name = (struct str){NULL, 0};
		g.mtime = 0;
		return codec_libdeflate_gzip_cached(r->cx->codecs, mem, in, &g, why);
	}
}

static struct blob *decode(struct request *r, const struct blob *in, struct str *why)
{
	struct arena *mem = r->cx->mem;
	unsigned char first = 0;

	switch (r->tool) {
	case BZIP2: return codec_bunzip2(mem, in, why);
	case XZ:
		/* A .lzma file has no magic; it starts with its properties. */
		blob_read(in, 0, &first, 1);
		return first == 0xfd ? codec_unxz(mem, in, why) : codec_unlzma(mem, in, why);
	default: return r->begun ? codec_gunzip(mem, in, why) : codec_gunzip_all(mem, in, why);
	}
}

/*
 * gzip reads more than its own format (compress's, pack's, with -cf anything), has warnings and
 * finds names in more ways; of bad input xz gives what is in front. So as long as nothing was done,
 * whatever is odd is for the real tool.
 */
static bool left_to_tool(struct request *r)
{
	r->decline |= r->tool != LIBDEFLATE && !r->begun;
	return r->decline;
}

static void failed(struct request *r, struct str name, struct blob *in, struct str why)
{
	unsigned char magic[2] = {0};

	if (left_to_tool(r))
		return;
	blob_read(in, 0, magic, 2);
	if (r->tool == GZIP && (magic[0] != 0x1f || magic[1] != 0x8b)) {
		stream_write(r->cx->err, "\n", 1);
		why = S("not in gzip format");
	}
	applet_say(r->cx, "%.*s: %.*s", STR_ARG(applet_name(r->cx, name)), STR_ARG(why));
	r->status = 1;
}

/* All of the input; what is to be decoded stays to be read. */
static struct blob *take_input(struct request *r)
{
	struct blob *in = NULL;

	if (!r->decode || r->begun)
		return applet_read(r->cx, S("-"));
	return stream_peek(r->cx->in, &in) == 0 ? in : applet_read(r->cx, S("-"));
}

static void code_input(struct request *r)
{
	struct applet_cx *cx = r->cx;
	struct blob *in = take_input(r), *out, *rest = NULL;
	struct str why = S("failed");
	struct stat st;
	int fd = stream_descriptor(cx->in);
	bool timed = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

	if (!in) {
		r->status = 1;
		return;
	}
	out = r->decode
		  ? decode(r, in, &why)
		  : encode(r, in, (struct str){NULL, 0}, timed ? (uint32_t)st.st_mtime : 0, &why);
	if (!out)
		failed(r, S("stdin"), in, why);
	if (!r->decline && stream_rest(cx->in, &rest) == 0)
		blob_unref(rest);
	if (out)
		applet_put(cx, out);
	blob_unref(out);
	blob_unref(in);
}

/* The name that NAME's other form has; false (said) when there is none. */
static bool other_name(struct request *r, struct str name, struct str *out)
{
	struct applet_cx *cx = r->cx;

	if (!r->decode && r->tool != LIBDEFLATE && str_ends(name, r->suffix)) {
		applet_say(cx, "%.*s already has %.*s suffix -- unchanged", STR_ARG(name),
			   STR_ARG(r->suffix));
		return false;
	}
	if (!r->decode) {
		*out = str_cat(cx->mem, name, r->suffix);
		return true;
	}
	if (str_ends(name, r->suffix) && name.n > r->suffix.n) {
		*out = str_sub(name, 0, name.n - r->suffix.n);
		return true;
	}
	if (r->tool == XZ && str_ends(name, S(".lzma"))) {
		*out = str_sub(name, 0, name.n - 5);
		return true;
	}
	if (str_ends(name, S(".tgz")) && r->tool == GZIP) {
		*out = str_fmt(cx->mem, "%.*star", (int)name.n - 3, name.p);
		return true;
	}
	if (left_to_tool(r))
		return false;
	applet_say(cx, "%.*s: unknown suffix -- ignored", STR_ARG(name));
	r->status = 2;
	return false;
}

static void put_beside(struct request *r, struct str name, struct str target, struct blob *out,
		       const struct files_stat *st)
{
	struct applet_cx *cx = r->cx;
	struct str path = applet_path(cx, target);
	struct files_stat old;
	int err;

	if (!r->force && files_peek(cx->files, path, false, &old) == 0) {
		applet_say(cx, "%.*s already exists;\tnot overwritten", STR_ARG(target));
		r->status = 2;
		return;
	}
	err = files_write(cx->files, path, out);
	if (err == 0) {
		files_chmod(cx->files, path, st->mode & 07777);
		files_chown(cx->files, path, (int)st->uid, (int)st->gid);
		err = files_touch(cx->files, path,
				  files_mtime(cx->files, applet_path(cx, name), st), true);
	}
	if (err == 0 && !r->keep)
		err = files_unlink(cx->files, applet_path(cx, name));
	if (err) {
		applet_say_errno(cx, applet_name(cx, target), err);
		r->status = 1;
	}
}

/* With -d, NAME may be given without its suffix. */
static struct str find_name(struct request *r, struct str name)
{
	struct files_stat st;
	struct str longer = str_cat(r->cx->mem, name, r->suffix);

	if (!r->decode || r->tool != GZIP || str_ends(name, r->suffix) ||
	    files_stat(r->cx->files, applet_path(r->cx, name), &st) == 0)
		return name;
	return longer;
}

static void say_unreadable(struct request *r, struct str name, int err)
{
	char text[128];

	if (left_to_tool(r))
		return;
	r->status = 1;
	if (r->tool == BZIP2)
		applet_say(r->cx, "Can't open input file %.*s: %s.", STR_ARG(name),
			   strerror_r(-err, text, sizeof(text)));
	else
		applet_say_errno(r->cx, applet_name(r->cx, name), err);
}

/* False: a time that the format has no room for. */
static bool seconds_of(struct request *r, struct str name, const struct files_stat *st,
		       uint32_t *out)
{
	int64_t time = r->no_name ? 0
				  : files_mtime(r->cx->files, applet_path(r->cx, name), st).tv_sec;

	*out = (uint32_t)time;
	return r->no_name || (time > 0 && time <= UINT32_MAX);
}

static void code_file(struct request *r, struct str name)
{
	struct applet_cx *cx = r->cx;
	struct files_stat st = {0};
	struct blob *in = NULL, *out;
	struct str why = S("failed"), target = {0};
	uint32_t time = 0;
	int err;

	name = find_name(r, name);
	err = files_stat(cx->files, applet_path(cx, name), &st);
	if (err == 0 && S_ISDIR(st.mode)) {
		applet_say(cx, "%.*s is a directory -- ignored", STR_ARG(name));
		r->status = 2;
		return;
	}
	if (err == 0 && !r->to_output && !other_name(r, name, &target))
		return;
	if (err == 0)
		err = files_read(cx->files, applet_path(cx, name), &in);
	if (err) {
		say_unreadable(r, name, err);
		return;
	}
	if (!r->decode && !seconds_of(r, name, &st, &time) && left_to_tool(r)) {
		blob_unref(in);
		return;
	}
	out = r->decode ? decode(r, in, &why) : encode(r, in, path_base(name), time, &why);
	if (!out)
		failed(r, name, in, why);
	else if (r->to_output)
		applet_put(cx, out);
	else
		put_beside(r, name, target, out, &st);
	blob_unref(out);
	blob_unref(in);
}

/* libdeflate's levels have two digits: "-12" is not "-1 -2". */
static bool take_number(struct request *r, struct str arg)
{
	uint64_t n;

	if (r->tool != LIBDEFLATE || arg.n < 2 || arg.p[0] != '-' ||
	    !str_number(str_from(arg, 1), 10, &n) || n < 1 || n > 12)
		return false;
	r->level = (int)n;
	return true;
}

static bool take_option(struct request *r, int c, struct str value)
{
	if (c < 256 && !(c >= '0' && c <= '9') && !strchr(known[r->tool], c))
		return false;
	switch (c) {
	case 'c': r->to_output = true; return true;
	case 'd': r->decode = true; return true;
	case 'e': r->extreme = true; return true;
	case 'f': r->force = true; return true;
	case 'k': r->keep = true; return true;
	case 'n': r->no_name = true; return true;
	case 'N': r->no_name = false; return !r->decode;
	case 'q': r->quiet = true; return true;
	case 'S': r->suffix = value; return value.n > 0;
	case 'T':
		return r->decode || str_is(value, "1") ||
		       str_is(r->format ? str_z(r->format) : S(""), "lzma");
	case 'z': r->decode = false; return true;
	case CHECK: r->check = str_cz(r->cx->mem, value); return r->tool == XZ;
	case FORMAT:
		r->format = str_cz(r->cx->mem, value);
		return r->tool == XZ && (str_is(value, "xz") || str_is(value, "lzma"));
	case BEST: case FAST: return (r->level = c == BEST ? 9 : 1);
	default: r->level = c - '0'; return c > '0' || r->tool == XZ;
	}
}

/*
 * Others are called so, too (pigz, lbzip2), and make other bytes. xz has used all processors since
 * 5.6 where it isn't told how many, which divides its streams into blocks of another kind.
 */
bool applet_compressor_is_other(struct applet_cx *cx, struct str program, char letter)
{
	switch (letter) {
	case 'z':
		return applet_program_lacks(cx, program, S("bug-gzip@gnu.org"));
	case 'j':
		return applet_program_lacks(cx, program,
					    S("bzip2, a block-sorting file compressor"));
	case 'J':
		return applet_program_lacks(cx, program, S("xz (XZ Utils) 5.2")) &&
		       applet_program_lacks(cx, program, S("xz (XZ Utils) 5.4"));
	default:
		return false;
	}
}

/* Does the program in whose place R is make other bytes? libdeflate's do of each release. */
static bool is_other(const struct request *r, bool threads)
{
	static const char letters[] = {[GZIP] = 'z', [BZIP2] = 'j', [XZ] = 'J'};
	struct str release =
	    str_fmt(r->cx->mem, "compression program v%s", codec_libdeflate_release());

	if (r->decode || (r->tool == XZ && (threads || !str_is(str_z(r->format), "xz"))))
		return false;
	return r->tool == LIBDEFLATE
		   ? applet_program_lacks(r->cx, r->cx->program, release)
		   : applet_compressor_is_other(r->cx, r->cx->program, letters[r->tool]);
}

static int run_tool(struct applet_cx *cx, enum tool tool, const char *suffix, bool decodes,
		    bool outputs)
{
	struct request r = {.cx = cx, .tool = tool, .decode = decodes, .to_output = outputs,
			    .level = tool == BZIP2 ? 9 : 6, .suffix = str_z(suffix),
			    .format = "xz", .check = "crc64"};
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	bool threads = false;
	int c;

	for (;;) {
		if (o.in_cluster == 0 && o.next < o.argc && take_number(&r, o.argv[o.next])) {
			o.next++;
			continue;
		}
		c = opts_next(&o);
		if (c == OPTS_END)
			break;
		if (!take_option(&r, c, o.value))
			return applet_decline(cx);
		threads |= c == 'T';
	}
	if (is_other(&r, threads))
		return applet_decline(cx);
	if (tool == XZ && str_is(str_z(r.format), "lzma"))
		r.suffix = S(".lzma");
	/* Nobody wants compressed bytes on a terminal; the real tool says so. */
	if ((o.operands.n == 0 || r.to_output) && !r.decode && stream_is_tty(cx->out))
		return applet_decline(cx);
	if (o.operands.n == 0)
		code_input(&r);
	for (size_t i = 0; i < o.operands.n && !r.decline; i++) {
		if (str_is(o.operands.p[i], "-"))
			code_input(&r);
		else
			code_file(&r, o.operands.p[i]);
		r.begun = true;
	}
	return r.decline ? applet_decline(cx) : applet_status(cx, r.status);
}

static int run_gzip(struct applet_cx *cx)
{
	return run_tool(cx, GZIP, ".gz", false, false);
}

/* gunzip and zcat are scripts that run gzip, which says its own name. */
static int run_by_gzip(struct applet_cx *cx, bool to_stdout)
{
	struct str *argv = arena_alloc(cx->mem, cx->argc * sizeof(*argv));

	memcpy(argv, cx->argv, cx->argc * sizeof(*argv));
	argv[0] = S("gzip");
	cx->argv = argv;
	return run_tool(cx, GZIP, ".gz", true, to_stdout);
}

static int run_gunzip(struct applet_cx *cx)
{
	return run_by_gzip(cx, false);
}

static int run_zcat(struct applet_cx *cx)
{
	return run_by_gzip(cx, true);
}

static int run_bzip2(struct applet_cx *cx)
{
	return run_tool(cx, BZIP2, ".bz2", false, false);
}

static int run_bunzip2(struct applet_cx *cx)
{
	return run_tool(cx, BZIP2, ".bz2", true, false);
}

static int run_bzcat(struct applet_cx *cx)
{
	return run_tool(cx, BZIP2, ".bz2", true, true);
}

static int run_xz(struct applet_cx *cx)
{
	return run_tool(cx, XZ, ".xz", false, false);
}

static int run_unxz(struct applet_cx *cx)
{
	return run_tool(cx, XZ, ".xz", true, false);
}

static int run_xzcat(struct applet_cx *cx)
{
	return run_tool(cx, XZ, ".xz", true, true);
}

static int run_libdeflate(struct applet_cx *cx)
{
	return run_tool(cx, LIBDEFLATE, ".gz", false, false);
}

static const char help[] = "[-cdfk] [-1..-9] [-S SUFFIX] [FILE]...: compress or decompress\n"
			   "  -c  to the output   -d  decompress   -k  keep FILE   -f  overwrite\n"
			   "  gzip: -n without name and time\n"
			   "  xz: -e, --format=xz|lzma, --check=crc32|crc64|sha256|none\n";

/* Options in front of those that are given. */
const char applet_gzip_variables[] = "GZIP";
const char applet_bzip2_variables[] = "BZIP2 BZIP";
const char applet_xz_variables[] = "XZ_DEFAULTS XZ_OPT";

const struct applet applet_gzip = {
	.name = "gzip",
	.help = help,
	.run = run_gzip,
	.flags = APPLET_SHORT_NAME,
	.variables = applet_gzip_variables,
};
const struct applet applet_gunzip = {
	.name = "gunzip",
	.help = help,
	.run = run_gunzip,
	.flags = APPLET_SHORT_NAME,
	.variables = applet_gzip_variables,
};
const struct applet applet_zcat = {
	.name = "zcat",
	.help = help,
	.run = run_zcat,
	.flags = APPLET_SHORT_NAME,
	.variables = applet_gzip_variables,
};
const struct applet applet_bzip2 = {
	.name = "bzip2",
	.help = help,
	.run = run_bzip2,
	.flags = APPLET_SHORT_NAME,
	.variables = applet_bzip2_variables,
};
const struct applet applet_bunzip2 = {
	.name = "bunzip2",
	.help = help,
	.run = run_bunzip2,
	.flags = APPLET_SHORT_NAME,
	.variables = applet_bzip2_variables,
};
const struct applet applet_bzcat = {
	.name = "bzcat",
	.help = help,
	.run = run_bzcat,
	.flags = APPLET_SHORT_NAME,
	.variables = applet_bzip2_variables,
};
const struct applet applet_xz = {
	.name = "xz",
	.help = help,
	.run = run_xz,
	.variables = applet_xz_variables,
};
const struct applet applet_unxz = {
	.name = "unxz",
	.help = help,
	.run = run_unxz,
	.variables = applet_xz_variables,
};
const struct applet applet_xzcat = {
	.name = "xzcat",
	.help = help,
	.run = run_xzcat,
	.variables = applet_xz_variables,
};
const struct applet applet_libdeflate_gzip = {
	.name = "libdeflate-gzip",
	.help = help,
	.run = run_libdeflate,
};
