/* SPDX-License-Identifier: GPL-2.0-only */
/* Recipes that write into the folder of the image Makefile, by a relative name. */
#include "audit/internal.h"

/* A name of a file that is relative, and no variable of make's, the shell's, a prerequisite, or a
 * word without dot and slash. */
static bool is_relative(struct str file)
{
	return file.n && !(file.p[0] >= '0' && file.p[0] <= '9') &&
	       (audit_is_name(file.p[0]) || str_starts(file, S("./")) ||
		str_starts(file, S("../"))) &&
	       str_chr(file, '$') < 0 && (str_chr(file, '.') >= 0 || str_chr(file, '/') >= 0) &&
	       str_chr(file, '=') < 0 && str_chr(file, ':') < 0 && str_chr(file, '*') < 0;
}

/* The folder that CMD, a make, works in with nothing to say that results go elsewhere; unset: it is
 * none such. */
static struct recipe_word make_in(const struct recipe_command *cmd)
{
	static const char *const elsewhere[] = {"$@", "O=", "BUILD_DIR=", "KDIR=", "OUT", "DEST"};
	struct recipe_word folder = {{NULL, 0}, 0};

	if (!str_is(recipe_name(cmd), "make") && !str_is(recipe_name(cmd), "gmake") &&
	    !str_is(recipe_name(cmd), "imagemk"))
		return folder;
	for (size_t i = 1; i < cmd->words.n; i++) {
		struct str word = cmd->words.p[i].text;

		for (size_t k = 0; k < sizeof(elsewhere) / sizeof(*elsewhere); k++)
			if (str_find(word, str_z(elsewhere[k])) >= 0)
				return (struct recipe_word){{NULL, 0}, 0};
		if (str_is(cmd->words.p[i - 1].text, "-C") && word.n &&
		    (audit_is_name(word.p[0]) || word.p[0] == '.') && str_chr(word, '=') < 0)
			folder = cmd->words.p[i];
	}
	return folder;
}

static void check_make(struct audit *a, const struct device_model *d, const struct chain *c,
		       const struct recipe_command *cmd)
{
	struct recipe_word folder = make_in(cmd);
	struct make_span where;

	if (!folder.text.n || !recipe_span(a, &c->recipe, folder.at, &where))
		return;
	audit_say(a, &where, d,
		  "a recipe runs make in %.*s, which is in the folder of the Makefile, and nothing "
		  "says that its results go elsewhere",
		  STR_ARG(folder.text))
	    ->instead = S("a copy in $@.src, or a variable of that Makefile for where results go");
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	const struct recipe_commands *all = recipe_commands(a, c);

	for (size_t k = 0; k < all->n; k++) {
		const struct recipe_command *cmd = &all->p[k];
		struct recipe_words files = cmd->files;

		if (str_is(recipe_name(cmd), "cd") || str_is(recipe_name(cmd), "pushd"))
			return; /* what is relative from here on is elsewhere */
		check_make(a, d, c, cmd);
		for (size_t n = 0; n < files.n; n++) {
			struct make_span where;

			if (!is_relative(files.p[n].text) ||
			    !recipe_span(a, &c->recipe, files.p[n].at, &where))
				continue;
			if (str_find(recipe_source(a, &where), S("$(dir ")) >= 0)
				continue; /* of $@, which is a path when the recipe runs */
			audit_say(a, &where, d,
				  "a recipe writes %.*s into the folder of the Makefile",
				  STR_ARG(files.p[n].text))
			    ->instead = S("a name with $@ in it");
		}
	}
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_recipe_writes_source = {
    .id = "recipe-writes-source",
    .severity = SEVERITY_WARNING,
    .finds = "a recipe that writes, edits or removes a file by a relative name, or runs make in a "
	     "folder beside the Makefile without saying where "
	     "results go",
    .why = "A recipe runs in the folder of the image Makefile. What it writes there is a source "
	   "that git shows as changed, that the next device's "
	   "recipe finds, and that a tree which is read-only or shared does not take.",
    .bad = "\tmkimage -A arm -T script -d boot.cmd boot.scr\n"
	   "\tcat header.bin $@ > image.new && mv image.new $@\n",
    .good = "\tcat header.bin $@ > $@.new && mv $@.new $@\n",
    .history = "6d819fae5343 gemini: make -C copy-kernel, by several recipes at once\n",
    .check = check,
};
