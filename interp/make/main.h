/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_MAIN_H
#define MAKE_MAIN_H

#include "make/internal.h"

/* The steps of a run that have files of their own. */

#define STATUS_RESTART (-1) /* makefiles were remade: start over */

/* --- makefiles.c --- */
/* -f -: standard input goes to a temporary file, which takes its place. */
void stdin_makefiles(struct make *mk);
void stdin_makefiles_remove(struct make *mk);
/* MAKEFILES, -f, or the default names. */
void read_makefiles(struct make *mk);
/* A makefile that -f names is not there. */
bool makefiles_named_missing(struct make *mk);
/* Tell the host of makefiles that are not there, though a rule has a recipe for them. */
void makefiles_tell_unmade(struct make *mk);
/* True: something was remade, start over. *STATUS: 2 when one that matters could not be remade. */
bool remake_makefiles(struct make *mk, int *status);
/* SETUP for the next round, in MEM: MAKE_RESTARTS, names of -f files as they are now. *TEMPORARY:
 * the file that -f - became. */
void prepare_restart(struct make *mk, struct arena *mem, struct make_setup *setup,
		     struct str *temporary);
/* --- main.c --- */
/* WORD of the command line is a goal: into MAKECMDGOALS and the list of goals. */
void goal_enter(struct make *mk, struct str word);
/* Ends what language_begin began. */
void language_end(struct make *mk);

#endif
