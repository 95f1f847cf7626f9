/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dd: copies and patches by blocks. Input is taken as one rope: skip and count are slices,
 * conv=sync adds a run of NULs, conv=notrunc patches a rope. A pipe delivers whole blocks here;
 * there is no short read in the middle.
 */
#include <stdio.h>
#include <time.h>

#include "applet/internal.h"

static const char help[] =
	"dd [OPERAND]...: copy by blocks\n"
	"  if=FILE of=FILE bs=N ibs=N obs=N count=N skip=N seek=N\n"
	"  conv=sync,notrunc,swab,lcase,ucase,nocreat,noerror,fsync,fdatasync\n"
	"  iflag=fullblock,skip_bytes,count_bytes  oflag=seek_bytes,append  status=none|noxfer\n";

enum {
	SYNC = 1,
	NOTRUNC = 2,
	SWAB = 4,
	LCASE = 8,
	UCASE = 16,
	NOCREAT = 32,
	IGNORED = 64,
	FSYNC = 128,
	NOERROR = 256
};
enum { SKIP_BYTES = 1, COUNT_BYTES = 2, SEEK_BYTES = 4, APPEND = 8, FULLBLOCK = 16 };

struct amount {
	uint64_t n;
	bool bytes, given;
};

struct dd {
	struct applet_cx *cx;
	struct str in, out;
	uint64_t ibs, obs, bs;
	struct amount count, skip, seek;
	unsigned conv, flags;
	bool quiet, no_rate;
};

struct word {
	const char *name;
	unsigned bit;
};

static const struct word conversions[] = {
	{"sync", SYNC},	      {"notrunc", NOTRUNC}, {"swab", SWAB},	  {"lcase", LCASE},
	{"ucase", UCASE},     {"nocreat", NOCREAT}, {"noerror", NOERROR}, {"fsync", FSYNC},
	{"fdatasync", FSYNC}, {NULL, 0},
};

/* Each side ignores what the other one knows, but for fullblock. */
static const struct word in_flags[] = {
	{"skip_bytes", SKIP_BYTES}, {"count_bytes", COUNT_BYTES}, {"seek_bytes", IGNORED},
	{"append", IGNORED},	    {"fullblock", FULLBLOCK},	  {NULL, 0},
};

static const struct word out_flags[] = {
    {"skip_bytes", IGNORED},
    {"count_bytes", IGNORED},
    {"seek_bytes", SEEK_BYTES},
    {"append", APPEND},
    {NULL, 0},
};

/* A list of words as bits; false when one is not known here. */
static bool take_words(struct str list, const struct word *words, unsigned *bits)
{
	struct str name;

	while (str_split(&list, ',', &name)) {
		const struct word *w = words;

		while (w->name && !str_is(name, w->name))
			w++;
		if (!w->name)
			return false;
		*bits |= w->bit;
	}
	return true;
}

/* One factor of a number; dd's suffixes are coreutils' plus c, w and B (bytes). */
static bool factor(struct str s, uint64_t *out)
{
	return s.n && s.p[0] >= '0' && s.p[0] <= '9' && applet_size(s, "cwbkKmMGTPE", out);
}

/* N, NxN, with B at the end for bytes. dd 9.1 takes no third factor. */
static bool number(struct str s, uint64_t *out, bool *bytes)
{
	uint64_t product = 1, n;
	struct str part, plain = s;
	unsigned factors = 0;

	*bytes = str_chr(s, 'B') >= 0; /* in "kB" too */
	if (s.n > 1 && s.p[s.n - 1] == 'B' && s.p[s.n - 2] >= '0' && s.p[s.n - 2] <= '9')
		plain.n--;
	while (str_split(&plain, 'x', &part)) {
		if (++factors > 2)
			return false;
		if (!factor(part, &n) || (n && product > INT64_MAX / n))
			return false;
		product *= n;
	}
	*out = product;
	return true;
}

/* What dd takes, but with a warning, or in another way than here: "0x2", "1xb", and what may be too
 * big. */
static bool odd_number(struct str text)
{
	ptrdiff_t x = str_chr(text, 'x');

	return str_starts(text, S("0x")) || text.n > 15 ||
	       (x >= 0 && ((size_t)x + 1 == text.n || text.p[x + 1] < '0' || text.p[x + 1] > '9'));
}

/* 0, 1 after saying what is wrong, APPLET_DECLINE. */
static int bad_number(struct applet_cx *cx, struct str text)
{
	if (text.n && (text.p[0] < '0' || text.p[0] > '9'))
		return APPLET_DECLINE; /* "k" is a number, too */
	text = applet_cite(cx, text);
	applet_say(cx, "invalid number: %.*s", STR_ARG(text));
	return 1;
}

