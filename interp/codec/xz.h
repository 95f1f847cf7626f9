/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CODEC_XZ_H
#define CODEC_XZ_H

#include <lzma.h>

#include "codec/encoder.h"

/* liblzma's streams, for xz.c and xz_encoder.c. */

/* Set S, which has its allocator, up to encode as XZ says. */
lzma_ret xz_begin(lzma_stream *s, const struct xz_encoding *xz);
/* Send what S has as input through it. */
lzma_ret xz_pump(lzma_stream *s, struct sink *out, lzma_action action);
/* The same of IN from AT on, up to END. */
lzma_ret xz_send(lzma_stream *s, struct sink *out, const struct blob *in, uint64_t at,
		 uint64_t end);
/* IN's stream; NULL: memory is out. */
struct blob *xz_whole(const struct xz_encoding *xz, const struct blob *in);

#endif
