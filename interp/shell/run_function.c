/* SPDX-License-Identifier: GPL-2.0-only */
/* The call of a function: its own $1.., variables and place among the calls, and what of them is
 * left to an EXIT trap. */
#include "shell/builtin.h"

enum { CALL_DEPTH = 1000 };

/* Does what ends SH, ( ) or a stage of a pipeline, leave it where it is? $(..) and texts around are
 * what bash jumps to. */
static bool ends_in_place(const struct shell *sh)
{
	return sh->parent && (sh->paren_body || sh->whole_stage) && !runs_text(sh);
}

bool function_stays(const struct shell *sh, bool last)
{
	if (!is_bash(sh) || !sh->traps.n)
		return false;
	if (sh->flow == FLOW_DISCARD || (sh->flow == FLOW_EXIT && sh->forced))
		return within_text(sh) && ends_in_place(sh);
	if (sh->flow != FLOW_EXIT)
		return last;
	if (sh->by_errexit && !sh->exit_indirect)
		return !sh->out_of_text && !sh->left_to && ends_in_place(sh);
	return true;
}

/* The calls and $1.. of the innermost function outlive it. */
static void keep_call(struct shell *sh, const struct call_frame *here)
{
	struct str *kept = arena_array(sh->mem, struct str, sh->nargs + 1);
	const struct call_frame **end = &sh->calls;

	if (sh->calls != here) /* done within */
		return;
	while (*end) {
		struct call_frame *copy = arena_make(sh->mem, struct call_frame);

		*copy = **end;
		copy->name = str_dup(sh->mem, copy->name);
		*end = copy;
		end = &copy->below;
	}
	for (size_t i = 0; i < sh->nargs; i++)
		kept[i] = str_dup(sh->mem, sh->args[i]);
	sh->args = kept;
}

/* bash's getopts goes on behind a function with an OPTIND of its own where it was at the call. */
static void keep_getopts(struct shell *sh, const struct getopts_place *place)
{
	for (struct saved_var *s = sh->saved; s != sh->frame_temporary; s = s->below) {
		struct getopts_place *kept;

		if (s->gone || !str_is(s->name, "OPTIND"))
			continue;
		kept = arena_make(sh->mem, struct getopts_place);
		*kept = *place;
		s->getopts = kept;
	}
}

int run_function(struct shell *sh, const struct function *f, const struct str *argv,
			size_t argc, bool last)
{
	const struct str *args = sh->args;
	size_t nargs = sh->nargs;
	unsigned loops = sh->loops;
	const struct getopts_place getopts = sh->getopts;
	struct saved_var *mark = sh->saved, *frame = sh->frame, *temporary = sh->frame_temporary;
	struct call_frame frame_here = {sh->calls, argv[0], f->source, sh->line, true};
	unsigned line = sh->line, shift = sh->shift;

	/* dash counts functions only; scripts within scripts have their own, and share a stack */
	if ((is_bash(sh) ? sh->session->depth : sh->functions_deep) >= CALL_DEPTH ||
	    sh->session->depth > CALL_DEPTH + CALL_DEPTH / 10) {
		if (is_bash(sh))
			fatal(sh, 1, "%.*s: maximum function nesting level exceeded (%d)",
			      STR_ARG(argv[0]), CALL_DEPTH);
		else
			fatal(sh, 2, "Maximum function recursion depth (%d) reached", CALL_DEPTH);
		return sh->status;
	}
	vars_called(sh, sh->temporary);
	sh->calls = &frame_here;
	sh->frame = mark;
	sh->frame_temporary = sh->temporary;
	sh->args = argv + 1;
	sh->nargs = argc - 1;
	sh->loops = 0;
	if (!is_bash(sh)) /* its getopts is one of its own */
		sh->getopts.next = sh->getopts.offset = 0;
	sh->functions_deep++;
	sh->names_left = false;
	sh->session->depth++;
	sh->builtin = (struct str){0};
	sh->just_called = argv[0];
	sh->shift = f->shift;
	if (is_bash(sh))
		sh->line = f->line;
	run_node(sh, f->body);
	sh->shift = shift;
	if (is_bash(sh))
		sh->line = line;
	sh->session->depth--;
	sh->functions_deep--;
	sh->names_left = !sh->functions_deep && sh->flow == FLOW_DISCARD;
	if (sh->flow == FLOW_RETURN)
		sh->flow = FLOW_ON;
	if (function_stays(sh, last)) {
		keep_call(sh, &frame_here);
		if (sh->flow != FLOW_EXIT && sh->flow != FLOW_DISCARD) {
			sh->calls = sh->calls->below;
			sh->names_left = true;
		}
		sh->functions_deep++;
		return sh->status;
	}
	if (!is_bash(sh))
		sh->getopts = getopts;
	else if (sh->flow == FLOW_ON)
		keep_getopts(sh, &getopts);
	vars_restore(sh, mark);
	sh->frame = frame;
	sh->frame_temporary = temporary;
	sh->loops = loops;
	if (is_bash(sh) && sh->traps.n && sh->flow == FLOW_EXIT) {
		sh->names_left = true;
		if (!sh->forced && !sh->unwinds && !sh->left_to) {
			keep_call(sh, &frame_here); /* of which $1.. stay all the same */
			return sh->status;
		}
	}
	sh->args = args;
	sh->nargs = nargs;
	sh->calls = frame_here.below;
	return sh->status;
}
