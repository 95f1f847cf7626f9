/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_GIT_H
#define CLI_GIT_H

#include "cli/cli.h"

/*
 * What a git repository had. git is started directly, asked for objects only, and kept from all but
 * reading, so that what stands in a repository that somebody else made (its configuration names
 * programs) starts nothing.
 */

/*
 * The texts that FILES, names below FOLDER, had in revision REV, in CX's memory, unset where there
 * was no such file. Call it where no other thread runs. EXIT_USAGE after saying why not.
 */
int git_texts(struct command_cx *cx, struct str folder, struct str rev, const struct strs *files,
	      struct strs *texts);

/* What `git ls-tree -r -z` says of FOLDER in REV. As git_texts. */
int git_names(struct command_cx *cx, struct str folder, struct str rev, struct str *list);
/*
 * Write what image Makefiles may read of FOLDER (a tree) in revision REV below the new folder TO:
 * make text, scripts and what targets have but for patches. EXIT_USAGE after saying why not; TO may
 * be there in part then.
 */
int git_put_tree(struct command_cx *cx, struct str folder, struct str rev, struct str to);
/* Remove FOLDER with all in it. */
void git_remove_tree(struct arena *mem, struct str folder);

#endif
