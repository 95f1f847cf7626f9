/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_OPTS_H
#define BASE_OPTS_H

#include "base/vec.h"

/*
 * Command lines by table, as getopt_long reads them: clustered letters, values joined or apart,
 * --long, --long=value, unique prefixes of long names, "--" ends the options. No static state.
 */
enum opt_takes { OPT_NONE, OPT_VALUE, OPT_MAYBE /* only joined: -xVALUE, --long=VALUE */ };

struct opt {
	int id;			/* what opts_next returns; a letter is its own id */
	const char *name;	/* the long name without dashes, or NULL */
	enum opt_takes takes;
	const char *help;	/* "FILE  write to FILE"; may be NULL */
};

enum { OPTS_END = -1, OPTS_ERROR = '?' };

struct opts {
	const struct opt *table; /* ends with id 0 */
	const struct str *argv;	 /* argv[0] is the command's name */
	size_t argc, next;	 /* next: where reading goes on */
	size_t in_cluster;	 /* offset within argv[next], 0 when not inside "-abc" */
	/* stop at the first operand (POSIX) rather than collect operands */
	bool in_order;
	/* no prefixes of long names: the table does not have all of them */
	bool whole_names;
	bool refused;		 /* OPTS_ERROR whatever comes */
	struct str value;	 /* of the option just returned; unset when it has none */
	struct strs operands;	 /* complete once OPTS_END was returned */
	struct str error;	 /* coreutils' words after OPTS_ERROR: "invalid option -- 'x'" */
	struct arena *mem;
};

struct opts opts_begin(struct arena *mem, const struct opt *table, const struct str *argv,
		       size_t argc, bool in_order);
/* The id of the next option, OPTS_END, or OPTS_ERROR with error set. */
int opts_next(struct opts *o);
/* The table as lines for --help. */
struct str opts_help(struct arena *mem, const struct opt *table);

#endif
