/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_AWK_SUM_H
#define APPLET_AWK_SUM_H

#include "applet/internal.h"

/* An awk program that adds up numbers and prints what becomes of them: a recipe's checksum. */
struct awk_sum;

/* The one that PROGRAM is, letter by letter but for blanks; or NULL. */
const struct awk_sum *awk_sum_find(struct arena *mem, struct str program);
/* Add the numbers of B's lines to TOTAL. False: a line is not one number of up to 16 bits. */
bool awk_sum_add(const struct awk_sum *sum, struct arena *mem, const struct blob *b,
		 uint64_t *total);
/* What the program prints of TOTAL. */
void awk_sum_put(const struct awk_sum *sum, uint64_t total, struct buf *out);

#endif
