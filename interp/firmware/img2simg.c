/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * img2simg: Android sparse image, little endian. Blocks (4096 bytes) that are one word over and
 * over are a chunk of four bytes.
 *
 *   0  4  magic 0xed26ff3a	 4 2 version 1		 6 2 minor version 0
 *   8  2  size of this header (28)	10 2 of a chunk's (12)
 *  12  4  block size	16 4 blocks of the image	20 4 chunks	24 4 CRC-32 of the image, or
 * 0
 *
 * A chunk:
 *
 *   0  2  0xcac1 bytes, 0xcac2 a word, 0xcac3 nothing, 0xcac4 CRC-32 of the image up to here
 *   2  2  0		 4 4 blocks of the image	 8 4 size, with this header
 *  12  .  the bytes, the word or the CRC
 *
 * Source: AOSP's libsparse. The one that stands in C, without Debian's library, counts only whole
 * blocks, and how it ends behind another hangs on how it was built: that is declined.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>

#include "digest/digest.h"

enum {
	HEADER = 28,
	CHUNK = 12,
	RAW = 0xcac1,
	FILL = 0xcac2,
	SKIP = 0xcac3,
	CRC = 0xcac4,
	WORD = 4,
	BLOCK_LEAST = 1024,
	MOST = 0x7ffff000, /* bytes of a chunk: as many as one write takes */
};

static const char magic[] = "\x3a\xff\x26\xed\1\0";

enum { MAGIC_SIZE = sizeof(magic) - 1 };

/* --- making one --- */

/* Blocks in a row: bytes of the file, or one word. */
struct stretch {
	uint64_t blocks;
	bool fill;
	unsigned char word[WORD];
};

struct job {
	struct firmware_run *run;
	struct blob *image;
	uint64_t size, block;
	VEC(struct stretch) v;
};

/* N more blocks; false: too many in a row for the tool. */
static bool add(struct job *j, const struct stretch *next)
{
	struct stretch *last = j->v.n ? &j->v.p[j->v.n - 1] : NULL;

	if (last && last->fill == next->fill && memcmp(last->word, next->word, WORD) == 0) {
		last->blocks += next->blocks;
	} else {
		last = vec_push(j->run->mem, &j->v);
		*last = *next;
	}
	return last->blocks * j->block <= MOST;
}

/* One block of bytes. */
static struct stretch block_of(const char *p, size_t n)
{
	struct stretch s = {.blocks = 1};

	if (memcmp(p, p + WORD, n - WORD) == 0) {
		s.fill = true;
		memcpy(s.word, p, WORD);
	}
	return s;
}

/* All whole blocks, then the rest. False: to be declined. */
static bool cut(struct job *j)
{
	char *scratch = arena_alloc(j->run->mem, (size_t)j->block);
	uint64_t at = 0, begin = 0, pos = 0, run = 0;
	struct str span = {0};

	while (j->size - at >= j->block) {
		struct stretch s;

		while (pos <= at) {
			begin = pos;
			blob_next_span(j->image, &pos, &span, &run);
		}
		if (run && pos - at >= j->block) {
			s = (struct stretch){.blocks = (pos - at) / j->block, .fill = true};
			memset(s.word, span.p[0], WORD);
		} else if (!run && pos - at >= j->block) {
			s = block_of(span.p + (at - begin), (size_t)j->block);
		} else {
			blob_read(j->image, at, scratch, (size_t)j->block);
			s = block_of(scratch, (size_t)j->block);
		}
		at += s.blocks * j->block;
		if (!add(j, &s))
			return false;
	}
	return at == j->size || add(j, &(struct stretch){.blocks = 1});
}

static void put_chunk(unsigned char *h, const struct job *j, const struct stretch *s)
{
	memset(h, 0, CHUNK + WORD);
	put_le16(h, s->fill ? FILL : RAW);
	put_le32(h + 4, (uint32_t)s->blocks);
	put_le32(h + 8, CHUNK + (s->fill ? WORD : (uint32_t)(s->blocks * j->block)));
	memcpy(h + CHUNK, s->word, WORD);
}

static struct blob *build(const struct job *j)
{
	uint64_t blocks = (j->size + j->block - 1) / j->block, at = 0;
	struct blob *padded = blob_resize(j->image, blocks * j->block), *out;
	unsigned char h[HEADER] = {0}, c[CHUNK + WORD];

