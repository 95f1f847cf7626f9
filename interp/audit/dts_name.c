/* SPDX-License-Identifier: GPL-2.0-only */
/* DEVICE_DTS with what image.mk puts behind it, or nearly the name of a source that is there. */
#include "audit/internal.h"

#include <dirent.h>

#include "base/path.h"

/* The names of sources in FOLDER (below the tree), without ".dts". */
static struct strs sources_in(struct audit *a, struct str folder)
{
	DIR *d = opendir(str_cz(a->mem, path_join(a->mem, a->options->tree->path, folder)));
	struct strs names = {0};

	for (struct dirent *e; d && (e = readdir(d));) {
		struct str name = str_z(e->d_name);

		if (str_ends(name, S(".dts")))
			*vec_push(a->mem, &names) = str_dup(a->mem, str_sub(name, 0, name.n - 4));
	}
	if (d)
		closedir(d);
	return names;
}

static void check_suffix(struct audit *a, const struct device_model *d, const struct setting *s,
			 struct str name)
{
	static const char *const suffixes[] = {".dts", ".dtb", ".dtsi"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		struct str bare = str_sub(
		    name, 0, name.n > strlen(suffixes[i]) ? name.n - strlen(suffixes[i]) : 0);
		struct finding *f;

		if (!str_ends(name, str_z(suffixes[i])))
			continue;
		f = audit_say(
		    a, &s->at, d,
		    "DEVICE_DTS is '%.*s', and a suffix is put behind it: there is no %.*s.dts",
		    STR_ARG(name), STR_ARG(name));
		f->instead = str_dup(a->mem, bare);
		audit_fix_text(a, f, f->at, name, bare);
	}
}

/* Is it a letter that A and B differ in? Numbers are of another chip or revision. */
static bool differ_by_letter(struct str a, struct str b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && a.p[i] == b.p[i])
		i++;
	return !((i < a.n && a.p[i] >= '0' && a.p[i] <= '9') ||
		 (i < b.n && b.p[i] >= '0' && b.p[i] <= '9'));
}

static bool is_used(const struct audit *a, struct str source)
{
	for (size_t i = 0; i < a->model->devices.n; i++)
		if (str_eq(path_base(model_expanded(a->model->devices.p[i], S("DEVICE_DTS"))),
			   source))
			return true;
	return false;
}

/* NAME is not in the tree; another one that no device uses, one letter away, is. */
static void check_near(struct audit *a, const struct device_model *d, const struct setting *s,
		       struct str name, const struct strs *all)
{
	struct str near = {NULL, 0};
	struct finding *f;

	for (size_t i = 0; i < all->n; i++)
		if (audit_distance(name, all->p[i], 1) == 1 && differ_by_letter(name, all->p[i]) &&
		    !is_used(a, all->p[i])) {
			if (near.p)
				return;
			near = all->p[i];
		}
	if (!near.p)
		return;
	f = audit_say(a, s->initial && d->define ? &d->define->at : &s->at, d,
		      "DEVICE_DTS is '%.*s', which is not in the tree, but %.*s.dts is",
		      STR_ARG(name), STR_ARG(near));
	f->instead = str_dup(a->mem, near);
	f->severity = SEVERITY_WARNING;
	audit_fix_text(a, f, f->at, name, near);
}

static void check(struct audit *a)
{
	struct str board = str_sub(a->folder, 0, a->folder.n - sizeof("/image") + 1);
	struct strs all = {0};
	bool read = false;

	for (size_t i = 0; i < a->model->devices.n; i++) {
		const struct device_model *d = a->model->devices.p[i];
		const struct setting *s = model_value(a->model, d, S("DEVICE_DTS"));
		const struct device_dtses *dts = s ? audit_dts(a, d) : NULL;

		for (size_t k = 0; dts && k < dts->n; k++) {
			struct str name = path_base(dts->p[k].name);

			check_suffix(a, d, s, dts->p[k].name);
			if (dts->p[k].source.path.n)
				continue;
			if (!read)
				all = sources_in(a, str_cat(a->mem, board, S("/dts")));
			read = true;
			check_near(a, d, s, name, &all);
		}
	}
}

const struct rule rule_dts_name = {
    .id = "dts-name",
    .severity = SEVERITY_ERROR,
    .finds = "DEVICE_DTS with a suffix (.dts, .dtb); a warning for one that is not in the tree but "
	     "one letter away from a source that is",
    .why = "image.mk puts .dts and .dtb behind each name. A source that is not there stops the "
	   "build of the device, or of all of them; one that "
	   "lies in the kernel under nearly the same name is another board's.",
    .bad = "  DEVICE_DTS := mt7621_acme_box.dts\n",
    .good = "  DEVICE_DTS := mt7621_acme_box\n",
    .check = check,
};
