/* SPDX-License-Identifier: GPL-2.0-only */
/* set -x: PS4 and what is run behind it. */
#include "shell/builtin.h"

/* PS4 with its parameters and substitutions expanded, which are not shown themselves. */
static struct str expanded_ps4(struct shell *sh)
{
	struct str ps4 = is_bash(sh) ? prompt_decode(sh, var_value(sh, S("PS4")))
				     : var_value(sh, S("PS4")),
		   text;
	unsigned trace = sh->options & OPT_XTRACE;
	int status = sh->status, subst = sh->subst_status;
	enum flow flow = sh->flow;
	const struct word *w;

	if ((str_chr(ps4, '$') < 0 && str_chr(ps4, '`') < 0) ||
	    parse_quoted(sh->tmp, sh->dialect, str_dup(sh->tmp, ps4), &w))
		return ps4;
	sh->options &= ~(unsigned)OPT_XTRACE;
	if (expand_here(sh, w, &text))
		ps4 = text;
	sh->options |= trace;
	sh->status = status;
	sh->subst_status = subst;
	sh->flow = flow;
	return ps4;
}

void trace(struct shell *sh, struct str text)
{
	struct buf out = buf_new(sh->tmp);
	struct str ps4 = expanded_ps4(sh);

	for (unsigned i = 0; is_bash(sh) && ps4.n && i < sh->indirect; i++)
		buf_char(&out, ps4.p[0]);
	buf_str(&out, ps4);
	buf_str(&out, text);
	buf_char(&out, '\n');
	put_fd(sh, 2, buf_view(&out));
}

void trace_command(struct shell *sh, const struct strs *argv)
{
	struct buf out = buf_new(sh->tmp);

	if (!(sh->options & OPT_XTRACE))
		return;
	for (size_t i = 0; i < argv->n; i++) {
		if (i)
			buf_char(&out, ' ');
		buf_str(&out,
			is_bash(sh) ? quote_trace(sh->tmp, sh->dialect, argv->p[i]) : argv->p[i]);
	}
	trace(sh, out.n ? buf_view(&out) : S(""));
}
