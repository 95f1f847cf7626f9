/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zip: what Info-ZIP 3.0 makes of files that become a new archive. It stores a file that would
 * become one block which is not smaller.
 */
#include "applet/internal.h"
#include "codec/codec.h"
#include "digest/digest.h"

static const char help[] = "zip -X [-j] [-q] [-0..-9] ARCHIVE FILE...: a new archive of files\n"
			   "  -X  no owners and fine times\n"
			   "  -j  names without folders\n"
			   "  -q  say nothing\n";

static const struct opt options[] = {
    {'X', NULL, OPT_NONE, NULL}, {'j', NULL, OPT_NONE, NULL},
    {'q', NULL, OPT_NONE, NULL}, {'0', NULL, OPT_NONE, NULL},
    {'1', NULL, OPT_NONE, NULL}, {'2', NULL, OPT_NONE, NULL},
    {'3', NULL, OPT_NONE, NULL}, {'4', NULL, OPT_NONE, NULL},
    {'5', NULL, OPT_NONE, NULL}, {'6', NULL, OPT_NONE, NULL},
    {'7', NULL, OPT_NONE, NULL}, {'8', NULL, OPT_NONE, NULL},
    {'9', NULL, OPT_NONE, NULL}, {0},
};

/* LOCAL and CENTRAL: an entry's head in front of it and in the directory. SHARED: what both have,
 * from the version that is needed to the length of the extra field. */
enum { LOCAL = 30, CENTRAL = 46, END = 22, SHARED = 26, MADE_BY = 3 << 8 | 30 };
enum { STORED = 0, DEFLATED = 8 };

/* A block has that many bytes at the least, where there are more. */
enum { BLOCK_LEAST = 4096 };

struct entry {
	struct str operand, name;
	struct blob *in, *packed; /* the archive's, released with it */
	struct files_stat st;
	uint16_t method, date, time;
	bool tried, text; /* TRIED: to deflate it */
};

struct request {
	struct applet_cx *cx;
	struct str archive;
	bool bare, quiet;
	int level;
	VEC(struct entry) entries;
};

/* DOS counts two seconds, up; nothing is before 1980. */
static bool dos_time(struct applet_cx *cx, struct entry *e, int64_t seconds)
{
	struct tm tm;

	if (!applet_local(cx, seconds + (seconds & 1), false, &tm) || tm.tm_year > 207)
		return false;
	e->date = 1 << 5 | 1;
	e->time = 0;
	if (tm.tm_year < 80)
		return true;
	e->date = (uint16_t)((tm.tm_year - 80) << 9 | (tm.tm_mon + 1) << 5 | tm.tm_mday);
	e->time = (uint16_t)(tm.tm_hour << 11 | tm.tm_min << 5 | tm.tm_sec >> 1);
	return true;
}

/* Bytes that no text has: all below the space but \a \b \t \n \v \f \r \032 and \033. */
static bool is_binary(unsigned char c)
{
	return c < 32 && (0xf3ffc07fu >> c & 1);
}

/*
 * Is the first block of B a text: without such bytes, and with others than \a \b \v \f \032 \033?
 * False: unknown, what tells is not certain to be in it.
 */
static bool find_text(struct entry *e)
{
	struct str span;
	uint64_t pos = 0, before = 0;
	bool text = false;

	while (blob_next(e->in, &pos, &span)) {
		for (size_t i = 0; i < span.n; i++) {
			unsigned char c = (unsigned char)span.p[i];

			if (is_binary(c)) {
				e->text = false;
				return before + i < BLOCK_LEAST;
			}
			if (before + i < BLOCK_LEAST)
				text |= c == '\t' || c == '\n' || c == '\r' || c >= 32;
		}
		before = pos;
	}
	e->text = text;
	return text || before <= BLOCK_LEAST;
}

/* E's bytes as they are in the archive. False: zip is to do it, or *STATUS is set. */
static bool pack(struct request *r, struct entry *e, int *status)
{
	struct str why = S("failed");
	unsigned char first = 0;
	struct blob *packed;

	e->method = STORED;
	if (r->level == 0 || blob_size(e->in) == 0) {
		e->packed = blob_ref(e->in);
		return true;
	}
	packed = codec_zip_deflate(r->cx->mem, e->in, r->level, &why);
	if (!packed) {
		applet_say(r->cx, "%.*s", STR_ARG(why));
		*status = 1;
		return false;
	}
	e->tried = true;
	blob_read(packed, 0, &first, 1);
	if (blob_size(packed) >= blob_size(e->in) && first & 1) { /* the first block is the last */
		blob_unref(packed);
		e->packed = blob_ref(e->in);
	} else {
		e->packed = packed;
		e->method = DEFLATED;
	}
	return find_text(e);
}

/* Look at OPERAND and read it; false: it is zip's. */
static bool take(struct request *r, struct str operand)
{
	struct applet_cx *cx = r->cx;
	struct str path = applet_path(cx, operand);
	struct entry *e;

	for (size_t i = 0; i < operand.n; i++)
		if ((unsigned char)operand.p[i] >= 0x80 || strchr("*?[\\", operand.p[i]))
			return false;
	if (!r->bare && str_chr(operand, '/') >= 0)
		return false;
	e = vec_push(cx->mem, &r->entries);
	*e = (struct entry){.operand = operand, .name = path_base(operand)};
	for (size_t i = 0; i + 1 < r->entries.n; i++)
		if (str_eq(r->entries.p[i].name, e->name))
			return false;
	if (files_peek(cx->files, path, true, &e->st) != 0 || !S_ISREG(e->st.mode))
		return false;
	if (files_stat(cx->files, path, &e->st) != 0 || files_read(cx->files, path, &e->in) != 0)
		return false;
	return blob_size(e->in) < UINT32_MAX / 2 &&
	       dos_time(cx, e, files_mtime(cx->files, path, &e->st).tv_sec);
}

