/* SPDX-License-Identifier: GPL-2.0-only */
/* hexdump: -C, and the formats of their own that recipes use: "%02x" for each byte, "%08x" for each
 * four. */
#include "applet/internal.h"

static const char help[] =
    "hexdump [-v] [-n N] [-s N] (-C | -e '1/1 \"%02x\"' | -e '\"%08x\"') [FILE]...: bytes in hex\n"
    "  -v  repeated lines too   -n  N bytes   -s  skip N bytes\n";

static const struct opt options[] = {
	{'C', "canonical", OPT_NONE, NULL},
	{'e', "format", OPT_VALUE, NULL},
	{'n', "length", OPT_VALUE, NULL},
	{'s', "skip", OPT_VALUE, NULL},
	{'v', "no-squeezing", OPT_NONE, NULL},
	{0},
};

enum { PIPE_PIECE = 4096 }; /* it takes so much of a pipe at once */

struct hexdump {
	struct applet_cx *cx;
	bool canonical, all, by_four;
	const char *byte;	/* how each byte is put; NULL with -C */
	uint64_t skip, limit;
	struct buf out;
};

static void put_canonical(struct hexdump *h, uint64_t at, const unsigned char *p, size_t n)
{
	buf_fmt(&h->out, "%08llx ", (unsigned long long)at);
	for (size_t i = 0; i < 16; i++) {
		if (i < n)
			buf_fmt(&h->out, "%s%02x", i == 8 ? "  " : " ", p[i]);
		else
			buf_z(&h->out, i == 8 ? "    " : "   ");
	}
	buf_z(&h->out, "  |");
	for (size_t i = 0; i < n; i++)
		buf_char(&h->out, p[i] >= ' ' && p[i] < 127 ? (char)p[i] : '.');
	buf_z(&h->out, "|\n");
}

static void dump_canonical(struct hexdump *h, const struct blob *b)
{
	unsigned char now[16], before[16] = {0};
	uint64_t at = 0;
	bool first = true, starred = false;

	for (size_t n; (n = blob_read(b, at, now, sizeof(now))) > 0; at += n) {
		bool same = !h->all && !first && n == 16 && memcmp(now, before, 16) == 0;

		if (!same)
			put_canonical(h, h->skip + at, now, n);
		else if (!starred)
			buf_z(&h->out, "*\n");
		starred = same;
		first = false;
		memcpy(before, now, sizeof(before));
	}
	if (at)
		buf_fmt(&h->out, "%08llx\n", (unsigned long long)(h->skip + at));
}

static void dump_bytes(struct hexdump *h, const struct blob *b)
{
	uint64_t pos = 0;
	struct str span;

	while (blob_next(b, &pos, &span))
		for (size_t i = 0; i < span.n; i++)
			buf_fmt(&h->out, h->byte[0] == 'x' ? "%02x" : "%02X",
				(unsigned char)span.p[i]);
}

/* Each four bytes as a number of this machine's; what is missing of the last one is NUL. */
static void dump_words(struct hexdump *h, const struct blob *b)
{
	uint32_t word = 0;

	for (uint64_t at = 0; blob_read(b, at, &word, sizeof(word)) > 0;
	     at += sizeof(word), word = 0)
		buf_fmt(&h->out, "%08x", word);
}

static bool set_format(struct hexdump *h, struct str format)
{
	format = str_trim(format);
	if (str_is(format, "1/1 \"%02x\"") || str_is(format, "/1 \"%02x\""))
		h->byte = "x";
	else if (str_is(format, "1/1 \"%02X\"") || str_is(format, "/1 \"%02X\""))
		h->byte = "X";
	else if (str_is(format, "\"%08x\""))
		h->byte = "x", h->by_four = true;
	return h->byte;
}

static struct blob *read_all(struct hexdump *h, const struct strs *names, int *status)
{
	struct blob *all = blob_empty(), *next, *joined;
	size_t failed = 0;

	for (size_t i = 0; i < names->n || i == 0; i++) {
		next = applet_read(h->cx, names->n ? names->p[i] : S("-"));
		if (!next) {
			*status = 1;
			failed++;
			continue;
		}
		joined = blob_cat(all, next);
		blob_unref(next);
		blob_unref(all);
		all = joined;
	}
	if (names->n && failed == names->n)
		applet_say(h->cx, "all input file arguments failed");
	return all;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct hexdump h = {.cx = cx, .limit = UINT64_MAX, .out = buf_new(cx->mem)};
	struct blob *all, *part;
	int c, status = 0;
	bool ok = true;

	while ((c = opts_next(&o)) != OPTS_END && ok)
		switch (c) {
		case 'C': h.canonical = true; break;
		case 'e': ok = !h.byte && set_format(&h, o.value); break;
		case 'n': ok = str_number(o.value, 10, &h.limit); break;
		case 's': ok = str_number(o.value, 10, &h.skip); break;
		case 'v': h.all = true; break;
		default: ok = false;
		}
	/* Without -v, repeated input lines of a format would be squeezed. */
	if (!ok || h.canonical == (h.byte != NULL) || (h.byte && !h.all))
		return applet_decline(cx);
	/* what cannot be read is told between the lines */
	for (size_t i = 1; i < o.operands.n; i++)
		if (!applet_is_there(cx, o.operands.p[i]))
			return applet_decline(cx);
	all = read_all(&h, &o.operands, &status);
	part = blob_slice(all, h.skip, h.limit);
	if (o.operands.n == 0 && blob_size(part)) {
		uint64_t rest = blob_size(all) - h.skip - blob_size(part);

		stream_unread(cx->in, rest);
		stream_leave(cx->in, rest, PIPE_PIECE);
	}
	if (h.canonical)
		dump_canonical(&h, part);
	else if (h.by_four)
		dump_words(&h, part);
	else
		dump_bytes(&h, part);
	blob_unref(part);
	blob_unref(all);
	applet_out(cx, buf_view(&h.out));
	return applet_status(cx, status);
}

const struct applet applet_hexdump = {
	.name = "hexdump",
	.help = help,
	.run = run,
	.flags = APPLET_PURE | APPLET_SHORT_NAME,
};
