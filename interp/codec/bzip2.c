/* SPDX-License-Identifier: GPL-2.0-only */
/* bzip2, as bzip2(1) calls its library. */
#include "codec/internal.h"

#include <bzlib.h>

enum { STEP = 256 << 10 };

static bool make_room(bz_stream *s, struct sink *out, unsigned *room)
{
	if (!sink_room(out, STEP))
		return false;
	*room = out->cap - out->n > INT32_MAX ? INT32_MAX : (unsigned)(out->cap - out->n);
	s->next_out = (char *)out->p + out->n;
	s->avail_out = *room;
	return true;
}

static int compress_step(bz_stream *s, struct sink *out, int action)
{
	int ret = BZ_RUN_OK;

	do {
		unsigned room;

		if (!make_room(s, out, &room))
			return BZ_MEM_ERROR;
		ret = BZ2_bzCompress(s, action);
		out->n += room - s->avail_out;
	} while ((ret == BZ_RUN_OK && s->avail_in) || ret == BZ_FINISH_OK);
	return ret;
}

struct blob *codec_bzip2(struct arena *mem, const struct blob *in, int level, struct str *why)
{
	struct sink out = {0};
	bz_stream s = {0};
	struct str span;
	int ret = BZ_RUN_OK;

	(void)mem;
	if (blob_size(in) == BLOB_ENDLESS)
		return sink_fail(&out, why, S("endless input"));
	if (BZ2_bzCompressInit(&s, level, 0, 0) != BZ_OK)
		return sink_fail(&out, why, S("compression level is not 1 to 9"));
	for (uint64_t pos = 0; ret == BZ_RUN_OK && blob_next(in, &pos, &span);) {
		while (span.n && ret == BZ_RUN_OK) {
			size_t n = span.n < INT32_MAX ? span.n : INT32_MAX;

			s.next_in = (char *)span.p;
			s.avail_in = (unsigned)n;
			ret = compress_step(&s, &out, BZ_RUN);
			span = str_from(span, n);
		}
	}
	if (ret == BZ_RUN_OK)
		ret = compress_step(&s, &out, BZ_FINISH);
	BZ2_bzCompressEnd(&s);
	return ret == BZ_STREAM_END ? sink_blob(&out) : sink_fail(&out, why, S("memory exhausted"));
}

/* Until SPAN is used up or the stream ends. */
static int decompress_step(bz_stream *s, struct sink *out, struct str *span)
{
	int ret = BZ_OK;
	size_t n = span->n < INT32_MAX ? span->n : INT32_MAX;

	s->next_in = (char *)span->p;
	s->avail_in = (unsigned)n;
	do {
		unsigned room;

		if (!make_room(s, out, &room))
			return BZ_MEM_ERROR;
		ret = BZ2_bzDecompress(s);
		out->n += room - s->avail_out;
	} while (ret == BZ_OK && (s->avail_in || s->avail_out == 0));
	*span = str_from(*span, n - s->avail_in);
	return ret;
}

/* Streams may follow each other. */
static int decompress_span(bz_stream *s, struct sink *out, struct str span, bool *ended)
{
	int ret = BZ_OK;

	while (span.n && ret == BZ_OK) {
		if (*ended) {
			BZ2_bzDecompressEnd(s);
			*s = (bz_stream){0};
			ret = BZ2_bzDecompressInit(s, 0, 0);
			*ended = false;
		}
		if (ret == BZ_OK)
			ret = decompress_step(s, out, &span);
		if (ret == BZ_STREAM_END) {
			*ended = true;
			ret = BZ_OK;
		}
	}
	return ret;
}

struct blob *codec_bunzip2(struct arena *mem, const struct blob *in, struct str *why)
{
	struct sink out = {.most = CODEC_OUTPUT_MOST};
	bz_stream s = {0};
	bool ended = false;
	struct str span;
	int ret = BZ2_bzDecompressInit(&s, 0, 0);

	(void)mem;
	for (uint64_t pos = 0; ret == BZ_OK && blob_next(in, &pos, &span);)
		ret = decompress_span(&s, &out, span, &ended);
	BZ2_bzDecompressEnd(&s);
	if (ret == BZ_OK && ended)
		return sink_blob(&out);
	if (ret == BZ_MEM_ERROR)
		return sink_fail(&out, why, S("the output is larger than 1 GiB"));
	return sink_fail(&out, why,
			 ret == BZ_OK ? S("unexpected end of file") : S("corrupt bzip2 data"));
}
