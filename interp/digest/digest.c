/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The digests: nettle does the work (with the processor's SHA instructions where it has them), here
 * are the rows and what is made of them for blobs.
 */
#include "digest/internal.h"

#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

/* Whole blocks at once from here on are worth asking the processor what it can. */
enum { MANY = 4096 };

/* As sha256_update; long input takes the shorter way. sha224 differs only in its start and end. */
static void sha2_update(struct sha256_ctx *state, size_t n, const uint8_t *p)
{
	if (n >= MANY && sha256_can_blocks()) {
		size_t head = state->index ? SHA256_BLOCK_SIZE - state->index : 0, blocks;

		sha256_update(state, head, p);
		blocks = (n - head) / SHA256_BLOCK_SIZE;
		sha256_blocks(state->state, p + head, blocks);
		state->count += blocks;
		head += blocks * SHA256_BLOCK_SIZE;
		p += head;
		n -= head;
	}
	sha256_update(state, n, p);
}

#define ROW(row, nettle, NETTLE, context)                                                          \
	static void begin_##row(void *state)                                                       \
	{                                                                                          \
		nettle##_init(state);                                                              \
	}                                                                                          \
	static void update_##row(void *state, const void *p, size_t n)                             \
	{                                                                                          \
		context##_update(state, n, p);                                                     \
	}                                                                                          \
	static void end_##row(void *state, unsigned char *out)                                     \
	{                                                                                          \
		nettle##_digest(state, NETTLE##_DIGEST_SIZE, out);                                 \
	}                                                                                          \
	const struct digest digest_##row = {                                                       \
		.name = #row,                                                                      \
		.size = NETTLE##_DIGEST_SIZE,                                                      \
		.state = sizeof(struct nettle##_ctx),                                              \
		.begin = begin_##row,                                                              \
		.update = update_##row,                                                            \
		.end = end_##row,                                                                  \
	};

ROW(md5, md5, MD5, md5)
ROW(sha1, sha1, SHA1, sha1)
ROW(sha224, sha224, SHA224, sha2)
ROW(sha256, sha256, SHA256, sha2)
ROW(sha384, sha384, SHA384, sha512)
ROW(sha512, sha512, SHA512, sha512)

/* States are kept with blobs from KEPT bytes on, behind a first span from SHARED bytes on. */
enum { KEPT = 16 << 10, SHARED = 1 << 20 };

/* Room for any row's state. */
union any_state {
	struct md5_ctx md5;
	struct sha1_ctx sha1;
	struct sha256_ctx sha256;
	struct sha512_ctx sha512;
};

const struct digest *digest_find(struct str name)
{
	static const struct digest *const rows[] = {
		&digest_md5, &digest_sha1, &digest_sha224, &digest_sha256, &digest_sha384,
		&digest_sha512,
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_is(name, rows[i]->name))
			return rows[i];
	return NULL;
}

/* Take in B from POS to UPTO; its row keeps the state behind it for the next that asks. */
static void digest_part(const struct digest *d, struct blob *b, uint64_t *pos, uint64_t upto,
			void *state)
{
	struct str span;

	while (*pos < upto && blob_next(b, pos, &span)) {
		if (*pos > upto) {
			span.n -= *pos - upto;
			*pos = upto;
		}
		d->update(state, span.p, span.n);
	}
	if (*pos >= KEPT)
		blob_remember(b, d, *pos, state, d->state);
}

void digest_blob(const struct digest *d, const struct blob *b, unsigned char *out)
{
	/* What is remembered doesn't change the bytes. */
	struct blob *own = (struct blob *)b;
	uint64_t pos, first = blob_shared(b);
	union any_state state;

	if (!blob_recall(b, d, &pos, &state, d->state))
		d->begin(&state);
	if (pos < first && first >= SHARED)
		digest_part(d, own, &pos, first, &state);
	if (pos < blob_size(b))
		digest_part(d, own, &pos, blob_size(b), &state);
	d->end(&state, out);
}

void digest_bytes(const struct digest *d, const void *p, size_t n, unsigned char *out)
{
	union any_state state;

	d->begin(&state);
	d->update(&state, p, n);
	d->end(&state, out);
}

struct str digest_hex(struct arena *mem, const struct digest *d, const struct blob *b)
{
	unsigned char out[DIGEST_MOST];
	struct buf text = buf_new(mem);

	digest_blob(d, b, out);
	buf_hex(&text, out, d->size);
	return buf_view(&text);
}
