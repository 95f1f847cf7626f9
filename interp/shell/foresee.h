/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_FORESEE_H
#define SHELL_FORESEE_H

#include "shell/shell.h"

/*
 * What a text would need, without running any of it: which commands it names, and whether the real
 * shell would get it. Said of a command's name only: an applet may still decline an option (the
 * real tool is started then), and what a variable holds is known where the text itself says so.
 */
struct foresight {
	const char *shell;	/* why the real shell gets the text; NULL: it need not */
	struct strs natives;	/* applets and firmware tools, by name, each once */
	/* what is neither that nor a builtin nor a function: as written, each once */
	struct strs others;
	struct strs scripts;	/* of these, what `sh FILE` and its like read */
	struct strs sources;	/* names of files that it sources, without their folders */
	struct strs functions;	/* what it defines; what is there before counts as defined */
	/* values where a command's or a script's name should be: as written, each once */
	struct strs values;
};

/* All of TEXT, which may come without its end of line. */
void shell_foresee(struct arena *mem, enum shell_dialect dialect, struct str text,
		   struct foresight *out);

#endif