/* As zip works it out. */
static int saved_percent(uint64_t n, uint64_t m)
{
	if (n > 0xffffff) {
		n = (n + 0x80) >> 8;
		m = (m + 0x80) >> 8;
	}
	return n ? (int)(1 + 200 * ((int64_t)n - (int64_t)m) / (int64_t)n) / 2 : 0;
}

static void put_shared(unsigned char *p, const struct request *r, const struct entry *e)
{
	put_le16(p, e->method == STORED ? 10 : 20);
	if (e->tried)
		put_le16(p + 2, r->level >= 8 ? 2 : r->level <= 2 ? 4 : 0);
	put_le16(p + 4, e->method);
	put_le16(p + 6, e->time);
	put_le16(p + 8, e->date);
	put_le32(p + 10, digest_crc32_blob(0, e->in));
	put_le32(p + 14, (uint32_t)blob_size(e->packed));
	put_le32(p + 18, (uint32_t)blob_size(e->in));
	put_le16(p + 22, (uint16_t)e->name.n);
}

/* B grows by what *MORE holds, which is dropped. */
static void append(struct blob **b, struct blob *more)
{
	struct blob *both = blob_cat(*b, more);

	blob_unref(*b);
	blob_unref(more);
	*b = both;
}

static struct blob *archive_of(const struct request *r)
{
	struct blob *all = blob_empty(), *directory = blob_empty();
	unsigned char end[END] = "PK\5\6";

	for (size_t i = 0; i < r->entries.n; i++) {
		const struct entry *e = &r->entries.p[i];
		unsigned char local[LOCAL] = "PK\3\4", central[CENTRAL] = "PK\1\2";

		put_shared(local + 4, r, e);
		put_le16(central + 4, MADE_BY);
		memcpy(central + 6, local + 4, SHARED);
		central[36] = e->text;
		put_le32(central + 38, (uint32_t)e->st.mode << 16 | !(e->st.mode & S_IWUSR));
		put_le32(central + 42, (uint32_t)blob_size(all));
		append(&directory, blob_copy(central, CENTRAL));
		append(&directory, blob_copy(e->name.p, e->name.n));
		append(&all, blob_copy(local, LOCAL));
		append(&all, blob_copy(e->name.p, e->name.n));
		append(&all, blob_ref(e->packed));
	}
	put_le16(end + 8, (uint16_t)r->entries.n);
	put_le16(end + 10, (uint16_t)r->entries.n);
	put_le32(end + 12, (uint32_t)blob_size(directory));
	put_le32(end + 16, (uint32_t)blob_size(all));
	append(&all, directory);
	append(&all, blob_copy(end, END));
	return all;
}

/* Read and pack all; false: nothing was said, it is zip's, or *STATUS is set. */
static bool gather(struct request *r, const struct strs *operands, int *status)
{
	struct files_stat st;
	uint64_t total = 0;

	r->archive = operands->p[0];
	if (str_chr(path_base(r->archive), '.') < 0 || str_is(r->archive, "-") ||
	    files_peek(r->cx->files, applet_path(r->cx, r->archive), false, &st) != -ENOENT ||
	    applet_creatable(r->cx, r->archive) != 0)
		return false;
	for (size_t i = 1; i < operands->n; i++) {
		if (!take(r, operands->p[i]) || !pack(r, &r->entries.p[i - 1], status))
			return false;
		total += blob_size(r->entries.p[i - 1].packed);
	}
	return total < UINT32_MAX / 2;
}

/* That nobody can hear it does not matter to zip. */
static void tell(const struct request *r)
{
	for (size_t i = 0; i < r->entries.n; i++) {
		const struct entry *e = &r->entries.p[i];
		struct str line =
		    str_fmt(r->cx->mem, "  adding: %.*s (%s %d%%)\n", STR_ARG(e->name),
			    e->method == STORED ? "stored" : "deflated",
			    saved_percent(blob_size(e->in), blob_size(e->packed)));

		stream_write(r->cx->out, line.p, line.n);
	}
}

static int write_archive(struct request *r)
{
	enum { CANNOT_CREATE = 15 };
	struct blob *all = archive_of(r);
	bool written;

	if (!r->quiet)
		tell(r);
	written = applet_write(r->cx, r->archive, all);
	blob_unref(all);
	return written ? 0 : CANNOT_CREATE;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct request r = {.cx = cx, .level = 6};
	bool plain = false;
	int c, status = APPLET_DECLINE;

	while ((c = opts_next(&o)) != OPTS_END)
		switch (c) {
		case 'X':
			plain = true;
			break;
		case 'j':
			r.bare = true;
			break;
		case 'q':
			r.quiet = true;
			break;
		case OPTS_ERROR:
			return applet_decline(cx);
		default:
			r.level = c - '0';
		}
	if (!plain || o.operands.n < 2)
		return applet_decline(cx);
	if (gather(&r, &o.operands, &status))
		status = write_archive(&r);
	for (size_t i = 0; i < r.entries.n; i++) {
		blob_unref(r.entries.p[i].in);
		blob_unref(r.entries.p[i].packed);
	}
	return status == APPLET_DECLINE ? applet_decline(cx) : status;
}

const struct applet applet_zip = {
    .name = "zip",
    .help = help,
    .run = run,
    .variables = "ZIPOPT ZIP",
};
