/* SPDX-License-Identifier: GPL-2.0-only */
/* libdeflate's gzip stream, as its program libdeflate-gzip writes it. */
#include "codec/internal.h"

#include <libdeflate.h>
#include <zlib.h>

enum { HEADER = 10, TRAILER = 8 };

static void put_le32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> 8 * i);
}

static bool compress_all(struct sink *out, struct libdeflate_compressor *c, struct str data,
			 const struct gzip_options *o)
{
	size_t most = libdeflate_deflate_compress_bound(c, data.n);
	unsigned char head[HEADER] = {0x1f, 0x8b, 8, o->name.p ? 8 : 0}, tail[TRAILER];
	size_t n;

	put_le32(head + 4, o->mtime);
	head[8] = o->level < 2 ? 4 : o->level >= 8 ? 2 : 0;
	head[9] = 255;
	if (!sink_put(out, head, HEADER) || (o->name.p && !sink_put(out, o->name.p, o->name.n)) ||
	    (o->name.p && !sink_put(out, "", 1)) || !sink_room(out, most + TRAILER))
		return false;
	n = libdeflate_deflate_compress(c, data.p, data.n, out->p + out->n, most);
	if (n == 0)
		return false;
	out->n += n;
	put_le32(tail, (uint32_t)crc32_z(0, (const Bytef *)(data.n ? data.p : ""), data.n));
	put_le32(tail + 4, (uint32_t)data.n);
	return sink_put(out, tail, TRAILER);
}

struct blob *codec_libdeflate_gzip(struct arena *mem, const struct blob *in,
				   const struct gzip_options *o, struct str *why)
{
	struct sink out = {0};
	struct libdeflate_compressor *c;
	struct blob *whole;
	bool ok;

	(void)mem;
	if (blob_size(in) == BLOB_ENDLESS)
		return sink_fail(&out, why, S("endless input"));
	c = libdeflate_alloc_compressor(o->level);
	if (!c)
		return sink_fail(&out, why, S("compression level is not 1 to 12"));
	whole = blob_joined((struct blob *)in);
	ok = whole && compress_all(&out, c, blob_flat(NULL, whole), o);
	blob_unref(whole);
	libdeflate_free_compressor(c);
	return ok ? sink_blob(&out) : sink_fail(&out, why, S("memory exhausted"));
}
