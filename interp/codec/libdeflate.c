/* SPDX-License-Identifier: GPL-2.0-only */
/* libdeflate's gzip stream, as its program libdeflate-gzip writes it. */
#include "codec/encoder.h"

#include <libdeflate.h>
#include <stdlib.h>

enum { LEVEL_LEAST = 1, LEVEL_MOST = 12, UNKNOWN_SYSTEM = 255 };

const char *codec_libdeflate_release(void)
{
	return LIBDEFLATE_VERSION_STRING;
}

static bool compress_all(struct sink *out, struct libdeflate_compressor *c, struct str data)
{
	size_t most = libdeflate_deflate_compress_bound(c, data.n), n;

	if (!sink_room(out, most))
		return false;
	n = libdeflate_deflate_compress(c, data.p, data.n, out->p + out->n, most);
	out->n += n;
	return n > 0;
}

/* What is behind the header. */
static struct blob *whole(const struct encoding *e, const struct blob *in,
			  struct encoder_room *room)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(e->level);
	struct blob *joined = c ? blob_joined((struct blob *)in) : NULL;
	struct sink out = {0};
	bool good = joined && compress_all(&out, c, blob_flat(NULL, joined)) &&
		    gzip_put_trailer(&out, joined);

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
	if (!body || gzip_put_header(&head, o,
				     o->level < 2    ? 4
				     : o->level >= 8 ? 2
						     : 0,
				     UNKNOWN_SYSTEM))
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
