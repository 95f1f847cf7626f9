/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_COVERAGE_H
#define CLI_COVERAGE_H

#include "image/show.h"

/*
 * Which steps of a target's chains run in process, which start something, which need the real
 * shell: from their recipes' text, before anything runs. What a recipe's text does not tell (an
 * option that an applet does not know, a command's name in a variable) shows when it runs: `imagemk
 * --stats`. T has a model with the recipes of steps.
 */

/* The devices IDS (none: all) of T at the end of OUT, as a table or as JSON. */
void coverage_text(const struct target *t, const struct strs *ids, bool colour, struct buf *out);
void coverage_json(const struct target *t, const struct strs *ids, struct buf *out);

/* The same of single steps of T, which outlives it. */
struct judge;
struct judge *coverage_judge(const struct target *t);
void coverage_judge_free(struct judge *j);
/* CTX: a struct judge; for struct shown. What it points to lives as long as that. */
struct step_runs coverage_runs(void *ctx, const struct chain_step *s);

#endif
