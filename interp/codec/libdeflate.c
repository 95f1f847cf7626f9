/* SPDX-License-Identifier: GPL-2.0-only */
/* libdeflate's gzip stream, as its program libdeflate-gzip writes it. */
#include "codec/encoder.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <zlib.h>

enum { HEADER = 10, TRAILER = 8, LEVEL_LEAST = 1, LEVEL_MOST = 12 };

static void put_le32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> 8 * i);
}

static bool put_header(struct sink *out, const struct gzip_options *o)
{
	unsigned char head[HEADER] = {0x1f, 0x8b, 8, o->name.p ? 8 : 0};

	put_le32(head + 4, o->mtime);
	head[8] = o->level < 2 ? 4 : o->level >= 8 ? 2 : 0;
	head[9] = 255;
	return sink_put(out, head, HEADER) &&
	       (!o->name.p || (sink_put(out, o->name.p, o->name.n) && sink_put(out, "", 1)));
}

static bool compress_all(struct sink *out, struct libdeflate_compressor *c, struct str data)
{
	size_t most = libdeflate_deflate_compress_bound(c, data.n);
	unsigned char tail[TRAILER];
	size_t n;

	if (!sink_room(out, most + TRAILER))
		return false;
	n = libdeflate_deflate_compress(c, data.p, data.n, out->p + out->n, most);
	if (n == 0)
		return false;
	out->n += n;
	put_le32(tail, (uint32_t)crc32_z(0, (const Bytef *)(data.n ? data.p : ""), data.n));
	put_le32(tail + 4, (uint32_t)data.n);
	return sink_put(out, tail, TRAILER);
}

/* What is behind the header. */
static struct blob *whole(const struct encoding *e, const struct blob *in,
			  struct encoder_room *room)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(e->level);
	struct blob *joined = c ? blob_joined((struct blob *)in) : NULL;
	struct sink out = {0};
	bool good = joined && compress_all(&out, c, blob_flat(NULL, joined));

	(void)room;
	blob_unref(joined);
	libdeflate_free_compressor(c);
	if (good)
		return sink_blob(&out);
	free(out.p);
	return NULL;
}

static const struct encoder encoder_libdeflate = {.whole = whole};

struct blob *codec_libdeflate_gzip_cached(struct codec_cache *c, struct arena *mem, struct blob *in,
					  const struct gzip_options *o, struct str *why)
{
	struct encoding e = {.by = &encoder_libdeflate, .level = o->level};
	bool good = o->level >= LEVEL_LEAST && o->level <= LEVEL_MOST;
	struct sink head = {0};
	struct blob *body =
	    encoder_run(c, &e, in, good ? NULL : "compression level is not 1 to 12", why);

	(void)mem;
	if (!body || put_header(&head, o))
		return body ? sink_before(&head, body) : NULL;
	blob_unref(body);
	return sink_fail(&head, why, S("memory exhausted"));
}

/* Nothing of an input is kept where there is no cache. */
struct blob *codec_libdeflate_gzip(struct arena *mem, const struct blob *in,
				   const struct gzip_options *o, struct str *why)
{
	return codec_libdeflate_gzip_cached(NULL, mem, (struct blob *)in, o, why);
}
