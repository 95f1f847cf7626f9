/* SPDX-License-Identifier: GPL-2.0-only */
/* Recipes whose archives hold the time, order or owner of files on the machine that built them. */
#include "audit/internal.h"

/* The words that C's source has, and the line as it came out: is OPTION in either? $(if) may have
 * left it out. */
static bool has(const struct recipe_command *c, struct str source, char letter, const char *name)
{
	return recipe_option(c, letter, name) || (name && str_find(source, str_z(name)) >= 0);
}

static bool makes_archive(const struct recipe_command *c)
{
	struct str first = c->words.n > 1 ? c->words.p[1].text : S("");

	if (first.n && first.p[0] != '-') /* tar cjf */
		return str_chr(first, 'c') >= 0 || str_chr(first, 'r') >= 0;
	for (size_t i = 1; i < c->words.n; i++) {
		struct str word = c->words.p[i].text;

		if (str_starts(word, S("--create")) || str_starts(word, S("--append")))
			return true;
		if (word.n > 1 && word.p[0] == '-' && word.p[1] != '-' &&
		    (str_chr(word, 'c') > 0 || str_chr(word, 'r') > 0) && str_chr(word, 'C') != 1)
			return true;
	}
	return false;
}

/* Does the tar C take in a folder as a whole? */
static bool takes_folder(const struct recipe_command *c)
{
	for (size_t i = 1; i < c->words.n; i++)
		if (str_is(c->words.p[i].text, ".") || str_is(c->words.p[i].text, "./"))
			return !str_is(c->words.p[i - 1].text, "-C");
	return false;
}

/* What tar's C misses, as "--mtime, --owner"; empty: nothing. */
static struct str tar_misses(struct audit *a, const struct recipe_command *c, struct str source)
{
	struct buf b = buf_new(a->mem);

	if (!makes_archive(c))
		return S("");
	if (!has(c, source, 0, "mtime"))
		buf_z(&b, ", --mtime");
	if (!has(c, source, 0, "owner"))
		buf_z(&b, ", --owner");
	if (takes_folder(c) && !has(c, source, 0, "sort"))
		buf_z(&b, ", --sort");
	return b.n ? str_from(buf_view(&b), 2) : S("");
}

/* gzip of a file notes its name and time. */
static struct str gzip_misses(const struct recipe_command *c, bool from_pipe, struct str next)
{
	bool file = false;

	for (size_t i = 1; i < c->words.n; i++)
		if (c->words.p[i].text.n && c->words.p[i].text.p[0] != '-')
			file = true;
	if (!file || from_pipe || recipe_option(c, 'n', "no-name") || recipe_option(c, 'N', "name"))
		return S("");
	if (recipe_option(c, 'd', "decompress") || recipe_option(c, 'l', "list") ||
	    recipe_option(c, 't', "test"))
		return S("");
	/* who takes the trailer only wants the checksum */
	return str_is(next, "tail") ? S("") : S("-n");
}

static void check_command(struct audit *a, const struct device_model *d, const struct chain *c,
			  const struct recipe_command *cmd, bool from_pipe)
{
	struct str name = recipe_name(cmd), misses = S(""), source;
	struct make_span at;

	if (!str_is(name, "tar") && !str_is(name, "gzip") && !str_is(name, "make_ext4fs") &&
	    !str_is(name, "zip"))
		return;
	if (!recipe_span(a, &c->recipe, cmd->words.p[0].at, &at))
		return;
	source = recipe_source(a, &at);
	if (str_is(name, "tar")) {
		misses = tar_misses(a, cmd, source);
	} else if (str_is(name, "gzip")) {
		struct recipe_command next;
		size_t end = cmd->end;

		misses = gzip_misses(cmd, from_pipe,
				     cmd->piped && recipe_next(a, c->recipe.text, &end, &next)
					 ? recipe_name(&next)
					 : S(""));
	} else if (str_is(name, "make_ext4fs")) {
		misses = recipe_option(cmd, 'T', NULL) || str_find(source, S("-T ")) >= 0 ? S("")
											  : S("-T");
	} else {
		misses = recipe_option(cmd, 'X', "no-extra") ? S("") : S("-X");
	}
	if (misses.n) {
		struct finding *f = audit_say(
		    a, &at, d,
		    "%.*s without %.*s: the result depends on when and by whom it is built",
		    STR_ARG(name), STR_ARG(misses));

		if (str_is(misses, "-n"))
			audit_fix_text(a, f, f->at, S("gzip "), S("gzip -n "));
	}
}

static void check_chain(struct audit *a, const struct device_model *d, const struct chain *c)
{
	const struct recipe_commands *all = recipe_commands(a, c);
	bool piped = false;

	for (size_t i = 0; i < all->n; i++) {
		check_command(a, d, c, &all->p[i], piped || all->p[i].reads_input);
		piped = all->p[i].piped;
	}
}

static void check(struct audit *a)
{
	audit_each_chain(a, check_chain);
}

const struct rule rule_not_reproducible = {
    .id = "not-reproducible",
    .severity = SEVERITY_WARNING,
    .finds = "a recipe that calls tar without --mtime and --owner, or without --sort for a whole "
	     "folder, gzip of a file without -n, "
	     "make_ext4fs without -T, zip without -X",
    .why = "The image holds the time of the build, the order of a folder or the number of a user, "
	   "so two builds of one source "
	   "differ and nobody can check that an image was made of it.",
    .bad = "\ttar -cf $@.new -C $@.tmp .\n",
    .good = "\ttar --mtime=@$(SOURCE_DATE_EPOCH) --owner=0 --group=0 --numeric-owner --sort=name "
	    "-cf $@.new -C $@.tmp .\n",
    .history = "2e1f73a79f90 elecom-header's tar without --mtime\nd98cafc7b6b0 "
	       "senao-factory-image's tar without --owner and --sort\n",
    .check = check,
};
