/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_DTS_EXPR_H
#define BASE_DTS_EXPR_H

#include "base/str.h"

/* Numbers, characters and expressions of device tree sources, for those who read them. */

/*
 * How a text is to be evaluated: dtc counts without sign, the preprocessor with; a name it does not
 * know is 0 there.
 */
struct dts_value {
	uint64_t n;
	bool known;	   /* false: a name that nothing defines is in it */
	bool far_shift;	   /* by 64 bits or more: 0 since dtc 1.6.1 */
	const char *error; /* NULL: none */
};
struct dts_value dts_evaluate(struct str text, bool preprocessor);
/* Is C part of a number or a C name? */
bool dts_is_word(char c);
/* 12, 0x1F, 017, with U, L, UL, LL, ULL. False: it is none. */
bool dts_number(struct str s, uint64_t *out);
/* The byte behind the quote, and how many of S's it takes: a character or an escape (as dtc has
 * them). */
size_t dts_escape(struct str s, unsigned char *out);

#endif
