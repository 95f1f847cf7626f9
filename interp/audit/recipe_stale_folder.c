/* SPDX-License-Identifier: GPL-2.0-only */
/* Recipes that fill a folder which may be there from the build before, and take it in whole. */
#include "audit/internal.h"

/* The folders that C makes without minding that they are there: mkdir -p, install -d. */
static struct recipe_words made(struct audit *a, const struct recipe_command *c)
{
	struct recipe_words all = {0};
	bool p = recipe_option(c, 'p', "parents") && str_is(recipe_name(c), "mkdir");
	bool d = recipe_option(c, 'd', "directory") && str_is(recipe_name(c), "install");

	for (size_t i = 1; (p || d) && i < c->words.n; i++)
		if (str_starts(c->words.p[i].text, S("$@")))
			*vec_push(a->mem, &all) = c->words.p[i];
	return all;
}

/* Is FOLDER, or one above it, named as a word by C? */
static bool names(const struct recipe_command *c, struct str folder, bool exactly)
{
	for (size_t i = 1; i < c->words.n; i++) {
		struct str word = c->words.p[i].text;

		while (word.n > 1 && word.p[word.n - 1] == '/')
			word.n--;
		if (str_eq(word, folder))
			return true;
		if (!exactly && str_starts(folder, word) && word.n > 2 && folder.n > word.n &&
		    folder.p[word.n] == '/')
			return true;
		if (!exactly && str_ends(word, S("*")) &&
		    str_starts(folder, str_sub(word, 0, word.n - 1)) && word.n > 3)
			return true;
	}
	return false;
}

/* Does the tar C take in the folder that it changes to, or one by its name, and not files in it? */
static bool packs_all(const struct recipe_command *c)
{
	size_t operands = 0;

	for (size_t i = 1; i < c->words.n; i++) {
		struct str word = c->words.p[i].text, before = c->words.p[i - 1].text;
		bool value = before.n > 1 && before.p[0] == '-' &&
			     strchr("Cf", before.p[before.n - 1]) != NULL && before.p[1] != '-';

		if (value || (word.n && word.p[0] == '-'))
			continue;
		if (str_is(word, ".") || str_is(word, "./"))
			return true;
		operands += i > 1;
	}
	return operands == 0;
}

/* Does C put all that is in FOLDER into an image? */
static bool takes_whole(const struct recipe_command *c, struct str folder)
{
	static const char *const packers[] = {
	    "tar",	   "mkfs.jffs2", "mkfs.ubifs",	"mksquashfs4", "mksquashfs",
	    "make_ext4fs", "mkisofs",	 "genisoimage", "zip",	       "mcopy"};

	for (size_t i = 0; i < sizeof(packers) / sizeof(*packers); i++)
		if (str_is(recipe_name(c), packers[i]))
			return names(c, folder, true) && (i > 0 || packs_all(c));
	return false;
}

struct folder {
	struct recipe_word word;
	bool cleared;		/* it was removed before */
};

/* Did one of the words in REMOVED take FOLDER away? */
static bool is_cleared(const struct recipe_words *removed, struct str folder)
{
	const struct recipe_command rm = {.words = *removed};

	return removed->n && names(&rm, folder, false);
}

static void say(struct audit *a, const struct device_model *d, const struct chain *c,
		struct folder *folder, const struct recipe_command *packer)
{
	struct make_span where;

	if (folder->cleared || !takes_whole(packer, folder->word.text) ||
	    !recipe_span(a, &c->recipe, folder->word.at, &where))
		return;
	audit_say(a, &where, d,
		  "%.*s may hold files of the build before, and %.*s takes in all of it",
		  STR_ARG(folder->word.text), STR_ARG(recipe_name(packer)))
	    ->instead = str_fmt(a->mem, "rm -rf %.*s in front of it", STR_ARG(folder->word.text));
	folder->cleared = true;
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	const struct recipe_commands *commands = recipe_commands(a, c);
	struct recipe_words removed = {0}; /* the first is not looked at: a command's name */
	VEC(struct folder) folders = {0};

	for (size_t k = 0; k < commands->n; k++) {
		const struct recipe_command *cmd = &commands->p[k];
		struct recipe_words all = made(a, cmd);

		for (size_t i = removed.n ? 1 : 0;
		     str_is(recipe_name(cmd), "rm") && i < cmd->words.n; i++)
			*vec_push(a->mem, &removed) = cmd->words.p[i];
		for (size_t i = 0; i < all.n; i++)
			*vec_push(a->mem, &folders) =
			    (struct folder){all.p[i], is_cleared(&removed, all.p[i].text)};
		for (size_t i = 0; i < folders.n; i++)
			say(a, d, c, &folders.p[i], cmd);
	}
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_recipe_stale_folder = {
    .id = "recipe-stale-folder",
    .severity = SEVERITY_NOTE,
    .finds = "a recipe that fills a folder made by mkdir -p and packs all of it, without rm -rf in "
	     "front",
    .why = "When a build was stopped, or a file of it has another name now, the folder still has "
	   "what was put there before, and the image has it, too.",
    .bad = "\tmkdir -p $@.tmp && cp kernel $@.tmp\n"
	   "\ttar -cf $@ -C $@.tmp .\n",
    .good = "\trm -rf $@.tmp && mkdir -p $@.tmp && cp kernel $@.tmp\n"
	    "\ttar -cf $@ -C $@.tmp .\n",
    .check = check,
};
