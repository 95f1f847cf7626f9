/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the end-of-filesystem markers of JFFS2 go behind an image: at each of a set of alignments,
 * because the erase block size of the flash is not known when the image is made.
 */
#include "firmware/internal.h"

const unsigned char jffs2_end_mark[4] = {0xde, 0xad, 0xc0, 0xde};

uint64_t jffs2_next_mark(uint64_t len, uint32_t *mask)
{
	uint64_t align = *mask & (~*mask + 1);

	len = (len + align - 1) & ~(align - 1);
	for (int bit = 10; bit < 32; bit++) {
		uint64_t size = UINT64_C(1) << bit;

		if (len % size == 0)
			*mask &= ~(uint32_t)size;
	}
	return len;
}
