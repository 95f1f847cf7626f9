/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One compressed stream at the start of bytes that may go on behind it: what it becomes, and where
 * it ends. For looking into images, so everything has a bound: what comes out, and what the decoder
 * takes for itself. The other decoders here read whole files as the tools do.
 */
#include "codec/internal.h"

#include <bzlib.h>
#include <lz4.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

/* An xz stream of preset 9 needs 65 MiB; a window of zstd's level 22 is 128 MiB. */
enum { STEP = 64 << 10, XZ_MEMORY = 80 << 20, ZSTD_WINDOW_LOG = 27, LZ4_BLOCK = 8 << 20 };

/* Room for more output; false, and it is noted, when that would be too much. */
static bool more_room(struct codec_unpacked *u, struct sink *out, size_t *room)
{
	*room = out->most - out->n < STEP ? out->most - out->n : STEP;
	if (*room && sink_room(out, *room))
		return true;
	u->full = true;
	return false;
}

static bool run_zlib(struct codec_unpacked *u, struct sink *out, struct str in, int window)
{
	z_stream s = {.next_in = (Bytef *)in.p,
		      .avail_in = in.n < UINT32_MAX ? (uInt)in.n : UINT32_MAX};
	int ret = inflateInit2(&s, window);

	while (ret == Z_OK) {
		size_t room;

		if (!more_room(u, out, &room))
			break;
		s.next_out = out->p + out->n;
		s.avail_out = (uInt)room;
		ret = inflate(&s, Z_NO_FLUSH);
		out->n += room - s.avail_out;
	}
	u->used = s.total_in;
	inflateEnd(&s);
	return ret == Z_STREAM_END;
}

static bool run_xz(struct codec_unpacked *u, struct sink *out, struct str in)
{
	lzma_stream s = LZMA_STREAM_INIT;
	lzma_ret ret = lzma_stream_decoder(&s, XZ_MEMORY, 0);

	s.next_in = (const uint8_t *)in.p;
	s.avail_in = in.n;
	while (ret == LZMA_OK) {
		size_t room;

		if (!more_room(u, out, &room))
			break;
		s.next_out = out->p + out->n;
		s.avail_out = room;
		ret = lzma_code(&s, LZMA_FINISH);
		out->n += room - s.avail_out;
	}
	u->used = (size_t)s.total_in;
	lzma_end(&s);
	return ret == LZMA_STREAM_END;
}

static bool run_bzip2(struct codec_unpacked *u, struct sink *out, struct str in)
{
	bz_stream s = {.next_in = (char *)in.p,
		       .avail_in = in.n < UINT32_MAX ? (unsigned)in.n : UINT32_MAX};
	int ret = BZ2_bzDecompressInit(&s, 0, 0);

	while (ret == BZ_OK) {
		size_t room;
		unsigned before = s.avail_in;

		if (!more_room(u, out, &room))
			break;
		s.next_out = (char *)out->p + out->n;
		s.avail_out = (unsigned)room;
		ret = BZ2_bzDecompress(&s);
		out->n += room - s.avail_out;
		/* It has no error of its own for an end that is missing. */
		if (ret == BZ_OK && s.avail_out == room && s.avail_in == before)
			break;
	}
	u->used = (size_t)s.total_in_hi32 << 32 | s.total_in_lo32;
	BZ2_bzDecompressEnd(&s);
	return ret == BZ_STREAM_END;
}

static bool run_zstd(struct codec_unpacked *u, struct sink *out, struct str in)
{
	ZSTD_DCtx *cx = ZSTD_createDCtx();
	ZSTD_inBuffer from = {in.p, in.n, 0};
	size_t left = 1, room;
	bool ok =
	    cx && !ZSTD_isError(ZSTD_DCtx_setParameter(cx, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG));

	/* A window is as large as the header says, so no larger than what may come out. */
	if (ok && in.n >= 4) {
		unsigned long long size = ZSTD_getFrameContentSize(in.p, in.n);

		u->full = size != ZSTD_CONTENTSIZE_UNKNOWN && size != ZSTD_CONTENTSIZE_ERROR &&
			  size > out->most;
		ok = !u->full;
	}
	while (ok && left && more_room(u, out, &room)) {
		ZSTD_outBuffer to = {out->p + out->n, room, 0};
		size_t before = from.pos;

		left = ZSTD_decompressStream(cx, &to, &from);
		out->n += to.pos;
		ok = !ZSTD_isError(left) && (to.pos || from.pos != before || !left);
	}
	u->used = from.pos;
	ZSTD_freeDCtx(cx);
	return ok && !left;
}

