/* SPDX-License-Identifier: GPL-2.0-only */
/* getopts, as bash and as dash have it. */
#include "shell/builtin.h"

struct getopts {
	struct shell *sh;
	struct str spec, name;
	bool quiet, failed; /* FAILED: NAME is read-only */
};

/* OPTARG of a letter without one: there, and without a value. */
static void leave_empty(struct shell *sh, struct str who)
{
	if (builtin_set_var(sh, who, S("OPTARG"), S("")))
		var_at(sh, S("OPTARG"))->flags |= VAR_UNSET | VAR_DECLARED;
}

/* OPTARG is no more, though it were read-only. */
static void remove_argument(struct shell *sh)
{
	if (var_find(sh, S("OPTARG")))
		var_at(sh, S("OPTARG"))->flags &= ~(unsigned)VAR_READONLY;
	var_unset(sh, S("OPTARG"));
}

/* ARG unset: there is no letter, or a bad one. */
static bool getopts_set(struct getopts *g, struct str value, struct str arg)
{
	struct str who = S("getopts");

	if (arg.p)
		builtin_set_var(g->sh, who, S("OPTARG"), arg);
	else if (str_is(value, "?"))
		remove_argument(g->sh);
	else
		leave_empty(g->sh, who);
	if (is_name(g->name)) /* else it is told at the end */
		g->failed = !builtin_set_var(g->sh, who, g->name, value);
	return !g->failed;
}

static int getopts_bad(struct getopts *g, char c, bool missing)
{
	struct str letter = str_fmt(g->sh->tmp, "%c", c), text;

	if (g->quiet) {
		getopts_set(g, missing ? S(":") : S("?"), letter);
		return 0;
	}
	getopts_set(g, S("?"), (struct str){0});
	if (str_is(var_value(g->sh, S("OPTERR")), "0"))
		return 0;
	text = str_fmt(g->sh->tmp, "%.*s: %s -- %c\n", STR_ARG(g->sh->name),
		       missing ? "option requires an argument" : "illegal option", c);
	put_fd(g->sh, 2, text);
	return 0;
}

static void set_optind(struct shell *sh, size_t n, size_t offset)
{
	var_set(sh, S("OPTIND"), str_fmt(sh->tmp, "%zu", n));
	sh->getopts.next = n;
	sh->getopts.offset = offset;
}

/* Is there a word of ARGS that the next letter stands in? It is left in OPT_WORD and OPT_OFFSET. */
static bool find_option(struct shell *sh, const struct str *args, size_t nargs)
{
	struct str word;

	if (sh->getopts.next > nargs) {
		set_optind(sh, nargs + 1, sh->getopts.offset);
		return false;
	}
	if (sh->getopts.next == 0) {
		sh->getopts.next = 1;
		sh->getopts.offset = 0;
	}
	/* other words than before may be shorter */
	if (sh->getopts.offset && sh->getopts.word <= nargs &&
	    sh->getopts.offset < args[sh->getopts.word - 1].n)
		return true;
	if (sh->getopts.offset && sh->getopts.word <= nargs &&
	    sh->getopts.offset > args[sh->getopts.word - 1].n)
		sh->getopts.offset = 0;
	word = sh->getopts.next <= nargs ? args[sh->getopts.next - 1] : S("");
	if (word.n < 2 || word.p[0] != '-' || str_is(word, "--")) { /* the letter is kept */
		set_optind(sh, sh->getopts.next + str_is(word, "--"), sh->getopts.offset);
		return false;
	}
	sh->getopts.word = sh->getopts.next;
	sh->getopts.offset = 1;
	return true;
}

static int getopts_next(struct getopts *g, const struct str *args, size_t nargs)
{
	struct shell *sh = g->sh;
	struct str arg, letter;
	size_t offset, n;
	ptrdiff_t where;

	if (!find_option(sh, args, nargs)) {
		getopts_set(g, S("?"), (struct str){0});
		return 1;
	}
	arg = args[sh->getopts.word - 1];
	offset = sh->getopts.offset + 1 < arg.n ? sh->getopts.offset + 1 : 0; /* of the next one */
	n = sh->getopts.next + !offset;
	letter = str_fmt(sh->tmp, "%c", arg.p[sh->getopts.offset]);
	where = letter.p[0] == ':' ? -1 : str_chr(str_from(g->spec, g->quiet), letter.p[0]);
	set_optind(sh, n, offset);
	if (where < 0)
		return getopts_bad(g, letter.p[0], false);
	where += g->quiet + 1;
	if ((size_t)where >= g->spec.n || g->spec.p[where] != ':') {
		getopts_set(g, letter, (struct str){0});
		return 0;
	}
	if (!offset && n > nargs)
		return getopts_bad(g, letter.p[0], true);
	set_optind(sh, n + 1, 0);
	getopts_set(g, letter, offset ? str_from(arg, offset) : args[n - 1]);
	return 0;
}

/* --- dash's --- */

/* How far the parameters, or the words given instead, are read. */
struct progress {
	struct shell *sh;
	const struct str *words;
	size_t n, next; /* words, those taken */
	struct str rest; /* letters left in the last one taken; NULL: none */
};

