/* SPDX-License-Identifier: GPL-2.0-only */
/* Recipes of several images that write a file of one fixed name. */
#include "audit/internal.h"

#include "base/path.h"

/* A path that recipes write, and who does. */
struct use {
	const struct device_model *d; /* the first */
	const struct chain *c;
	struct make_span at;	/* where its recipe writes it first */
	struct finding *said;
};

/* Is FILE one name for all recipes? Names with $@ are a target's own, and a shell's variable may
 * be. */
static bool is_fixed(struct str file)
{
	return file.n > 1 && file.p[0] == '/' && str_chr(file, '$') < 0 && str_chr(file, '<') < 0 &&
	       (!str_starts(file, S("/dev/")) || str_starts(file, S("/dev/shm/"))) &&
	       !str_ends(file, S("/"));
}

/* FILE as it is written at AT: $(KDIR)/x, where the line says so; else its last part. */
static struct str as_written(struct audit *a, struct str file, const struct make_span *at)
{
	struct str source = recipe_source(a, at), base = path_base(file);
	ptrdiff_t end = str_find(source, base);
	size_t start = end > 0 ? (size_t)end : 0;

	while (start > 0 && str_chr(S(" \t\n\"';=>|&"), source.p[start - 1]) < 0)
		start--;
	if (end > 0 && start < (size_t)end)
		return str_sub(source, start, (size_t)end - start + base.n);
	return base;
}

/*
 * Is FILE of the tree, but not below KDIR? What goes there is a result, mostly the same each time.
 */
static bool is_result(struct audit *a, struct str file)
{
	struct make_text kdir;

	if (!str_starts(file, a->options->tree->path))
		return false;
	return !make_try(a->model->make, a->mem, S("$(KDIR)"), NULL, &kdir) || !kdir.text.n ||
	       !str_starts(file, kdir.text);
}

/* Has FILE the device's own name in it? */
static bool has_id(const struct device_model *d, struct str file)
{
	return str_find(file, d->id) >= 0;
}

/* One line that writes several such files is one finding. */
static void say(struct audit *a, struct map *places, struct use *use, struct str file)
{
	struct place at = audit_place(a, make_span_place(&use->at));
	void **known = map_at(places, str_fmt(a->mem, "%.*s:%u", STR_ARG(at.file), at.line));

	if (use->said)
		return;
	if (!*known) {
		struct finding *f = audit_say(
		    a, &use->at, use->d,
		    "recipes of several images write %.*s: built at once, they disturb each other",
		    STR_ARG(as_written(a, file, &use->at)));

		f->instead = S("a name with $@ in it");
		if (is_result(a, file))
			f->severity = SEVERITY_NOTE;
		*known = f;
	}
	use->said = *known;
	audit_concerns(a, use->said, use->d);
}

static void note_use(struct audit *a, struct map *uses, struct map *places,
		     const struct device_model *d, const struct chain *c, struct recipe_word word)
{
	void **known = map_at(uses, word.text);
	struct use *use = *known;

	if (!use) {
		struct make_span where;

		if (!recipe_span(a, &c->recipe, word.at, &where) ||
		    str_find(recipe_source(a, &where), S("flock")) >= 0)
			return;
		*known = use = arena_make(a->mem, struct use);
		*use = (struct use){.d = d, .c = c, .at = where};
	} else if (use->c != c) {
		say(a, places, use, word.text);
	}
	if (use->said)
		audit_concerns(a, use->said, d);
}

/* A file of KDIR that one image's recipe alone writes: still one for all its file systems, and for
 * the next device that calls the command. */
static void check_single(struct audit *a, struct map *uses, struct map *places)
{
	struct str file;
	void *value;

	for (size_t at = 0; map_next(uses, &at, &file, &value);) {
		struct use *use = value;
		struct place where;
		struct finding *f;

		if (!use || use->said || is_result(a, file) || has_id(use->d, file) ||
		    !str_starts(as_written(a, file, &use->at), S("$(KDIR")))
			continue;
		where = audit_place(a, make_span_place(&use->at));
		if (map_get(places, str_fmt(a->mem, "%.*s:%u", STR_ARG(where.file), where.line)))
			continue;
		*map_at(places, str_fmt(a->mem, "%.*s:%u", STR_ARG(where.file), where.line)) = use;
		f = audit_say(a, &use->at, use->d,
			      "the recipe of %.*s writes %.*s, one name whatever it is called for",
			      STR_ARG(audit_chain_name(use->c)),
			      STR_ARG(as_written(a, file, &use->at)));
		f->severity = SEVERITY_NOTE;
		f->instead = S("a name with $@ in it");
	}
}

static void check(struct audit *a)
{
	struct map *uses = map_new(a->mem), *places = map_new(a->mem);

	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];

		for (size_t k = 0; k < d->chains.n; k++) {
			const struct chain *c = &d->chains.p[k];
			const struct recipe_commands *all = recipe_commands(a, c);

			for (size_t at = 0; at < all->n; at++) {
				struct recipe_words files = all->p[at].files;

				for (size_t n = 0; n < files.n; n++)
					if (is_fixed(files.p[n].text))
						note_use(a, uses, places, d, c, files.p[n]);
			}
		}
	}
	check_single(a, uses, places);
}

const struct rule rule_recipe_temp_name = {
    .id = "recipe-temp-name",
    .severity = SEVERITY_WARNING,
    .finds = "a file or folder with one fixed name, $(KDIR)/x or $(KDIR_TMP)/x, that recipes of "
	     "several images or devices write; a note "
	     "for what goes to a folder of results, and for a name without the device's where one "
	     "image alone is made so",
    .why = "make runs recipes at the same time: one reads what the other wrote or has just "
	   "removed, and now and then an image holds "
	   "another device's data, or the build fails. It never happens to who builds one device "
	   "with -j1.",
    .bad = "\tcp $@ $(KDIR_TMP)/factory.bin\n",
    .good = "\tcp $@ $@.factory\n",
    .history = "462a7c0e96d7 relocate-kernel's $(KDIR)/relocate, shared by all devices\n",
    .check = check,
};
