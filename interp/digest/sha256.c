/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SHA-256's blocks with the processor's SHA instructions, about three times as fast as nettle's way
 * to use them (one call a block). Nettle does all else, and everything where they are missing.
 * Source: FIPS 180-4; Intel's description of sha256rnds2, sha256msg1 and sha256msg2.
 */
#include "digest/internal.h"

/* Asking which instructions there are takes gcc (clang 14 does not know the name "sha"). */
#if defined(__x86_64__) && !defined(__clang__) && __GNUC__ >= 11
#include <immintrin.h>

/* FIPS 180-4, 4.2.2. */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

bool sha256_can_blocks(void)
{
	/* What libgcc found out at the start; asking the processor anew may take 50 us on a virtual
	 * one. */
	return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
}

/*
 * The words of the message schedule W[4i] to W[4i+3], from the 16 before, of which slot i % 4 goes.
 */
__attribute__((target("sha,sse4.1"), always_inline)) static inline __m128i next_words(__m128i *w,
										      int i)
{
	__m128i sum = _mm_alignr_epi8(w[(i + 3) % 4], w[(i + 2) % 4], 4);

	sum = _mm_add_epi32(sum, _mm_sha256msg1_epu32(w[i % 4], w[(i + 1) % 4]));
	return _mm_sha256msg2_epu32(sum, w[(i + 3) % 4]);
}

__attribute__((target("sha,sse4.1"), always_inline)) static inline void
one_block(__m128i *abef, __m128i *cdgh, const unsigned char *p)
{
	const __m128i turn = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	__m128i w[4], a = *abef, c = *cdgh;

#pragma GCC unroll 16
	for (int i = 0; i < 16; i++) {
		__m128i words,
		    k = _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * i));

		if (i < 4)
			words = _mm_shuffle_epi8(
			    _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i)), turn);
		else
			words = next_words(w, i);
		w[i % 4] = words;
		words = _mm_add_epi32(words, k);
		c = _mm_sha256rnds2_epu32(c, a, words);
		a = _mm_sha256rnds2_epu32(a, c, _mm_shuffle_epi32(words, 0x0e));
	}
	*abef = _mm_add_epi32(*abef, a);
	*cdgh = _mm_add_epi32(*cdgh, c);
}

__attribute__((target("sha,sse4.1"))) void sha256_blocks(uint32_t *state, const unsigned char *p,
							 size_t n)
{
	__m128i *out = (__m128i *)(void *)state;
	__m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(out), 0xb1);
	__m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(out + 1), 0x1b);
	__m128i abef = _mm_alignr_epi8(badc, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);

	for (; n > 0; n--, p += 64)
		one_block(&abef, &cdgh, p);
	badc = _mm_shuffle_epi32(abef, 0x1b);
	hgfe = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128(out, _mm_blend_epi16(badc, hgfe, 0xf0));
	_mm_storeu_si128(out + 1, _mm_alignr_epi8(hgfe, badc, 8));
}

#else

bool sha256_can_blocks(void)
{
	return false;
}

void sha256_blocks(uint32_t *state, const unsigned char *p, size_t n)
{
	(void)state;
	(void)p;
	(void)n;
}

#endif