static bool run_lz4_frame(struct codec_unpacked *u, struct sink *out, struct str in)
{
	LZ4F_dctx *cx = NULL;
	size_t left = 1, room;
	bool ok = !LZ4F_isError(LZ4F_createDecompressionContext(&cx, LZ4F_VERSION));

	while (ok && left && more_room(u, out, &room)) {
		size_t n = in.n - u->used;

		left = LZ4F_decompress(cx, out->p + out->n, &room, in.p + u->used, &n, NULL);
		ok = !LZ4F_isError(left) && (room || n || !left);
		out->n += room;
		u->used += n;
	}
	LZ4F_freeDecompressionContext(cx);
	return ok && !left;
}

/*
 * The form of kernels: magic, then blocks with their sizes in front, until something is no block.
 */
static bool run_lz4_legacy(struct codec_unpacked *u, struct sink *out, struct str in)
{
	const unsigned char *p = (const unsigned char *)in.p;

	for (u->used = 4; in.n - u->used >= 4;) {
		const unsigned char *h = p + u->used;
		uint32_t n = h[0] | h[1] << 8 | h[2] << 16 | (uint32_t)h[3] << 24;
		size_t room = out->most - out->n < LZ4_BLOCK ? out->most - out->n : LZ4_BLOCK;
		int got;

		if (!n || n > LZ4_COMPRESSBOUND(LZ4_BLOCK) || n > in.n - u->used - 4)
			break;
		if (!sink_room(out, room))
			return false;
		got = LZ4_decompress_safe((const char *)h + 4, (char *)out->p + out->n, (int)n,
					  (int)room);
		if (got < 0) {
			u->full = room < LZ4_BLOCK;
			return false;
		}
		out->n += (size_t)got;
		u->used += 4 + n;
	}
	return out->n != 0;
}

static bool run_lz4_block(struct codec_unpacked *u, struct sink *out, struct str in)
{
	int got;

	if (in.n > INT32_MAX || out->most > INT32_MAX || !sink_room(out, out->most))
		return false;
	got = LZ4_decompress_safe(in.p, (char *)out->p, (int)in.n, (int)out->most);
	out->n = got < 0 ? 0 : (size_t)got;
	u->used = in.n;
	return got >= 0;
}

static bool run(struct codec_unpacked *u, enum codec_kind kind, struct sink *out, struct str in)
{
	static const unsigned char lz4_legacy[4] = {0x02, 0x21, 0x4c, 0x18};

	switch (kind) {
	case CODEC_GZIP: return run_zlib(u, out, in, 15 + 16);
	case CODEC_ZLIB: return run_zlib(u, out, in, 15);
	case CODEC_DEFLATE: return run_zlib(u, out, in, -15);
	case CODEC_XZ: return run_xz(u, out, in);
	case CODEC_LZMA: return unlzma_stream(u, out, in);
	case CODEC_BZIP2: return run_bzip2(u, out, in);
	case CODEC_ZSTD: return run_zstd(u, out, in);
	case CODEC_LZ4_BLOCK: return run_lz4_block(u, out, in);
	case CODEC_LZO_BLOCK: return unlzo_block(u, out, in);
	case CODEC_LZ4:
		if (in.n >= 4 && memcmp(in.p, lz4_legacy, 4) == 0)
			return run_lz4_legacy(u, out, in);
		return run_lz4_frame(u, out, in);
	}
	return false;
}

bool codec_unpack(enum codec_kind kind, struct str in, size_t most, struct codec_unpacked *u)
{
	struct sink out = {.most = most};

	*u = (struct codec_unpacked){0};
	if (in.n == 0 || most == 0 || !run(u, kind, &out, in)) {
		u->made = out.n;
		free(out.p);
		return false;
	}
	u->made = out.n;
	u->out = sink_blob(&out);
	return true;
}
