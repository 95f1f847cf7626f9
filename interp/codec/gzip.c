/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GNU gzip's stream, byte for byte. RFC 1951 leaves open which matches a compressor takes and where
 * it ends its blocks, and zlib's answers differ from gzip's: the hash has 15 bits, a block ends
 * after 32767 tokens or early when every 4096th token finds the block well compressed, and near the
 * end of the input gzip compares with what the window held before. Blocks: gzip-block.c. The source
 * is gzip 1.12's behaviour; tests/codec.bats compares with gzip.
 *
 * Info-ZIP's zip 3.0 has the same encoder but for the input's end: it looks for matches in the last
 * places of the window, too, and for none that are longer than what is left.
 */
#include "codec/encoder.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
	WINDOW = 32768,
	LEAST = 3,
	MOST = 258,			/* match lengths */
	AHEAD = MOST + LEAST + 1,	/* bytes that should be known ahead */
	FARTHEST = WINDOW - AHEAD,
	TOO_FAR = 4096,			/* a match of 3 bytes isn't worth more */
	HASH_BITS = 15,
	HASH_SHIFT = (HASH_BITS + LEAST - 1) / LEAST,
};

/* How hard a level tries. */
struct effort {
	uint16_t good;	/* search less when the last match is that long */
	/* don't look for a better one then; fast levels: enter no longer match whole */
	uint16_t lazy;
	uint16_t nice;	/* stop searching */
	uint16_t chain;	/* places to look at */
};

static const struct effort efforts[10] = {
	{0},
	{4, 4, 8, 4}, {4, 5, 16, 8}, {4, 6, 32, 32}, /* fast */
	{4, 4, 16, 16}, {8, 16, 32, 32}, {8, 16, 128, 128}, {8, 32, 128, 256}, {32, 128, 258, 1024},
	{32, 258, 258, 4096},
};

struct deflate {
	const struct blob *in;
	uint64_t read;			/* bytes of it in the window so far */
	bool ended;
	bool zip; /* as Info-ZIP's */
	int level;
	struct effort effort;
	unsigned at, ahead;		/* in the window; known bytes from there */
	long block_at;			/* where the block began; negative: slid out */
	unsigned hash, match_at, last_length;
	struct block block;
	uint16_t head[1 << HASH_BITS], chain[WINDOW];
	/* Nothing is behind 2 * WINDOW, but it is looked at. */
	unsigned char window[2 * WINDOW + AHEAD];
};

/* --- the window --- */

static void slide(struct deflate *d)
{
	memcpy(d->window, d->window + WINDOW, WINDOW);
	d->match_at -= WINDOW;
	d->at -= WINDOW;
	d->block_at -= WINDOW;
	for (unsigned i = 0; i < 1u << HASH_BITS; i++)
		d->head[i] = d->head[i] >= WINDOW ? (uint16_t)(d->head[i] - WINDOW) : 0;
	for (unsigned i = 0; i < WINDOW; i++)
		d->chain[i] = d->chain[i] >= WINDOW ? (uint16_t)(d->chain[i] - WINDOW) : 0;
}

static void fill(struct deflate *d)
{
	while (d->ahead < AHEAD && !d->ended) {
		unsigned end;
		size_t n;

		if (d->at >= WINDOW + FARTHEST)
			slide(d);
		end = d->at + d->ahead;
		n = blob_read(d->in, d->read, d->window + end, 2 * WINDOW - end);
		d->ended = n == 0;
		if (d->ended && end + LEAST - 1 <= 2 * WINDOW)
			memset(d->window + end, 0, LEAST - 1);
		d->read += n;
		d->ahead += (unsigned)n;
	}
}

static void turn_hash(struct deflate *d, unsigned char c)
{
	d->hash = (d->hash << HASH_SHIFT ^ c) & ((1u << HASH_BITS) - 1);
}

/* Enter the three bytes at d->at; where the same hash was last, 0: nowhere. */
static unsigned enter(struct deflate *d)
{
	unsigned last;

	turn_hash(d, d->window[d->at + LEAST - 1]);
	last = d->head[d->hash];
	d->chain[d->at % WINDOW] = (uint16_t)last;
	d->head[d->hash] = (uint16_t)d->at;
	return last;
}

static unsigned match_length(const unsigned char *a, const unsigned char *b)
{
	unsigned n = LEAST;

	while (n < MOST && a[n] == b[n])
		n++;
	return n;
}

