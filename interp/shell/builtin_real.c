/* SPDX-License-Identifier: GPL-2.0-only */
/* Builtins that only the real shell has: it gets a text that calls one. Writing one moves its row
 * to its work. */
#include "shell/builtin.h"

const struct builtin builtin_alias = {.name = S("alias")};
const struct builtin builtin_bg = {.name = S("bg")};
const struct builtin builtin_bind = {.name = S("bind"), .flags = BUILTIN_BASH};
const struct builtin builtin_caller = {.name = S("caller"), .flags = BUILTIN_BASH};
const struct builtin builtin_compgen = {.name = S("compgen"), .flags = BUILTIN_BASH};
const struct builtin builtin_complete = {.name = S("complete"), .flags = BUILTIN_BASH};
const struct builtin builtin_compopt = {.name = S("compopt"), .flags = BUILTIN_BASH};
const struct builtin builtin_dirs = {.name = S("dirs"), .flags = BUILTIN_BASH};
const struct builtin builtin_disown = {.name = S("disown"), .flags = BUILTIN_BASH};
const struct builtin builtin_enable = {.name = S("enable"), .flags = BUILTIN_BASH};
const struct builtin builtin_fc = {.name = S("fc")};
const struct builtin builtin_fg = {.name = S("fg")};
const struct builtin builtin_help = {.name = S("help"), .flags = BUILTIN_BASH};
const struct builtin builtin_history = {.name = S("history"), .flags = BUILTIN_BASH};
const struct builtin builtin_jobs = {.name = S("jobs")};
const struct builtin builtin_logout = {.name = S("logout"), .flags = BUILTIN_BASH};
const struct builtin builtin_mapfile = {.name = S("mapfile"), .flags = BUILTIN_BASH};
const struct builtin builtin_popd = {.name = S("popd"), .flags = BUILTIN_BASH};
const struct builtin builtin_pushd = {.name = S("pushd"), .flags = BUILTIN_BASH};
const struct builtin builtin_readarray = {.name = S("readarray"), .flags = BUILTIN_BASH};
const struct builtin builtin_shopt = {.name = S("shopt"), .flags = BUILTIN_BASH};
const struct builtin builtin_suspend = {.name = S("suspend"), .flags = BUILTIN_BASH};
const struct builtin builtin_unalias = {.name = S("unalias")};