static int take_size(struct applet_cx *cx, struct str text, uint64_t *out)
{
	bool bytes;

	if (odd_number(text))
		return APPLET_DECLINE;
	return number(text, out, &bytes) && *out ? 0 : bad_number(cx, text);
}

static int take_amount(struct applet_cx *cx, struct str text, struct amount *out)
{
	out->given = true;
	if (odd_number(text))
		return APPLET_DECLINE;
	if (!number(text, &out->n, &out->bytes))
		return bad_number(cx, text);
	return out->n >= INT64_MAX / 1024 ? APPLET_DECLINE : 0; /* beyond what a file can be */
}

static int take_operand(struct dd *d, struct str arg)
{
	ptrdiff_t eq = str_chr(arg, '=');
	struct str name = str_sub(arg, 0, eq < 0 ? 0 : (size_t)eq);
	struct str value = str_from(arg, (size_t)(eq + 1));

	if (str_is(name, "if"))
		d->in = value;
	else if (str_is(name, "of"))
		d->out = value;
	else if (str_is(name, "bs"))
		return take_size(d->cx, value, &d->bs);
	else if (str_is(name, "ibs"))
		return take_size(d->cx, value, &d->ibs);
	else if (str_is(name, "obs"))
		return take_size(d->cx, value, &d->obs);
	else if (str_is(name, "count"))
		return take_amount(d->cx, value, &d->count);
	else if (str_is(name, "skip") || str_is(name, "iseek"))
		return take_amount(d->cx, value, &d->skip);
	else if (str_is(name, "seek") || str_is(name, "oseek"))
		return take_amount(d->cx, value, &d->seek);
	else if (str_is(name, "conv"))
		return take_words(value, conversions, &d->conv) ? 0 : APPLET_DECLINE;
	else if (str_is(name, "iflag"))
		return take_words(value, in_flags, &d->flags) ? 0 : APPLET_DECLINE;
	else if (str_is(name, "oflag"))
		return take_words(value, out_flags, &d->flags) ? 0 : APPLET_DECLINE;
	else if (str_is(name, "status") && str_is(value, "none"))
		d->quiet = !(d->no_rate = false);
	else if (str_is(name, "status") && str_is(value, "noxfer"))
		d->no_rate = !(d->quiet = false);
	else
		return APPLET_DECLINE;
	return 0;
}

static uint64_t in_bytes(const struct amount *a, uint64_t block, bool flag)
{
	if (a->bytes || flag)
		return a->n;
	return a->n > BLOB_ENDLESS / block ? BLOB_ENDLESS : a->n * block;
}

static int failed_open(struct dd *d, struct str name, int err)
{
	name = applet_quote(d->cx, name);
	applet_say_errno(d->cx, str_fmt(d->cx->mem, "failed to open %.*s", STR_ARG(name)), err);
	return 1;
}

/* A device can be moved within as one likes. */
static bool is_device(struct dd *d)
{
	struct files_stat st;

	return d->in.p && files_stat(d->cx->files, applet_path(d->cx, d->in), &st) == 0 &&
	       S_ISCHR(st.mode);
}

/* Reading goes on behind an error: a folder has one at each block. */
static bool reads_on(const struct dd *d)
{
	struct files_stat st;

	return (d->conv & NOERROR) && d->in.p &&
	       files_stat(d->cx->files, applet_path(d->cx, d->in), &st) == 0 && S_ISDIR(st.mode);
}

/* The input's part that is wanted, in *OUT (always set). */
static int take_input(struct dd *d, struct stream *in, struct blob **out)
{
	struct str name = d->in.p ? applet_quote(d->cx, d->in) : S("'standard input'");
	uint64_t skip = in_bytes(&d->skip, d->ibs, d->flags & SKIP_BYTES);
	uint64_t want = in_bytes(&d->count, d->ibs, d->flags & COUNT_BYTES);
	struct blob *skipped = NULL;
	int err = 0;

	*out = NULL;
	if (skip)
		err = stream_take(in, skip, &skipped);
	if (err == -EISDIR && d->count.given && want == 0)
		err = 0; /* one can move within a folder, if not read it */
	if (err == 0 && skipped && blob_size(skipped) < skip && !d->quiet && !is_device(d))
		applet_say(d->cx, "%.*s: cannot skip to specified offset",
			   STR_ARG(d->in.p ? applet_name(d->cx, d->in) : name));
	blob_unref(skipped);
	if (err == 0 && !(d->count.given && want == 0))
		err = d->count.given ? stream_take(in, want, out) : stream_rest(in, out);
	if (!*out)
		*out = blob_empty();
	if (err)
		applet_say_errno(d->cx, str_fmt(d->cx->mem, "error reading %.*s", STR_ARG(name)),
				 err);
	return err ? 1 : 0;
}

