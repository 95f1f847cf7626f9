/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FUZZ_DECODER_H
#define FUZZ_DECODER_H

#include "codec/codec.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The entry of a decoder: any bytes give an output within the limit, or a reason. */
#define FUZZ_DECODER(decode)                                            \
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)    \
	{                                                               \
		struct arena *mem = arena_new();                        \
		struct blob *in = blob_copy(data, size), *out;          \
		struct str why = {NULL, 0};                             \
                                                                        \
		out = decode(mem, in, &why);                            \
		if (!out && !why.n)                                     \
			abort();                                        \
		blob_unref(out);                                        \
		blob_unref(in);                                         \
		arena_free(mem);                                        \
		return 0;                                               \
	}

#endif
