/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that the tree's packages put into $(STAGING_DIR_IMAGE) for image recipes: boot loaders,
 * one for each variant or device that the package's Makefile defines. Known are names that are put
 * together of a variant and literal text.
 */
#include "audit/internal.h"

enum { SAYS_MUCH = 4 }; /* so long is the beginning of an end that says what it is: "-u-boot." */

/* What stands for the middle of a name. */
static const struct {
	const char *reference;
	bool devices;
} middles[] = {{"$(BUILD_VARIANT)", false}, {"$(VARIANT)", false}, {"$(BUILD_DEVICES)", true}};

/* The names that TEXT defines variants by: "define U-Boot/x". */
static struct strs variants_of(struct arena *mem, struct str text)
{
	static const char *const kinds[] = {"define U-Boot/", "define Trusted-Firmware-A/"};
	struct strs names = {0};
	struct str line;

	while (text.n && str_split(&text, '\n', &line))
		for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
			if (str_starts(line, str_z(kinds[i])))
				*vec_push(mem, &names) = str_trim(str_from(line, strlen(kinds[i])));
	return names;
}

/* The words of TEXT's assignments to BUILD_DEVICES. */
static struct strs devices_of(struct arena *mem, struct str text)
{
	struct strs names = {0};
	struct str line;
	bool within = false;

	while (text.n && str_split(&text, '\n', &line)) {
		ptrdiff_t equal = str_find(line, S("BUILD_DEVICES")) >= 0 ? str_chr(line, '=') : -1;

		if (!within && equal < 0)
			continue;
		if (!within)
			line = str_from(line, (size_t)equal + 1);
		within = str_ends(line, S("\\"));
		strs_words(mem, within ? str_sub(line, 0, line.n - 1) : line, &names);
	}
	return names;
}

/* The word at the start of TEXT, up to what ends it in a recipe. */
static struct str file_word(struct str text)
{
	size_t n = 0;

	while (n < text.n && str_chr(S(" \t\n\\;\"'|,"), text.p[n]) < 0)
		n++;
	return str_sub(text, 0, n);
}

static void add_file(struct packages *p, struct arena *mem, struct str text, struct str word)
{
	for (size_t i = 0; i < sizeof(middles) / sizeof(*middles); i++) {
		struct str middle = str_z(middles[i].reference), suffix;
		ptrdiff_t at = str_find(word, middle), dollar;
		struct boot_file f;

		if (at < 0 || str_chr(str_sub(word, 0, (size_t)at), '$') >= 0)
			continue;
		suffix = str_from(word, (size_t)at + middle.n);
		dollar = str_chr(suffix, '$');
		f = (struct boot_file){
		    .prefix = str_sub(word, 0, (size_t)at),
		    .suffix = dollar < 0 ? suffix : str_sub(suffix, 0, (size_t)dollar),
		    .open = dollar >= 0,
		    .names = middles[i].devices ? devices_of(mem, text) : variants_of(mem, text)};
		if (f.suffix.n)
			*vec_push(mem, &p->boot_files) = f;
	}
}

void boot_files_read(struct packages *p, struct arena *mem, struct str text)
{
	struct str staging = S("$(STAGING_DIR_IMAGE)/");
	size_t from = 0;

	for (ptrdiff_t at; (at = str_find(str_from(text, from), staging)) >= 0;) {
		size_t here = from + (size_t)at;

		from = here + staging.n;
		if (!here ||
		    text.p[here - 1] != '=') /* what another's variable is set to is only read */
			add_file(p, mem, text, file_word(str_from(text, from)));
	}
}

/* Is REST, what stands behind a variant, F's end, with no more before it than the names of boot
 * stages: "-bl31-u-boot.fip"? */
static bool is_end(const struct boot_file *f, struct str rest)
{
	static const char *const stages[] = {"-bl2", "-bl31"};

	for (size_t i = 0; i < sizeof(stages) / sizeof(*stages); i++)
		if (f->open && str_starts(rest, str_z(stages[i])) &&
		    !str_starts(f->suffix, str_z(stages[i])))
			rest = str_from(rest, strlen(stages[i]));
	return f->open ? str_starts(rest, f->suffix) : str_eq(rest, f->suffix);
}

/* Does F's end fit NAME's? */
static bool ends_so(const struct boot_file *f, struct str name)
{
	return f->open ? str_find(name, f->suffix) > 0 : str_ends(name, f->suffix);
}

bool boot_files_make(const struct packages *p, struct str name, bool *such)
{
	*such = false;
	for (size_t i = 0; i < p->boot_files.n; i++) {
		const struct boot_file *f = &p->boot_files.p[i];

		if (!ends_so(f, name) || !str_starts(name, f->prefix))
			continue;
		if (!f->names.n && f->suffix.n < SAYS_MUCH)
			continue;
		if (!f->names.n)
			return true; /* its variants are defined in another way */
		*such = *such || !f->open || f->suffix.n >= SAYS_MUCH;
		for (size_t k = 0; k < f->names.n; k++) {
			struct str rest = str_from(name, f->prefix.n);

			if (!str_starts(rest, f->names.p[k]))
				continue;
			if (is_end(f, str_from(rest, f->names.p[k].n)))
				return true;
		}
	}
	return false;
}