	memcpy(h, magic, MAGIC_SIZE);
	put_le16(h + 8, HEADER);
	put_le16(h + 10, CHUNK);
	put_le32(h + 12, (uint32_t)j->block);
	put_le32(h + 16, (uint32_t)blocks);
	put_le32(h + 20, (uint32_t)j->v.n);
	out = blob_copy(h, HEADER);
	for (size_t i = 0; i < j->v.n; i++) {
		const struct stretch *s = &j->v.p[i];
		uint64_t n = s->blocks * j->block;

		put_chunk(c, j, s);
		firmware_join(&out, blob_copy(c, CHUNK + (s->fill ? WORD : 0)));
		if (!s->fill)
			firmware_join(&out, blob_slice(padded, at, n));
		at += n;
	}
	blob_unref(padded);
	return out;
}

/* Is it one that has an option? */
static bool is_newer(struct firmware_run *run)
{
	return firmware_has_own(run) && !tool_lacks(run, S("[-s]"));
}

static int usage(struct firmware_run *run)
{
	if (is_newer(run))
		return -1; /* another text */
	firmware_say(run, "\n",
		     "Usage: img2simg <raw_image_file> <sparse_image_file> [<block_size>]");
	return 255;
}

static int say_cannot(struct firmware_run *run, const char *what, struct str path)
{
	firmware_say(run, "\n", "Cannot open %s file %.*s", what, STR_ARG(path));
	return is_newer(run) ? 1 : 255;
}

/* An argument that some releases take for an option, and all for a stream. */
static bool has_dash(const struct firmware_run *run)
{
	for (size_t i = 1; i < run->argc; i++)
		if (str_starts(run->argv[i], S("-")))
			return true;
	return false;
}

static int img2simg_run(struct firmware_run *run)
{
	struct job j = {.run = run, .block = 4096};
	int err, status = 0;

	if (has_dash(run) || tool_lacks(run, S("Usage: img2simg ")))
		return -1;
	if (run->argc < 3 || run->argc > 4)
		return usage(run);
	if (run->argc == 4)
		j.block = (uint32_t)strtol(str_cz(run->mem, run->argv[3]), NULL, 10);
	if (j.block < BLOCK_LEAST || j.block % WORD)
		return usage(run);
	if (j.block > MOST || str_eq(run->argv[1], run->argv[2]))
		return -1;
	err = run->read(run, run->argv[1], &j.image);
	if (err == -EISDIR)
		return -1;
	if (err)
		return say_cannot(run, "input", run->argv[1]);
	j.size = blob_size(j.image);
	if (!cut(&j) || (j.size % j.block && tool_lacks(run, S("libsparse.so.0")))) {
		status = -1;
	} else if (tool_put(run, run->argv[2], build(&j)) != 0) {
		status = say_cannot(run, "output", run->argv[2]);
	}
	blob_unref(j.image);
	return status;
}

/* --- reading one --- */

struct sparse {
	struct str file;
	size_t header, chunk; /* sizes of the headers */
	uint64_t block, blocks, chunks, at;
};

struct chunk {
	unsigned kind;
	uint64_t blocks;
	struct str data;
};

static bool open_image(struct str file, struct sparse *s)
{
	const unsigned char *h = (const unsigned char *)file.p;

	if (file.n < HEADER || memcmp(h, magic, MAGIC_SIZE) != 0)
		return false;
	*s = (struct sparse){.file = file,
			     .header = get_le16(h + 8),
			     .chunk = get_le16(h + 10),
			     .block = get_le32(h + 12),
			     .blocks = get_le32(h + 16),
			     .chunks = get_le32(h + 20)};
	s->at = s->header;
	return s->header >= HEADER && s->chunk >= CHUNK && s->block && s->block % WORD == 0;
}

/* How much data a chunk of a kind has; false: there is no such kind. */
static bool data_of(const struct sparse *s, const struct chunk *c, uint64_t *n)
{
	switch (c->kind) {
	case RAW:
		*n = c->blocks * s->block;
		return true;
	case FILL:
		*n = WORD;
		return true;
	case SKIP:
		*n = 0;
		return true;
	case CRC:
		*n = WORD;
		return c->blocks == 0;
	default:
		return false;
	}
}

/* The chunk at s->at, which moves behind it; false: none that is right. */
static bool next_chunk(struct sparse *s, struct chunk *c)
{
	struct str rest = str_from(s->file, (size_t)s->at);
	const unsigned char *h = (const unsigned char *)rest.p;
	uint64_t n;

	if (rest.n < s->chunk)
		return false;
	*c = (struct chunk){.kind = get_le16(h), .blocks = get_le32(h + 4)};
	if (!data_of(s, c, &n) || get_le32(h + 8) != s->chunk + n || n > rest.n - s->chunk)
		return false;
	c->data = str_sub(rest, s->chunk, (size_t)n);
	s->at += s->chunk + n;
	return true;
}