/* The longest match from place CANDIDATE back, when it beats d->last_length; sets d->match_at. */
static unsigned search(struct deflate *d, unsigned candidate)
{
	const unsigned char *scan = d->window + d->at;
	unsigned tries = d->effort.chain, best = d->last_length, enough = d->effort.nice;
	unsigned limit = d->at > FARTHEST ? d->at - FARTHEST : 0;

	if (d->last_length >= d->effort.good)
		tries /= 4;
	if (d->zip && enough > d->ahead)
		enough = d->ahead;
	do {
		const unsigned char *match = d->window + candidate;
		unsigned n;

		if (match[best] != scan[best] || match[best - 1] != scan[best - 1] ||
		    match[0] != scan[0] || match[1] != scan[1])
			continue;
		/* With the same hash and two bytes the third is the same too. */
		n = match_length(scan, match);
		if (n > best) {
			d->match_at = candidate;
			best = n;
			if (n >= enough)
				break;
		}
	} while ((candidate = d->chain[candidate % WINDOW]) > limit && --tries != 0);
	return best;
}

static bool is_near(const struct deflate *d, unsigned candidate)
{
	return candidate != 0 && d->at - candidate <= FARTHEST &&
	       (d->zip || d->at <= 2 * WINDOW - AHEAD);
}

static unsigned found(struct deflate *d, unsigned candidate)
{
	unsigned n = search(d, candidate);

	return n < d->ahead ? n : d->ahead;
}

/* --- blocks --- */

/* Is the block so well compressed that other codes may suit what follows better? */
static bool should_end(const struct deflate *d)
{
	const struct block *b = &d->block;
	uint64_t out = b->n_tokens * 8, in = (uint64_t)((long)d->at - d->block_at);

	if (b->n_tokens == BLOCK_TOKENS)
		return true;
	if (d->level <= 2 || b->n_tokens % 4096 != 0)
		return false;
	for (unsigned i = 0; i < DISTANCES; i++)
		out += (uint64_t)b->distances[i] * (5 + block_distance_extra(i));
	return b->n_matches < b->n_tokens / 2 && out / 8 < in / 2;
}

static bool add_literal(struct deflate *d, unsigned char c)
{
	block_add(&d->block, (struct token){0, c});
	return should_end(d);
}

static bool add_match(struct deflate *d, unsigned distance, unsigned length)
{
	block_add(&d->block, (struct token){(uint16_t)distance, (uint8_t)(length - LEAST)});
	return should_end(d);
}

static void end_block(struct deflate *d, bool last)
{
	block_end(&d->block, d->block_at >= 0 ? d->window + d->block_at : NULL,
		  (size_t)((long)d->at - d->block_at), last);
	d->block_at = d->at;
}

/* --- levels 1 to 3: take each match at once --- */

static bool take_match(struct deflate *d, unsigned length)
{
	bool end = add_match(d, d->at - d->match_at, length);

	d->ahead -= length;
	if (length > d->effort.lazy) {
		d->at += length;
		d->hash = d->window[d->at];
		turn_hash(d, d->window[d->at + 1]);
		return end;
	}
	while (--length > 0) {
		d->at++;
		enter(d);
	}
	d->at++;
	return end;
}

static void deflate_fast(struct deflate *d)
{
	d->last_length = LEAST - 1;
	while (d->ahead) {
		unsigned candidate = enter(d), length = 0;
		bool end;

		if (is_near(d, candidate))
			length = found(d, candidate);
		if (length >= LEAST) {
			end = take_match(d, length);
		} else {
			end = add_literal(d, d->window[d->at]);
			d->ahead--;
			d->at++;
		}
		if (end)
			end_block(d, false);
		fill(d);
	}
	end_block(d, true);
}

/* --- levels 4 to 9: a match waits for a better one at the next byte --- */

static void take_last_match(struct deflate *d, unsigned match_at)
{
	bool end = add_match(d, d->at - 1 - match_at, d->last_length);

	d->ahead -= d->last_length - 1;
	for (unsigned left = d->last_length - 2; left > 0; left--) {
		d->at++;
		enter(d);
	}
	d->at++;
	if (end)
		end_block(d, false);
}

static unsigned better_match(struct deflate *d, unsigned candidate)
{
	unsigned length;

	if (d->last_length >= d->effort.lazy || !is_near(d, candidate))
		return LEAST - 1;
	length = found(d, candidate);
	return length == LEAST && d->at - d->match_at > TOO_FAR ? LEAST - 1 : length;
}

