/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHELL_VALUE_H
#define SHELL_VALUE_H

#include "shell/internal.h"

/* Between value.c and value_default.c: one parameter of bash. */

/* --- value.c --- */

/* P's name as bash says it, with its index as written. */
struct str param_written(struct shell *sh, const struct param *p);
/* An operand, by EXPAND, that is not split, which changes nothing for what is around it. */
bool value_operand(struct shell *sh,
		   bool (*expand)(struct shell *, const struct word *, struct str *),
		   const struct word *w, struct str *out);

/* --- value_default.c --- */

/* Say that P is not set, or its own message; false. */
bool value_unset(struct shell *sh, const struct param *p);
/* The four forms that ask whether the parameter, of value V, is SET. */
bool value_conditional(struct shell *sh, const struct param *p, bool set, struct value *v);

#endif
