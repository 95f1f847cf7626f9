/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_SED_H
#define APPLET_SED_H

#include "applet/regex.h"

/* sed: the script as a tree of commands (sed_parse.c), and running it (sed_edit.h). */

enum address_kind { NO_ADDRESS, LINE, LAST, REGEX, STEP, PLUS, MULTIPLE };

struct address {
	enum address_kind kind;
	uint64_t n, step;	/* LINE: n (0 is allowed in front of a regex); STEP: n~step */
	struct regex *re;	/* NULL: the last one used */
};

/* A replacement: text, a group (0 to 9), then more. */
struct sed_piece {
	struct str text;
	int group;		/* -1: none */
	char letters;		/* U, L: the case of all; 0: as it is */
	char first;		/* u, l: of the first one only */
};

struct sed_output {
	struct str name;
	struct buf text;
	bool missing_newline;
	enum { TO_FILE, TO_OUT, TO_ERR } to;
};

struct sed_command {
	struct address a, b;
	bool negated;
	char name;
	struct str text;	/* a i c: text; b t T :: label; r: file */
	size_t target;		/* b t T: index to go on at; {: behind its } */
	int exit_status;	/* q Q */
	struct regex *re;	/* s; NULL: the last one used */
	VEC(struct sed_piece) pieces;
	bool global, print;
	uint64_t number;	/* s///N */
	struct sed_output *out;	/* w, s///w */
	unsigned char map[256];	/* y */
	enum { INACTIVE, ACTIVE, CLOSED } range;
	uint64_t range_end;
};

struct sed {
	struct applet_cx *cx;
	bool quiet, extended, in_place, separate;
	/* -iSUFFIX: what was there is kept under the name with this behind */
	struct str suffix;
	char end;
	VEC(struct sed_command) commands;
	VEC(struct regex *) regexes;	/* to free */
	VEC(struct sed_output *) outputs;
	struct str script;		/* while parsing */
	size_t at;
};

/* Parse s->script; false: something that is not known here. */
bool sed_parse(struct sed *s);

#endif
