/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_COVERAGE_H
#define CLI_COVERAGE_H

#include "image/devices.h"

/*
 * Which steps of a target's chains run in process, which start something, which need the real shell: from their
 * recipes' text, before anything runs. What a recipe's text does not tell (an option that an applet does not know, a
 * command's name in a variable) shows when it runs: `imagemk --stats`. T has a model with the recipes of steps.
 */

/* The devices IDS (none: all) of T at the end of OUT, as a table or as JSON. */
void coverage_text(const struct target *t, const struct strs *ids, bool colour, struct buf *out);
void coverage_json(const struct target *t, const struct strs *ids, struct buf *out);

#endif
