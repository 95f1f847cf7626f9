/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_INTERNAL_H
#define FIRMWARE_INTERNAL_H

#include "firmware/firmware.h"

/* The generated table, NULL at the end. */
extern const struct firmware *const firmware_rows[];

/* --- jffs2_marks.c --- */

/* The marker that tells JFFS2 that nothing comes behind it. */
extern const unsigned char jffs2_end_mark[4];
/*
 * LEN rounded up to the smallest alignment in MASK (a set of powers of two, 1 KiB and up), taking
 * every alignment that LEN then has out of MASK.
 */
uint64_t jffs2_next_mark(uint64_t len, uint32_t *mask);

/* --- fwtool.c --- */

/* How many bytes of IMAGE are in front of the metadata and signatures at its end. */
size_t fwtool_payload(struct str image);

#endif