static char convert_case(unsigned conv, char c)
{
	if ((conv & LCASE) && c >= 'A' && c <= 'Z')
		return (char)(c + 32);
	if ((conv & UCASE) && c >= 'a' && c <= 'z')
		return (char)(c - 32);
	return c;
}

/* The conversions that change bytes. */
static struct blob *convert_bytes(struct dd *d, struct blob *b)
{
	struct str flat = blob_flat(d->cx->mem, b);
	char *p = arena_dup(d->cx->mem, flat.p, flat.n), swapped;

	for (size_t i = 0; i < flat.n; i++)
		p[i] = convert_case(d->conv, p[i]);
	for (size_t i = 0; (d->conv & SWAB) && i + 1 < flat.n; i += 2) {
		swapped = p[i];
		p[i] = p[i + 1];
		p[i + 1] = swapped;
	}
	blob_unref(b);
	return blob_copy(p, flat.n);
}

static struct blob *pad_to_block(struct blob *b, uint64_t block)
{
	struct blob *padded = b;

	if (blob_size(b) % block) {
		padded = blob_resize(b, (blob_size(b) / block + 1) * block);
		blob_unref(b);
	}
	return padded;
}

/* What OLD becomes when DATA is written at SEEK. */
static struct blob *written_over(struct dd *d, struct blob *old, uint64_t seek, struct blob *data)
{
	struct blob *kept, *whole;

	if (d->conv & NOTRUNC)
		return blob_size(data) ? blob_patch(old, seek, data) : blob_ref(old);
	if (blob_size(data) == 0 && seek < d->obs)
		return blob_empty();
	kept = blob_resize(old, seek);
	whole = blob_cat(kept, data);
	blob_unref(kept);
	return whole;
}

static int put_file(struct dd *d, struct blob *data)
{
	struct files *files = d->cx->files;
	struct str path = applet_path(d->cx, d->out);
	uint64_t seek = in_bytes(&d->seek, d->obs, d->flags & SEEK_BYTES);
	struct files_stat st = {0};
	struct blob *old = NULL, *whole;
	int err = files_peek(files, path, true, &st);
	bool plain = err != 0 || S_ISREG(st.mode);

	if (err == -ENOENT && (d->conv & NOCREAT))
		return failed_open(d, d->out, err);
	if ((d->conv & NOTRUNC) && err == 0 && blob_size(data) == 0)
		return 0;
	if ((d->flags & APPEND) && (d->conv & NOTRUNC)) {
		err = files_append(files, path, data);
		return err ? failed_open(d, d->out, err) : 0;
	}
	/* A seek of less than a block truncates all the same, as dd 9.1 does. */
	if (plain && ((d->conv & NOTRUNC) || seek >= d->obs)) {
		err = files_read(files, path, &old);
		if (err && err != -ENOENT)
			return failed_open(d, d->out, err);
	}
	if (!old)
		old = blob_empty();
	whole = plain ? written_over(d, old, seek, data) : blob_ref(data);
	err = files_write(files, path, whole);
	blob_unref(whole);
	blob_unref(old);
	return err ? failed_open(d, d->out, err) : 0;
}

static struct str human(struct arena *mem, double n, double base, const char *units)
{
	size_t i = 0;

	while (n >= base && units[i + 1]) {
		n /= base;
		i++;
	}
	return str_fmt(mem, n < 10 ? "%.1f %.*s%s" : "%.0f %.*s%s", n, i ? 1 : 0, units + i,
		       i && base > 1000 ? "iB" : "B");
}

