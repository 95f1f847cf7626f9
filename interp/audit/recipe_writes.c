/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files a command of a recipe writes or takes away: by > and >>, and as operands of the few
 * commands that recipes make files with. What is not known here writes nothing.
 */
#include "audit/internal.h"

#include "base/path.h"

static void add(struct audit *a, struct recipe_words *out, struct str text, size_t at)
{
	if (text.n)
		*vec_push(a->mem, out) = (struct recipe_word){text, at};
}

/* The operands of C: what is no option. */
static struct recipe_words operands(struct audit *a, const struct recipe_command *c)
{
	struct recipe_words all = {0};

	for (size_t i = 1; i < c->words.n; i++)
		if (c->words.p[i].text.n && c->words.p[i].text.p[0] != '-')
			*vec_push(a->mem, &all) = c->words.p[i];
	return all;
}

/*
 * cp, mv, ln, install: the last operand, or in it, where it is a folder, what the first is called.
 */
static void add_copies(struct audit *a, const struct recipe_command *c, struct recipe_words *out)
{
	struct recipe_words all = operands(a, c);
	struct recipe_word *last = all.n > 1 ? &all.p[all.n - 1] : NULL;

	if (!last)
		return;
	if (str_ends(last->text, S("/")))
		add(a, out, str_cat(a->mem, last->text, path_base(all.p[0].text)), last->at);
	else
		add(a, out, last->text, last->at);
	for (size_t i = 0; str_is(recipe_name(c), "mv") && i + 1 < all.n; i++)
		add(a, out, all.p[i].text, all.p[i].at);
}

/* sed -i, perl -i: all operands but, without -e, the first, which is the script. */
static void add_edited(struct audit *a, const struct recipe_command *c, struct recipe_words *out)
{
	bool in_place = false, script = false;

	for (size_t i = 1; i < c->words.n; i++) {
		struct str word = c->words.p[i].text;

		if (str_starts(word, S("--"))) {
			in_place = in_place || str_starts(word, S("--in-place"));
			script = script || str_starts(word, S("--expression"));
		} else if (word.n > 1 && word.p[0] == '-') {
			in_place = in_place || str_chr(word, 'i') > 0;
			if (str_ends(word, S("e")) || str_ends(word, S("f")))
				script = true, i++;
		} else if (!script) {
			script = true;
		} else if (in_place) {
			add(a, out, word, c->words.p[i].at);
		}
	}
}

/* dd of=FILE; -o FILE of many tools, where FILE is a path or a prerequisite. */
static void add_named(struct audit *a, const struct recipe_command *c, struct recipe_words *out)
{
	bool dd = str_is(recipe_name(c), "dd");

	for (size_t i = 1; i < c->words.n; i++) {
		struct str word = c->words.p[i].text;

		if (dd && str_starts(word, S("of=")))
			add(a, out, str_from(word, 3), c->words.p[i].at);
		else if (i > 1 && str_is(c->words.p[i - 1].text, "-o") && word.n &&
			 (word.p[0] == '/' || word.p[0] == '<'))
			add(a, out, word, c->words.p[i].at);
	}
}

static void add_all(struct audit *a, const struct recipe_command *c, struct recipe_words *out)
{
	struct recipe_words all = operands(a, c);

	for (size_t i = 0; i < all.n; i++)
		*vec_push(a->mem, out) = all.p[i];
}

struct recipe_words recipe_written(struct audit *a, const struct recipe_command *c)
{
	static const struct {
		const char *name;
		void (*add)(struct audit *a, const struct recipe_command *c,
			    struct recipe_words *out);
	} writers[] = {{"cp", add_copies},	{"mv", add_copies},  {"ln", add_copies},
		       {"install", add_copies}, {"sed", add_edited}, {"perl", add_edited},
		       {"rm", add_all},		{"touch", add_all},  {"tee", add_all},
		       {"truncate", add_all}};
	struct recipe_words out = {0};
	struct str name = recipe_name(c);

	for (size_t i = 0; i < c->writes.n; i++)
		add(a, &out, c->writes.p[i].text, c->writes.p[i].at);
	for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++)
		if (str_is(name, writers[i].name))
			writers[i].add(a, c, &out);
	if (str_is(name, "padjffs2") && !recipe_option(c, 'c', NULL))
		add_all(a, c, &out);
	add_named(a, c, &out);
	return out;
}

const struct recipe_commands *recipe_commands(struct audit *a, const struct chain *c)
{
	void **known = map_at(a->commands, (struct str){(const char *)&c, sizeof(c)});
	struct recipe_commands *all = *known;
	struct recipe_command cmd;

	if (all)
		return all;
	*known = all = arena_make(a->mem, struct recipe_commands);
	for (size_t at = 0; recipe_next(a, c->recipe.text, &at, &cmd);) {
		cmd.files = recipe_written(a, &cmd);
		*vec_push(a->mem, all) = cmd;
	}
	return all;
}