/* N bytes that are WORD over and over. */
static struct blob *filled(const unsigned char *word, uint64_t n)
{
	char *p;

	if (word[0] == word[1] && word[0] == word[2] && word[0] == word[3])
		return blob_run(word[0], n);
	p = malloc((size_t)n);
	if (!p)
		return blob_empty();
	for (uint64_t i = 0; i < n; i++)
		p[i] = (char)word[i % WORD];
	return blob_adopt(p, (size_t)n);
}

static struct blob *bytes_of(const struct sparse *s, const struct chunk *c)
{
	if (c->kind == RAW)
		return blob_copy(c->data.p, c->data.n);
	if (c->kind == FILL)
		return filled((const unsigned char *)c->data.p, c->blocks * s->block);
	return blob_run(0, c->blocks * s->block);
}

/* The image up to the chunk at END (the file's: all). NULL: it is too much to put together. */
static struct blob *unpack(struct firmware_view *v, struct sparse s, uint64_t end)
{
	uint64_t left = s.blocks;
	struct blob *image;
	struct chunk c;

	if (s.blocks > firmware_room(v) / s.block || !firmware_spend(v, s.blocks * s.block))
		return NULL;
	image = blob_empty();
	for (uint64_t i = 0; i < s.chunks && s.at < end && next_chunk(&s, &c); i++) {
		if (c.blocks > left)
			break;
		firmware_join(&image, bytes_of(&s, &c));
		left -= c.blocks;
	}
	return image;
}

static void check_crc(struct firmware_view *v, const char *name, uint32_t crc, uint64_t end)
{
	struct sparse s;
	struct blob *image;

	open_image(firmware_bytes(v), &s);
	image = unpack(v, s, end);
	if (image)
		firmware_compare32(v, name, crc, digest_crc32_blob(0, image));
	blob_unref(image);
}

static bool check(struct firmware_view *v)
{
	const unsigned char *h;
	uint64_t blocks = 0, i;
	struct sparse s;
	struct chunk c;

	if (!open_image(firmware_bytes(v), &s))
		return false;
	h = (const unsigned char *)s.file.p;
	for (i = 0; i < s.chunks && next_chunk(&s, &c); i++) {
		blocks += c.blocks;
		if (c.kind == CRC)
			check_crc(v, "CRC chunk", get_le32((const unsigned char *)c.data.p), s.at);
	}
	v->extent = s.at < s.file.n ? s.at : s.file.n;
	if (i < s.chunks)
		firmware_bad(v, "chunk %llu of %llu is wrong or cut off", (unsigned long long)i + 1,
			     (unsigned long long)s.chunks);
	else if (blocks != s.blocks)
		firmware_bad(v, "the header says %llu blocks, the chunks are %llu",
			     (unsigned long long)s.blocks, (unsigned long long)blocks);
	else
		firmware_good(v, "%llu chunks", (unsigned long long)s.chunks);
	if (get_le32(h + 24))
		check_crc(v, "CRC", get_le32(h + 24), s.file.n);
	return true;
}

static void show(struct firmware_view *v)
{
	struct sparse s;
	struct chunk c;
	uint64_t raw = 0;

	open_image(firmware_bytes(v), &s);
	firmware_put_field(v, "image", "%llu bytes", (unsigned long long)(s.blocks * s.block));
	firmware_put_field(v, "block size", "%llu", (unsigned long long)s.block);
	for (uint64_t i = 0; i < s.chunks && next_chunk(&s, &c); i++)
		raw += c.kind == RAW ? c.data.n : 0;
	firmware_put_field(v, "bytes in it", "%llu", (unsigned long long)raw);
}

static void parts(struct firmware_view *v)
{
	struct sparse s;
	struct blob *image;

	open_image(firmware_bytes(v), &s);
	image = unpack(v, s, s.file.n);
	if (image)
		firmware_put_made(v, S("image"), image);
}

const struct firmware firmware_img2simg = {
    .name = "img2simg",
    .format = "Android sparse image",
    .help = "img2simg IMAGE OUTPUT [BLOCK-SIZE]\n",
    .write = img2simg_run,
    .check = check,
    .show = show,
    .parts = parts,
    .mode = 0664,
    .pure = true,
    .magic = magic,
    .n_magic = MAGIC_SIZE,
};
