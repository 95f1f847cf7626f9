/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Steps behind check-size that fail, and with them the build, when check-size took the image away.
 */
#include "audit/internal.h"

#include <string.h>

/* Is byte AT of the recipe inside of Build/check-size? */
static bool in_check_size(const struct make_span *s)
{
	for (const struct trail *t = s->trail; t; t = t->up)
		if (str_is(*t->step->what, "Build/check-size"))
			return true;
	return false;
}

/* Where the text behind the first check-size that removes its file begins; 0: there is none. */
static size_t behind_check_size(const struct make_text *text)
{
	size_t from = 0, end = 0;

	for (size_t i = 0; i < text->n_spans; i++) {
		if (!in_check_size(&text->spans[i])) {
			if (end)
				break;
			continue;
		}
		if (!end)
			from = text->spans[i].from;
		end = i + 1 < text->n_spans ? text->spans[i + 1].from : text->text.n;
	}
	return end && str_find(str_sub(text->text, from, end - from), S("rm -f $@")) >= 0 ? end : 0;
}

static bool is_one_of(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

/* Does C need its target, $@, to be there? */
static bool needs_target(struct audit *a, const struct recipe_command *c)
{
	/* What does without, or what may have it as an output wherever it stands. */
	static const char *const others[] = {
	    "echo", "printf",  "rm", "touch", "mkdir",	"tee",	   "true",     "dirname", "tar",
	    "zip",  "mkimage", "sh", "bash",  "fwtool", "mkdosfs", "mkfs.fat", "mcopy",	  NULL};
	struct str name = recipe_name(c);
	struct recipe_words written;

	if (is_one_of(name, others) || str_ends(name, S(".sh")) || str_ends(name, S(".pl")) ||
	    str_ends(name, S(".py")))
		return false;
	for (size_t i = 0; i < c->writes.n; i++)
		if (str_is(c->writes.p[i].text, "$@"))
			return false; /* the shell makes it first */
	written = recipe_written(a, c);
	for (size_t i = 1; i < c->words.n; i++) {
		bool moved = str_is(name, "mv") && i + 1 < c->words.n;
		bool out = false;

		if (!str_is(c->words.p[i].text, "$@") && !str_is(c->words.p[i].text, "if=$@"))
			continue;
		for (size_t k = 0; k < written.n && !moved; k++)
			out = out || written.p[k].at == c->words.p[i].at;
		if (!out && !str_starts(c->words.p[i - 1].text, S("-o")))
			return true;
	}
	return false;
}

/* The command of LINE that fails without $@ and fails the line; 0: none does. One more than its
 * place. */
static size_t failing(struct audit *a, struct str line)
{
	struct recipe_command c;
	size_t found = 0;

	for (size_t at = 0; recipe_next(a, line, &at, &c);) {
		struct str name = recipe_name(&c);

		if (str_is(name, "[") || str_is(name, "test") || str_is(name, "if") ||
		    c.after == 'o')
			return 0; /* somebody thought of it */
		if (!found && (c.after == '\n' || c.after == '&') && needs_target(a, &c))
			found = c.words.p[0].at + 1;
	}
	return found;
}

/* Does a command of LINE make $@ anew? CAREFUL: errors of the line are ignored. */
static bool makes_target(struct audit *a, struct str line, bool careful)
{
	struct recipe_command c;

	for (size_t at = 0; recipe_next(a, line, &at, &c);) {
		struct recipe_words written = recipe_written(a, &c);

		careful = careful || str_is(recipe_name(&c), "[") ||
			  str_is(recipe_name(&c), "test") || c.after == 'o';
		if (careful && str_is(recipe_name(&c), "mv"))
			continue; /* of what was made of $@, if it was */
		for (size_t i = 0; i < written.n; i++)
			if (str_is(written.p[i].text, "$@") && !str_is(recipe_name(&c), "rm"))
				return true;
	}
	return false;
}

/* The line of TEXT at *AT, with those that backslashes join to it. */
static struct str next_line(struct str text, size_t *at)
{
	size_t from = *at, end = from;

	while (end < text.n && !(text.p[end] == '\n' && (end == from || text.p[end - 1] != '\\')))
		end++;
	*at = end < text.n ? end + 1 : end;
	return str_sub(text, from, end - from);
}

/* The Build/ define that S is of. */
static struct str command_of(const struct make_span *s)
{
	for (const struct trail *t = s->trail; t; t = t->up)
		if (str_starts(*t->step->what, S("Build/")))
			return *t->step->what;
	return S("this");
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	size_t at = c->kind == CHAIN_IMAGE ? behind_check_size(&c->recipe) : 0;

	while (at && at < c->recipe.text.n) {
		size_t from = at, where;
		struct str line = next_line(c->recipe.text, &at), first = str_trim(line);
		struct make_span span;

		while (first.n > 1 && strchr("@+ \t", first.p[0]))
			first = str_from(first, 1);
		where = first.n && first.p[0] != '-' ? failing(a, line) : 0;
		if (!where && makes_target(a, line, first.n && first.p[0] == '-'))
			return; /* of whatever: there is an image again */
		if (!where)
			continue;
		if (recipe_span(a, &c->recipe, from + where - 1, &span))
			audit_say(a, &span, d,
				  "%.*s fails, and the whole build, when check-size has removed an "
				  "image that is too big",
				  STR_ARG(command_of(&span)))
			    ->instead = S("[ -f \"$@\" ] && ... with a '-' in front of the line, "
					  "or check-size as the last step");
		return; /* the recipe ends there */
	}
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_fails_when_too_big = {
    .id = "fails-when-too-big",
    .severity = SEVERITY_NOTE,
    .finds = "a step behind check-size that fails when the image is not there any more",
    .why = "check-size takes an image away that is too big, says so, and goes on: the other images "
	   "are to be built. A step behind it "
	   "that cannot read $@ stops the build of all devices instead, with an error that tells "
	   "nothing of a size.",
    .bad = "\tmkheader -i $@ -o $@.new\n\tmv $@.new $@\n",
    .good = "\t-[ -f \"$@\" ] && \\\n\tmkheader -i $@ -o $@.new && \\\n\tmv $@.new $@\n",
    .history = "e247b7ab66c3 wrg-header behind check-size\n",
    .check = check,
};