static void say_counts(struct dd *d, uint64_t in, uint64_t out, const struct timespec *start)
{
	struct arena *mem = d->cx->mem;
	struct buf b = buf_new(mem);
	uint64_t per = d->bs && !(d->conv & SYNC) ? d->ibs : d->obs;
	struct timespec now;
	double seconds;

	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds =
	    (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
	if (d->quiet)
		return;
	buf_fmt(&b, "%llu+%d records in\n%llu+%d records out\n", (unsigned long long)(in / d->ibs),
		in % d->ibs ? 1 : 0, (unsigned long long)(out / per), out % per ? 1 : 0);
	if (!d->no_rate) {
		buf_fmt(&b, "%llu byte%s", (unsigned long long)out, out == 1 ? "" : "s");
		if (out >= 1000)
			buf_fmt(&b, " (%s", human(mem, (double)out, 1000, "BkMGTPE").p);
		if (out >= 1024)
			buf_fmt(&b, ", %s", human(mem, (double)out, 1024, "BKMGTPE").p);
		buf_fmt(
		    &b, "%s copied, %g s, %s/s\n", out >= 1000 ? ")" : "", seconds,
		    human(mem, (double)out / (seconds > 0 ? seconds : 1e-9), 1000, "BkMGTPE").p);
	}
	stream_write(d->cx->err, b.p, b.n);
}

/* Truncating the output would empty the input first; growing it would feed it. */
static bool eats_itself(struct dd *d)
{
	struct str a, b;
	struct files_stat st;

	if (!d->in.p || !d->out.p || ((d->conv & NOTRUNC) && !(d->conv & SYNC) && !d->seek.given))
		return false;
	/* what is made here is no input, if it was not there */
	if (files_peek(d->cx->files, applet_path(d->cx, d->out), false, &st) == -ENOENT)
		return false;
	return files_realpath(d->cx->files, d->cx->mem, applet_path(d->cx, d->in), &a) == 0 &&
	       files_realpath(d->cx->files, d->cx->mem, applet_path(d->cx, d->out), &b) == 0 &&
	       str_eq(a, b);
}

/* 0 or the -errno of opening the output, which comes before anything is read. */
static int opening_fails(struct dd *d)
{
	struct files_stat st;

	if ((d->conv & NOCREAT) &&
	    files_peek(d->cx->files, applet_path(d->cx, d->out), true, &st) == -ENOENT)
		return -ENOENT;
	return applet_creatable(d->cx, d->out);
}

static int copy(struct dd *d, struct stream *in)
{
	struct timespec start;
	struct blob *data;
	uint64_t taken;
	int status, bad = 0;

	clock_gettime(CLOCK_MONOTONIC, &start);
	bad = d->out.p ? opening_fails(d) : 0;
	if (bad)
		return failed_open(d, d->out, bad);
	status = take_input(d, in, &data);
	taken = blob_size(data);
	if (taken >= BLOB_ENDLESS && d->out.p && !str_is(d->out, "/dev/null")) {
		applet_say(d->cx, "error writing %.*s: No space left on device",
			   STR_ARG(applet_quote(d->cx, d->out)));
		blob_unref(data);
		return 1;
	}
	if (d->conv & SYNC)
		data = pad_to_block(data, d->ibs);
	if (d->conv & (SWAB | LCASE | UCASE))
		data = convert_bytes(d, data);
	if (d->out.p)
		bad = put_file(d, data);
	else
		applet_put(d->cx, data);
	if (!bad)
		say_counts(d, taken, blob_size(data), &start);
	blob_unref(data);
	return status | bad;
}

static int run(struct applet_cx *cx)
{
	struct dd d = {.cx = cx, .ibs = 512, .obs = 512};
	struct stream *in = cx->in;
	int status = 0;

	for (size_t i = 1; i < cx->argc && status == 0; i++)
		status = take_operand(&d, cx->argv[i]);
	if (status)
		return status;
	/* Where the output's offset is can't be seen here, and appending ignores it. */
	if (d.seek.given && d.seek.n && !d.out.p)
		return applet_decline(cx);
	if (((d.conv & LCASE) && (d.conv & UCASE)) || ((d.conv & FSYNC) && !d.out.p) ||
	    ((d.conv & FSYNC) && d.out.p && str_starts(applet_path(cx, d.out), S("/dev/"))))
		return applet_decline(cx); /* errors, as a rule */
	/* the last one with a warning */
	if (reads_on(&d) || eats_itself(&d) || ((d.flags & APPEND) && !(d.conv & NOTRUNC)))
		return applet_decline(cx);
	if (d.bs)
		d.ibs = d.obs = d.bs;
	if (d.in.p)
		status = stream_open(cx->mem, cx->files, applet_path(cx, d.in), STREAM_READ, &in);
	if (status)
		return failed_open(&d, d.in, status);
	status = copy(&d, in);
	if (d.in.p)
		stream_close(in);
	return applet_status(cx, status);
}

const struct applet applet_dd = {
	.name = "dd",
	.help = help,
	.run = run,
};