static struct str letter_of(struct shell *sh, char c)
{
	return str_fmt(sh->tmp, "%c", c);
}

/* The next letter into *C; false at the end of the options. */
static bool next_letter(struct progress *p, char *c)
{
	struct str word;

	if (p->rest.n == 0) {
		p->rest = (struct str){0};
		word = p->next < p->n ? p->words[p->next] : S("");
		if (word.n < 2 || word.p[0] != '-')
			return false;
		p->next++;
		if (str_is(word, "--"))
			return false;
		p->rest = str_from(word, 1);
	}
	*c = p->rest.p[0];
	p->rest = str_from(p->rest, 1);
	return true;
}

/* dash's search through a spec such as ":ab:": where C stands, -1: nowhere. A colon behind a letter
 * is never looked at. */
static ptrdiff_t find_letter(struct str spec, char c)
{
	for (size_t i = 0; i < spec.n;) {
		if (spec.p[i] == c)
			return (ptrdiff_t)i;
		i++;
		i += i < spec.n && spec.p[i] == ':';
	}
	return -1;
}

/* What is told of letter C, OPTARG set; a read-only OPTARG ends that. */
static char take_letter(struct progress *p, struct str spec, char c)
{
	struct shell *sh = p->sh;
	bool quiet = spec.n && spec.p[0] == ':';
	ptrdiff_t at = find_letter(spec, c);
	bool wants = at >= 0 && (size_t)at + 1 < spec.n && spec.p[at + 1] == ':';

	if (at >= 0 && !wants) {
		var_set(sh, S("OPTARG"), S(""));
		return c;
	}
	if (wants && (p->rest.n || p->next < p->n)) {
		var_set(sh, S("OPTARG"), p->rest.n ? p->rest : p->words[p->next++]);
		p->rest = (struct str){0};
		return c;
	}
	if (wants) /* that word is done with */
		p->rest = (struct str){0};
	if (quiet) {
		var_set(sh, S("OPTARG"), letter_of(sh, c));
		return at >= 0 ? ':' : '?';
	}
	put_fd(sh, 2,
	       str_fmt(sh->tmp, at >= 0 ? "No arg for -%c option\n" : "Illegal option -%c\n", c));
	var_unset(sh, S("OPTARG"));
	return '?';
}

/* OPTIND is the word behind the one whose letters are read. */
static int getopts_posix(struct shell *sh, struct str spec, struct str name,
			 const struct str *words, size_t n)
{
	struct progress p = {.sh = sh, .words = words, .n = n};
	char c = '?';
	bool more;

	if (sh->getopts.next > n + 1)
		sh->getopts.next = sh->getopts.offset = 0;
	p.next = sh->getopts.next ? sh->getopts.next - 1 : 0;
	if (p.next && sh->getopts.offset && sh->getopts.offset <= words[p.next - 1].n)
		p.rest = str_from(words[p.next - 1], sh->getopts.offset);
	more = next_letter(&p, &c);
	if (more)
		c = take_letter(&p, spec, c);
	if (sh->flow == FLOW_ON)
		var_set(sh, S("OPTIND"), str_fmt(sh->tmp, "%zu", p.next + 1));
	sh->getopts.next = SIZE_MAX; /* of no use, should NAME fail */
	if (sh->flow != FLOW_ON)
		return 2;
	name = posix_name(name);
	if (!is_name(name))
		return builtin_error(sh, S("getopts"), 2, "%.*s: bad variable name", STR_ARG(name));
	if (!var_set(sh, name, letter_of(sh, c)))
		return 2;
	sh->getopts.next = p.next + 1;
	sh->getopts.offset = p.rest.p ? words[p.next - 1].n - p.rest.n : 0;
	return !more;
}

static int run_getopts(struct shell *sh, const struct str *argv, size_t argc)
{
	struct getopts g = {.sh = sh};
	int status;

	if (argc < 3) {
		if (!is_bash(sh))
			return builtin_error(sh, argv[0], 2,
					     "Usage: getopts optstring var [arg...]");
		put_fd(sh, 2, S("getopts: usage: getopts optstring name [arg ...]\n"));
		return 2;
	}
	if (!is_bash(sh) && argc > 3)
		return getopts_posix(sh, argv[1], argv[2], argv + 3, argc - 3);
	if (!is_bash(sh))
		return getopts_posix(sh, argv[1], argv[2], sh->args, sh->nargs);
	g.spec = argv[1];
	g.name = argv[2];
	g.quiet = g.spec.n && g.spec.p[0] == ':';
	status =
	    argc > 3 ? getopts_next(&g, argv + 3, argc - 3) : getopts_next(&g, sh->args, sh->nargs);
	if (!is_name(g.name))
		return builtin_error(sh, argv[0], 1, "`%.*s': not a valid identifier",
				     STR_ARG(g.name));
	status = g.failed && status == 0 ? 2 : status;
	return sh->flow == FLOW_EXIT ? sh->status : status;
}

const struct builtin builtin_getopts = {
	.name = S("getopts"),
	.run = run_getopts,
	.flags = BUILTIN_PURE,
	.options = "",
	.usage = "getopts optstring name [arg ...]",
};