static void deflate_lazy(struct deflate *d)
{
	unsigned length = LEAST - 1;
	bool waiting = false; /* the byte before d->at isn't written yet */

	while (d->ahead) {
		unsigned candidate = enter(d), last_at = d->match_at;

		d->last_length = length;
		length = better_match(d, candidate);
		if (d->last_length >= LEAST && length <= d->last_length) {
			take_last_match(d, last_at);
			waiting = false;
			length = LEAST - 1;
		} else {
			if (waiting && add_literal(d, d->window[d->at - 1]))
				end_block(d, false);
			waiting = true;
			d->at++;
			d->ahead--;
		}
		fill(d);
	}
	if (waiting)
		add_literal(d, d->window[d->at - 1]);
	end_block(d, true);
}

static void put_le32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> 8 * i);
}

bool gzip_put_header(struct sink *out, const struct gzip_options *o, unsigned char effort,
		     unsigned char system)
{
	unsigned char head[10] = {0x1f, 0x8b, 8, o->name.p ? 8 : 0};

	put_le32(head + 4, o->mtime);
	head[8] = effort;
	head[9] = system;
	return sink_put(out, head, sizeof(head)) &&
	       (!o->name.p || (sink_put(out, o->name.p, o->name.n) && sink_put(out, "", 1)));
}

bool gzip_put_trailer(struct sink *out, const struct blob *in)
{
	unsigned char tail[8];
	uLong crc = crc32_z(0, NULL, 0);
	struct str span;

	for (uint64_t pos = 0; blob_next(in, &pos, &span);)
		crc = crc32_z(crc, (const Bytef *)span.p, span.n);
	put_le32(tail, (uint32_t)crc);
	put_le32(tail + 4, (uint32_t)blob_size(in));
	return sink_put(out, tail, sizeof(tail));
}

/* IN's deflated bytes, at the end of OUT. False: memory is out. */
static bool deflate_to(struct sink *out, const struct blob *in, int level, bool zip)
{
	struct deflate *d = calloc(1, sizeof(*d));

	if (!d || !sink_room(out, blob_size(in) + blob_size(in) / 1000 + 128)) {
		free(d);
		return false;
	}
	d->in = in;
	d->zip = zip;
	d->level = level;
	d->effort = efforts[level];
	d->block.out = out;
	block_begin(&d->block);
	fill(d);
	for (unsigned i = 0; i < LEAST - 1; i++)
		turn_hash(d, d->window[i]);
	if (level <= 3)
		deflate_fast(d);
	else
		deflate_lazy(d);
	free(d);
	return true;
}

static const char *wrong(const struct blob *in, int level)
{
	if (level < 1 || level > 9)
		return "compression level is not 1 to 9";
	return blob_size(in) == BLOB_ENDLESS ? "endless input" : NULL;
}

/* What is behind the header. */
static struct blob *whole(const struct encoding *e, const struct blob *in,
			  struct encoder_room *room)
{
	struct sink out = {0};

	(void)room;
	if (deflate_to(&out, in, e->level, false) && gzip_put_trailer(&out, in))
		return sink_blob(&out);
	free(out.p);
	return NULL;
}

enum { UNIX = 3 };

static const struct encoder encoder_gzip = {.whole = whole};

struct blob *codec_gzip_cached(struct codec_cache *c, struct arena *mem, struct blob *in,
			       const struct gzip_options *o, struct str *why)
{
	struct encoding e = {.by = &encoder_gzip, .level = o->level};
	struct sink head = {0};
	struct blob *body = encoder_run(c, &e, in, wrong(in, o->level), why);

	(void)mem;
	if (!body || gzip_put_header(&head, o, o->level == 9 ? 2 : o->level == 1 ? 4 : 0, UNIX))
		return body ? sink_before(&head, body) : NULL;
	blob_unref(body);
	return sink_fail(&head, why, S("memory exhausted"));
}

/* Nothing of an input is kept where there is no cache. */
struct blob *codec_gzip(struct arena *mem, const struct blob *in, const struct gzip_options *o,
			struct str *why)
{
	return codec_gzip_cached(NULL, mem, (struct blob *)in, o, why);
}

struct blob *codec_zip_deflate(struct arena *mem, const struct blob *in, int level, struct str *why)
{
	const char *bad = wrong(in, level);
	struct sink out = {0};

	(void)mem;
	if (bad || !deflate_to(&out, in, level, true))
		return sink_fail(&out, why, bad ? str_z(bad) : S("memory exhausted"));
	return sink_blob(&out);
}
