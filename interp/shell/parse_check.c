/* SPDX-License-Identifier: GPL-2.0-only */
/* Commands whose meaning the parser must know: calls of builtins that only the real shell has, and
 * the texts of eval and trap. */
#include <string.h>

#include "shell/builtin.h"
#include "shell/parse.h"

static void check_options(struct parser *p, const struct builtin *b, const struct words *words,
			  size_t i)
{
	for (; i < words->n && words->p[i]->plain; i++) {
		struct str s = words->p[i]->fixed;

		if (s.n < 2 || s.p[0] != '-' || str_is(s, "--"))
			return;
		for (size_t k = 1; k < s.n; k++)
			if (strchr(b->elsewhere, s.p[k]))
				parse_stop(p, "option of a builtin");
	}
}

/* Not if the call WORDS from I on is one that only the real shell has. */
static void check_builtin(struct parser *p, const struct words *words, size_t i)
{
	const struct builtin *b = builtin_row(p->dialect, words->p[i]->fixed);
	struct strs argv = {0};
	const char *why;

	if (!b || (b->run && !b->declines && !(b->elsewhere && parse_bash(p))))
		return;
	if (!b->run)
		parse_stop(p, "builtin");
	if (b->elsewhere && parse_bash(p)) {
		check_options(p, b, words, i + 1);
		if (!b->declines)
			return;
	}
	for (; i < words->n; i++)
		*vec_push(p->mem, &argv) =
		    words->p[i]->plain ? words->p[i]->fixed : (struct str){0};
	why = b->declines(p->dialect, argv.p, argv.n);
	if (why)
		parse_stop(p, why);
}

/* Does S, the source of what a text is made of, have an & that would start a job? */
static bool has_job(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '&' && !(i && strchr("&<>", s.p[i - 1])) &&
		    !(i + 1 < s.n && strchr("&>", s.p[i + 1])))
			return true;
	return false;
}

/* The texts that eval and trap are given are looked at before anything has run, where they are
 * known. */
static void check_text(struct parser *p, const struct words *words, size_t i)
{
	bool eval = str_is(words->p[i]->fixed, "eval"), trap = str_is(words->p[i]->fixed, "trap");
	struct buf text = buf_new(p->mem);
	enum parse_left left = LEFT_CLEAN;
	struct parse_error error;
	const struct node *n;
	const char *why;

	if (!eval && !trap)
		return;
	for (i++; i < words->n; i++) {
		if (!words->p[i]->plain && has_job(words->p[i]->source))
			parse_stop(p, "background job");
		if (!words->p[i]->plain)
			return;
		buf_str(&text, words->p[i]->fixed);
		if (trap)
			break;
		buf_char(&text, ' ');
	}
	if (!text.n)
		return;
	if (p->runs) /* it tells itself what is wrong in it */
		why = parse_behind(p->mem, buf_view(&text), p->line, &n, &error, &left);
	else
		why = parse_checked(p->mem, p->dialect, buf_view(&text), p->line, &n, &error);
	if (why && !error.message)
		parse_stop(p, why);
	if (why && parse_bash(p) && !p->runs)
		parse_stop(p, "a wrong text");
}

/* bash's builtins know --help, but a few that take it for any word. */
static void check_help(struct parser *p, const struct words *words)
{
	static const char *const all[] = {"echo", "test", "[", ":", "true", "false"};
	bool help = words->n > 1 && str_is(words->p[1]->source, "--help");

	for (size_t i = 0; help && i < sizeof(all) / sizeof(*all); i++)
		help = !str_is(words->p[0]->fixed, all[i]);
	if (help && parse_bash(p) && builtin_row(p->dialect, words->p[0]->fixed))
		parse_stop(p, "--help of a builtin");
}

/* [ and test look at what stands behind the descriptors of their process, which are not ours. */
static void check_test(struct parser *p, const struct words *words)
{
	if (!words->n ||
	    (!str_is(words->p[0]->source, "[") && !str_is(words->p[0]->source, "test")))
		return;
	for (size_t i = 1; i < words->n; i++)
		if (str_starts(words->p[i]->source, S("/dev/std")) ||
		    str_starts(words->p[i]->source, S("/dev/fd/")))
			parse_stop(p, "test of a descriptor by its name");
}

void parse_check_command(struct parser *p, const struct words *words)
{
	struct str name;
	bool asks;

	for (size_t i = 1; parse_bash(p) && i < words->n && str_is(words->p[0]->source, "["); i++)
		if (str_is(words->p[i]->source, "-N"))
			parse_stop(p, "test -N");
	check_test(p, words);
	if (words->n == 0 || !words->p[0]->plain)
		return;
	check_help(p, words);
	name = words->p[0]->fixed;
	asks = words->n > 1 && words->p[1]->plain &&
	       (str_is(name, "command") || str_is(name, "builtin"));
	check_builtin(p, words, asks);
	if (words->p[asks]->plain)
		check_text(p, words, asks);
}
