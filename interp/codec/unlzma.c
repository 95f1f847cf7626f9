/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The LZMA SDK's decoder as Debian's lzma-dev ships it, for .lzma files: it takes every lc, lp, pb
 * and dictionary that the encoder can be told, where liblzma refuses some. The output serves as the
 * dictionary, so a header that claims a huge one costs nothing.
 */
#include "codec/internal.h"

#include <stdlib.h>

#include <lzma/LzmaDec.c>

enum { PROPERTIES = 5, HEADER = 13, STEP = 1 << 20 };

static void *sdk_alloc(void *self, size_t n)
{
	(void)self;
	return malloc(n);
}

static void sdk_free(void *self, void *p)
{
	(void)self;
	free(p);
}

/* Decode SPAN, which becomes what is left of it, into D's dictionary, the output; false at an
 * error. *STATUS as the SDK says. */
static bool decode_span(CLzmaDec *d, struct sink *out, uint64_t size, struct str *span,
			ELzmaStatus *status)
{
	*status = LZMA_STATUS_NOT_SPECIFIED;
	for (;;) {
		SizeT n = span->n;
		size_t limit, room = size - out->n < STEP ? (size_t)(size - out->n) : STEP;
		bool last;

		if (!sink_room(out, room + 1))
			return false;
		d->dic = out->p;
		d->dicBufSize = out->cap;
		limit = out->n + room;
		last = limit == size;
		if (LzmaDec_DecodeToDic(d, limit, (const Byte *)span->p, &n,
					last ? LZMA_FINISH_END : LZMA_FINISH_ANY, status) != SZ_OK)
			return false;
		*span = str_from(*span, n);
		out->n = d->dicPos;
		if (*status == LZMA_STATUS_FINISHED_WITH_MARK || out->n == size ||
		    (span->n == 0 && out->n < limit))
			return true;
	}
}

static bool is_end(ELzmaStatus status, uint64_t n, uint64_t size)
{
	return status == LZMA_STATUS_FINISHED_WITH_MARK ||
	       (n == size && status == LZMA_STATUS_MAYBE_FINISHED_WITHOUT_MARK);
}

/* SIZE: of the output; UINT64_MAX when it ends with a mark. */
static bool decode(CLzmaDec *d, const struct blob *in, struct sink *out, uint64_t size)
{
	ELzmaStatus status = LZMA_STATUS_NOT_SPECIFIED;
	struct str span;

	for (uint64_t pos = HEADER; blob_next(in, &pos, &span);) {
		if (!decode_span(d, out, size, &span, &status))
			return false;
		if (is_end(status, out->n, size))
			break;
	}
	return is_end(status, out->n, size) && (size == UINT64_MAX || out->n == size);
}

struct blob *codec_unlzma(struct arena *mem, const struct blob *in, struct str *why)
{
	ISzAlloc memory = {sdk_alloc, sdk_free};
	unsigned char head[HEADER];
	struct sink out = {.most = CODEC_OUTPUT_MOST + 2 * STEP};
	uint64_t size = 0;
	CLzmaDec d;
	bool ok;

	(void)mem;
	if (blob_read(in, 0, head, HEADER) < HEADER)
		return sink_fail(&out, why, S("too short for an LZMA header"));
	for (int i = 0; i < 8; i++)
		size |= (uint64_t)head[PROPERTIES + i] << 8 * i;
	if (size != UINT64_MAX && size > CODEC_OUTPUT_MOST)
		return sink_fail(&out, why, S("the output would be larger than 1 GiB"));
	LzmaDec_Construct(&d);
	if (LzmaDec_AllocateProbs(&d, head, PROPERTIES, &memory) != SZ_OK)
		return sink_fail(&out, why, S("not an LZMA header"));
	LzmaDec_Init(&d);
	ok = decode(&d, in, &out, size);
	LzmaDec_FreeProbs(&d, &memory);
	if (!ok)
		return sink_fail(&out, why,
				 out.n > CODEC_OUTPUT_MOST ? S("the output is larger than 1 GiB")
							   : S("corrupt LZMA data"));
	return sink_blob(&out);
}

bool unlzma_stream(struct codec_unpacked *u, struct sink *out, struct str in)
{
	ISzAlloc memory = {sdk_alloc, sdk_free};
	const unsigned char *head = (const unsigned char *)in.p;
	ELzmaStatus status = LZMA_STATUS_NOT_SPECIFIED;
	const size_t most = out->most;
	struct str rest = str_from(in, HEADER);
	uint64_t size = 0;
	CLzmaDec d;
	bool ok;

	if (in.n < HEADER)
		return false;
	for (int i = 0; i < 8; i++)
		size |= (uint64_t)head[PROPERTIES + i] << 8 * i;
	if (size != UINT64_MAX && size > most) {
		u->full = true;
		return false;
	}
	LzmaDec_Construct(&d);
	if (LzmaDec_AllocateProbs(&d, head, PROPERTIES, &memory) != SZ_OK)
		return false;
	LzmaDec_Init(&d);
	out->most = most + 2 * STEP; /* decode_span asks for a step more */
	ok = decode_span(&d, out, size, &rest, &status) && is_end(status, out->n, size);
	out->most = most;
	LzmaDec_FreeProbs(&d, &memory);
	u->used = in.n - rest.n;
	u->full = out->n > most;
	return ok && !u->full;
}
