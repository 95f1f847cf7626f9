/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/cli.h"

/* What is said of commands, all from their rows and tables of options. */

/* The program's own options (main.c). */
extern const struct opt program_options[];

/* "Usage: imagemk NAME ..." with its options in columns: what --help prints. */
struct str help_text(struct arena *mem, const struct command *c);
/* What a command does, in a few words; its arguments. Parts of its help. */
struct str help_summary(const struct command *c);
struct str help_arguments(const struct command *c);
/* The name that stands for the value of T in its help ("TREE"); empty: it takes none. And what is
 * said of it. */
struct str help_value(const struct opt *t);
struct str help_of(const struct opt *t);
/* The values that the help of T lists: "text, json or html" behind FORMAT; none: any text. */
struct strs help_choices(struct arena *mem, const struct opt *t);

/* The manual page imagemk-NAME(1). */
void help_manual(const struct command *c, struct buf *out);
/* What a shell asks for completions; false: SHELL is none of bash, zsh, fish. */
bool help_completion(struct str shell, struct buf *out);

#endif
