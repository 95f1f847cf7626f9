/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of functions: names, how many arguments, who expands them. */
#include "make/lang.h"

#include <string.h>

static const struct func funcs[] = {
	{"abspath", 0, 1, false, false, func_abspath},
	{"addprefix", 2, 2, false, false, func_addprefix},
	{"addsuffix", 2, 2, false, false, func_addsuffix},
	{"and", 1, 0, true, false, func_and},
	{"basename", 0, 1, false, false, func_basename},
	{"call", 1, 0, false, true, func_call},
	{"dir", 0, 1, false, false, func_dir},
	{"error", 0, 1, false, false, func_error},
	{"eval", 0, 1, false, true, func_eval},
	{"file", 1, 2, false, false, func_file},
	{"filter", 2, 2, false, false, func_filter},
	{"filter-out", 2, 2, false, false, func_filter_out},
	{"findstring", 2, 2, false, false, func_findstring},
	{"firstword", 0, 1, false, false, func_firstword},
	{"flavor", 0, 1, false, false, func_flavor},
	{"foreach", 3, 3, true, false, func_foreach},
	{"if", 2, 3, true, false, func_if},
	{"info", 0, 1, false, false, func_info},
	{"join", 2, 2, false, false, func_join},
	{"lastword", 0, 1, false, false, func_lastword},
	{"notdir", 0, 1, false, false, func_notdir},
	{"or", 1, 0, true, false, func_or},
	{"origin", 0, 1, false, false, func_origin},
	{"patsubst", 3, 3, false, false, func_patsubst},
	{"realpath", 0, 1, false, false, func_realpath},
	{"shell", 0, 1, false, false, func_shell},
	{"sort", 0, 1, false, false, func_sort},
	{"strip", 0, 1, false, false, func_strip},
	{"subst", 3, 3, false, false, func_subst},
	{"suffix", 0, 1, false, false, func_suffix},
	{"value", 0, 1, false, true, func_value},
	{"warning", 0, 1, false, false, func_warning},
	{"wildcard", 0, 1, false, false, func_wildcard},
	{"word", 2, 2, false, false, func_word},
	{"wordlist", 3, 3, false, false, func_wordlist},
	{"words", 0, 1, false, false, func_words},
};

const struct func *func_find(struct str name)
{
	size_t low = 0, high = sizeof(funcs) / sizeof(*funcs);

	if (name.n < 2 || name.n > 10 || name.p[0] < 'a' || name.p[0] > 'w' ||
	    name.p[name.n - 1] < 'a')
		return NULL;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = str_cmp(name, str_z(funcs[mid].name));

		if (c == 0)
			return &funcs[mid];
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

void func_apply(struct make *mk, struct tbuf *out, const struct func *f, const struct fcall *c)
{
	if (c->n < f->min)
		make_fatal(mk, expand_place(mk),
			   "insufficient number of arguments (%zu) to function '%s'", c->n,
			   f->name);
	if (c->n == 0)
		return;
	if (!f->raw && !f->spans)
		frame_mark(mk, out, c->fr, c->node->off);
	f->run(mk, out, c);
}
