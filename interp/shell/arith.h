/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_ARITH_H
#define SHELL_ARITH_H

#include "shell/internal.h"

/* Between arith.c and arith_token.c: one of bash's expressions at work. */

enum { ARITH_DEPTH = 256, VARIABLES_DEPTH = 1024 /* of variables in variables, as in bash */ };

enum kind {
	END = 0,
	/* single characters are themselves */
	NAME = 256,
	NUMBER,
	EQUAL,
	UNEQUAL,
	LESS_EQUAL,
	GREATER_EQUAL,
	SHIFT_LEFT,
	SHIFT_RIGHT,
	LOGIC_AND,
	LOGIC_OR,
	POWER,
	BEFORE_INC,
	BEFORE_DEC,
	AFTER_INC,
	AFTER_DEC,
	ASSIGN_OP,
};

struct place_ref {
	struct str name;
	bool indexed, nowhere; /* NOWHERE: x[] */
	struct str subscript;  /* what INDEX is to be worked out of */
	bool worked_out;       /* it has been: where the place was read */
	int64_t index;
};

struct arith {
	struct shell *sh; /* NULL: its form alone is asked for */
	struct str text;
	size_t at, blame;     /* behind the token; where the one to blame begins */
	int now, before;      /* the tokens */
	int64_t value;	      /* of NAME, NUMBER */
	struct place_ref place; /* of NAME */
	int assign_op;
	unsigned skip;	      /* in an arm that is not taken */
	unsigned depth;	      /* of variables and indices */
	unsigned nested;      /* of operators and parentheses */
	bool failed;
};

/* --- arith_token.c --- */

/* "TEXT: WHAT (error token is ..)", unless something was said before; 0. */
int64_t arith_fail(struct arith *a, const char *what);
/* To a variable or element, unless in an arm that is not taken. */
void arith_write(struct arith *a, const struct place_ref *r, int64_t value);
/* Where, from AT on, something else than blanks stands. */
size_t arith_past_blanks(const struct arith *a, size_t at);
/* To the next token. */
void arith_advance(struct arith *a);

/* --- arith.c --- */

/* What TEXT, a variable's or an index, comes to within A; false after a message. */
bool arith_within(struct arith *a, struct str text, int64_t *out);

#endif
