/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DIGEST_INTERNAL_H
#define DIGEST_INTERNAL_H

#include "digest/digest.h"

/* May sha256_blocks be called on this processor? */
bool sha256_can_blocks(void);
/* Take the N blocks of 64 bytes at P into the eight words of STATE. */
void sha256_blocks(uint32_t *state, const unsigned char *p, size_t n);

#endif
