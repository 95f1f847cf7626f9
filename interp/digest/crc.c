/* SPDX-License-Identifier: GPL-2.0-only */
/* Checksums: CRC-32 and Adler-32 as zlib has them (libdeflate's are faster), and POSIX cksum's CRC
 * made of the former. */
#include "digest/digest.h"

#include <string.h>
#include <libdeflate.h>
#include <zlib.h>

uint32_t digest_crc32(uint32_t crc, const void *p, size_t n)
{
	return n ? libdeflate_crc32(crc, p, n) : crc;
}

uint32_t digest_crc32_blob(uint32_t crc, const struct blob *b)
{
	uint64_t pos = 0;
	struct str span;

	while (blob_next(b, &pos, &span))
		crc = digest_crc32(crc, span.p, span.n);
	return crc;
}

uint32_t digest_adler32_blob(const struct blob *b)
{
	uLong adler = adler32_z(0, NULL, 0);
	uint64_t pos = 0;
	struct str span;

	while (blob_next(b, &pos, &span))
		adler = adler32_z(adler, (const Bytef *)span.p, span.n);
	return (uint32_t)adler;
}

/* --- cksum --- */

/* Each of the eight bytes of W with its bits in reverse. */
static uint64_t turn_bytes(uint64_t w)
{
	w = (w >> 1 & 0x5555555555555555) | (w & 0x5555555555555555) << 1;
	w = (w >> 2 & 0x3333333333333333) | (w & 0x3333333333333333) << 2;
	return (w >> 4 & 0x0f0f0f0f0f0f0f0f) | (w & 0x0f0f0f0f0f0f0f0f) << 4;
}

/*
 * POSIX's CRC has zlib's polynomial, but takes each byte from its other end, starts with 0 and
 * inverts only at the end. CRC is kept as zlib would have it.
 */
static uint32_t turned_crc(uint32_t crc, const char *p, size_t n)
{
	uint64_t words[512];

	while (n) {
		size_t piece = n < sizeof(words) ? n : sizeof(words);

		memcpy(words, p, piece);
		for (size_t i = 0; i < (piece + 7) / 8; i++)
			words[i] = turn_bytes(words[i]);
		crc = libdeflate_crc32(crc, words, piece);
		p += piece;
		n -= piece;
	}
	return crc;
}

uint32_t digest_cksum_blob(const struct blob *b)
{
	uint32_t crc = 0xffffffff, out = 0;
	char length[8];
	uint64_t pos = 0;
	struct str span;
	size_t n = 0;

	while (blob_next(b, &pos, &span))
		crc = turned_crc(crc, span.p, span.n);
	/* the count, lowest byte first, no more bytes than it takes */
	for (uint64_t size = blob_size(b); size; size >>= 8)
		length[n++] = (char)(size & 0xff);
	crc = ~turned_crc(crc, length, n);
	for (int bit = 0; bit < 32; bit++)
		out |= (crc >> bit & 1) << (31 - bit);
	return ~out;
}
