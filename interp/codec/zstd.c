/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zstd, as zstd(1) calls its library for a file of known size: content size and checksum stored,
 * and with a worker, which cuts the input into jobs (the bytes are the same for any number of
 * workers from one on, but differ from none's; --single-thread is not what this is).
 */
#include "codec/internal.h"

#include <zstd.h>

static bool pump(ZSTD_CCtx *cx, struct sink *out, struct str span, ZSTD_EndDirective end)
{
	ZSTD_inBuffer in = {span.p, span.n, 0};
	size_t left;

	do {
		ZSTD_outBuffer room;

		if (!sink_room(out, ZSTD_CStreamOutSize()))
			return false;
		room = (ZSTD_outBuffer){out->p + out->n, out->cap - out->n, 0};
		left = ZSTD_compressStream2(cx, &room, &in, end);
		out->n += room.pos;
		if (ZSTD_isError(left))
			return false;
	} while (in.pos < in.size || (end == ZSTD_e_end && left));
	return true;
}

struct blob *codec_zstd(struct arena *mem, const struct blob *in, int level, struct str *why)
{
	struct sink out = {0};
	ZSTD_CCtx *cx;
	struct str span;
	bool ok;

	(void)mem;
	if (blob_size(in) == BLOB_ENDLESS || level < 1 || level > ZSTD_maxCLevel())
		return sink_fail(&out, why, level < 1 || level > ZSTD_maxCLevel()
						    ? S("compression level is not 1 to 22")
						    : S("endless input"));
	cx = ZSTD_createCCtx();
	ok = cx && !ZSTD_isError(ZSTD_CCtx_setParameter(cx, ZSTD_c_compressionLevel, level)) &&
	     !ZSTD_isError(ZSTD_CCtx_setParameter(cx, ZSTD_c_checksumFlag, 1)) &&
	     !ZSTD_isError(ZSTD_CCtx_setParameter(cx, ZSTD_c_nbWorkers, 1)) &&
	     !ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(cx, blob_size(in)));
	for (uint64_t pos = 0; ok && blob_next(in, &pos, &span);)
		ok = pump(cx, &out, span, ZSTD_e_continue);
	ok = ok && pump(cx, &out, S(""), ZSTD_e_end);
	ZSTD_freeCCtx(cx);
	return ok ? sink_blob(&out) : sink_fail(&out, why, S("memory exhausted"));
}

struct blob *codec_unzstd(struct arena *mem, const struct blob *in, struct str *why)
{
	struct sink out = {.most = CODEC_OUTPUT_MOST};
	ZSTD_DCtx *cx = ZSTD_createDCtx();
	size_t left = 1, step = ZSTD_DStreamOutSize();
	struct str span;
	bool ok = cx != NULL, full = false;

	(void)mem;
	for (uint64_t pos = 0; ok && blob_next(in, &pos, &span);) {
		ZSTD_inBuffer from = {span.p, span.n, 0};
		bool more = true;

		while (ok && more) {
			ZSTD_outBuffer room = {NULL, 0, 0};

			full = !sink_room(&out, step);
			if (full)
				break;
			room = (ZSTD_outBuffer){out.p + out.n, out.cap - out.n, 0};
			left = ZSTD_decompressStream(cx, &room, &from);
			out.n += room.pos;
			ok = !ZSTD_isError(left);
			more = from.pos < from.size || (left && room.pos == room.size);
		}
		ok = ok && !full;
	}
	ZSTD_freeDCtx(cx);
	if (ok && left == 0)
		return sink_blob(&out);
	return sink_fail(&out, why, full ? S("the output is larger than 1 GiB")
				    : ok ? S("unexpected end of file")
					 : S("corrupt zstd data"));
}
