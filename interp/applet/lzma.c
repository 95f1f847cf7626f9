/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lzma e|d: the LZMA SDK's own command line, as OpenWrt's host tool has it. Called any other way it
 * may be xz's tool of that name, which then is started.
 */
#include "applet/internal.h"
#include "codec/codec.h"

static const char help[] =
    "lzma e|d IN OUT [-dN] [-lcN] [-lpN] [-pbN] [-fbN] [-aN] [-mfbtN] [-eos]\n"
    "  -si  IN is the input   -so  OUT is the output\n"
    "  -dN  dictionary of 2^N bytes   -eos  write an end mark\n";

struct request {
	struct lzma_options o;
	bool from_input, to_output;
	struct str files[2];
	size_t n;
};

/* "-NAMEvalue" as a number up to MOST. */
static bool number(struct str arg, const char *name, uint64_t most, uint64_t *out)
{
	struct str n = str_z(name);

	return str_starts(arg, n) && str_number(str_from(arg, n.n), 10, out) && *out <= most;
}

/* False: not known here. */
static bool take_switch(struct request *r, struct str arg)
{
	uint64_t n;

	if (str_is(arg, "-si"))
		return r->from_input = true;
	if (str_is(arg, "-so"))
		return r->to_output = true;
	if (str_is(arg, "-eos"))
		return r->o.eos = true;
	if (number(arg, "-mt", 64, &n))
		return true; /* threads don't change the bytes */
	if (number(arg, "-mfbt", 4, &n) && n >= 2)
		r->o.match_finder = (int)n;
	else if (number(arg, "-lc", 8, &n))
		r->o.lc = (int)n;
	else if (number(arg, "-lp", 4, &n))
		r->o.lp = (int)n;
	else if (number(arg, "-pb", 4, &n))
		r->o.pb = (int)n;
	else if (number(arg, "-fb", 273, &n) && n >= 5)
		r->o.fast_bytes = (int)n;
	else if (number(arg, "-a", 1, &n))
		r->o.algo = (int)n;
	else if (number(arg, "-d", 30, &n))
		r->o.dict = (uint32_t)1 << n;
	else
		return false;
	return true;
}

static int code(struct applet_cx *cx, struct request *r, bool encode)
{
	struct str from = r->from_input ? S("-") : r->files[0];
	struct str to = r->to_output ? S("-") : r->files[r->from_input ? 0 : 1];
	struct blob *in = applet_read(cx, from), *out;
	struct str why = S("failed");
	bool ok;

	if (!in)
		return 1;
	out = encode ? codec_lzma_cached(cx->codecs, cx->mem, in, &r->o, &why)
		     : codec_unlzma(cx->mem, in, &why);
	blob_unref(in);
	if (!out) {
		applet_say(cx, "%.*s: %.*s", STR_ARG(from), STR_ARG(why));
		return 1;
	}
	ok = applet_write(cx, to, out);
	blob_unref(out);
	return applet_status(cx, ok ? 0 : 1);
}

static int run(struct applet_cx *cx)
{
	struct request r = {.o = lzma_defaults()};
	bool encode;
	size_t want;

	if (cx->argc < 2 || !(str_is(cx->argv[1], "e") || str_is(cx->argv[1], "d")))
		return applet_decline(cx);
	encode = str_is(cx->argv[1], "e");
	for (size_t i = 2; i < cx->argc; i++) {
		struct str arg = cx->argv[i];

		if (arg.n && arg.p[0] == '-') {
			if (!take_switch(&r, arg))
				return applet_decline(cx);
		} else if (r.n == 2) {
			return applet_decline(cx);
		} else {
			r.files[r.n++] = arg;
		}
	}
	/* From a stream the size is not known: the SDK's tool then writes an end mark. */
	r.o.eos |= r.from_input;
	want = (size_t)(2 - r.from_input - r.to_output);
	if (r.n != want)
		return applet_decline(cx);
	return code(cx, &r, encode);
}

static const char *const aliases[] = {"lzma_alone", NULL};

const struct applet applet_lzma = {
	.name = "lzma",
	.aliases = aliases,
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
