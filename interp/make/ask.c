/* SPDX-License-Identifier: GPL-2.0-only */
/* Asking an evaluation that is open: what text expands to, what a variable is; also on trial,
 * without a trace. */
#include <string.h>

#include "make/program.h"

static const struct place nowhere;

struct place make_here(const struct make *make)
{
	const struct make_span *asked = &make->lang->asked;

	return asked->in ? spot_place(make_span_spot(asked, asked->from)) : expand_place(make);
}

const struct trail *make_trail(const struct make *make)
{
	return make->lang->asked.in ? make->lang->asked.trail : NULL;
}

struct str make_folder(const struct make *make)
{
	return make->cwd;
}

bool make_expand(struct make *mk, struct arena *mem, struct str text, struct make_text *out)
{
	jmp_buf fail;

	mk->fail = &fail;
	if (setjmp(fail) != 0) {
		language_reset(mk);
		return false;
	}
	mk->scope = mk->globals;
	*out = text_taken_apart(
	    mem, expand_text(mk, mem, (struct make_text){.text = text}, nowhere, true));
	return true;
}

struct str make_value(struct make *mk, struct arena *mem, struct str text)
{
	struct frame fr = frame_of(mk, text_plain(text));
	struct tbuf *t = tbuf_take(mk, false);
	struct str value;

	expand_run(mk, t, program_code(mk, text), &fr);
	value = str_dup(mem, tbuf_view(t));
	tbuf_give(mk, t);
	return value;
}

bool make_tries(const struct make *make)
{
	return make->lang->trying;
}

bool make_try(struct make *mk, struct arena *mem, struct str text, const struct make_trial *trial,
	      struct make_text *out)
{
	struct lang *l = mk->lang;
	struct lang before = *l;
	struct var_set *scope = mk->scope;
	struct place at = mk->at;
	const struct trail *trail = mk->trail;
	struct arena_mark mark = arena_mark(l->scratch);
	struct bound bound = program_bound(l->program, l->scratch);
	struct binding names[MAKE_TRIAL_BOUND] = {0};
	jmp_buf *outer = mk->fail, fail;
	volatile bool good = true;

	mk->fail = &fail;
	l->trial = trial && trial->refer ? trial : NULL;
	l->trying = true;
	if (setjmp(fail) == 0) {
		l->depth++;
		for (size_t i = 0; trial && i < MAKE_TRIAL_BOUND && trial->bound[i].name.n; i++)
			func_bind(mk, &names[i], symbol_of(mk, trial->bound[i].name),
				  text_plain(trial->bound[i].value));
		*out = text_taken_apart(
		    mem, expand_text(mk, mem, (struct make_text){.text = text}, at, true));
		func_leave(l);
		for (size_t i = MAKE_TRIAL_BOUND; i-- > 0;)
			if (names[i].symbol)
				names[i].symbol->local = names[i].outer;
	} else {
		language_unwind(mk, &before, &bound);
		mk->scope = scope;
		mk->at = at;
		mk->trail = trail;
		good = false;
	}
	arena_release(l->scratch, mark);
	l->trial = before.trial;
	l->trying = before.trying;
	l->asked = before.asked;
	mk->fail = outer;
	return good;
}

bool make_variable(struct make *mk, struct str name, struct make_text *value, struct place *at)
{
	struct variable *v = var_lookup_in(mk, mk->globals, name);
	struct make_span written;

	if (!v)
		return false;
	var_settle(mk, v);
	written = written_span(&v->written);
	*value = v->value;
	*at = written.in ? make_span_place(&written) : v->at;
	return true;
}
