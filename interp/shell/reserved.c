/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The reserved words of both dialects, and what a place in the text makes of each: not what they
 * begin, which is in parse_compound.c. Source: POSIX, "Reserved Words"; bash(1), "RESERVED WORDS".
 */
#include "shell/parse.h"

struct reserved {
	const char *word;
	unsigned uses; /* enum reserved_use */
	bool bash;     /* dash takes it for any other word */
};

static const struct reserved rows[] = {
    {"if", RESERVED_OPENS, false},
    {"then", RESERVED_CLOSES, false},
    {"else", RESERVED_CLOSES, false},
    {"elif", RESERVED_CLOSES, false},
    {"fi", RESERVED_CLOSES, false},
    {"for", RESERVED_OPENS, false},
    {"in", 0, false},
    {"while", RESERVED_OPENS, false},
    {"until", RESERVED_OPENS, false},
    {"do", RESERVED_CLOSES, false},
    {"done", RESERVED_CLOSES, false},
    {"case", RESERVED_OPENS, false},
    {"esac", RESERVED_CLOSES, false},
    {"{", RESERVED_OPENS, false},
    {"}", RESERVED_CLOSES, false},
    {"!", RESERVED_OPENS, false},
    {"[[", RESERVED_OPENS, true},
    {"]]", 0, true},
    {"function", RESERVED_OPENS, true},
    {"time", RESERVED_REAL, true},
    {"select", RESERVED_REAL, true},
    {"coproc", RESERVED_REAL, true},
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

static bool knows(enum shell_dialect dialect, const struct reserved *r)
{
	return !r->bash || dialect == SHELL_BASH;
}

bool reserved_is(enum shell_dialect dialect, struct str s)
{
	for (size_t i = 0; i < ROWS; i++)
		if (knows(dialect, &rows[i]) && str_is(s, rows[i].word))
			return true;
	return false;
}

const char *reserved_at(struct parser *p, unsigned uses)
{
	for (size_t i = 0; i < ROWS; i++)
		if ((!uses || rows[i].uses & uses) && knows(p->dialect, &rows[i]) &&
		    lex_at_word(p, rows[i].word))
			return rows[i].word;
	return NULL;
}
