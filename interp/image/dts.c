/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree sources: one reading from file to facts, and questions to them. The parts: dts_file.c
 * (files, spellings), dts_lex.c (tokens), dts_stream.c, dts_macro.c (the preprocessor),
 * dts_parse.c, dts_tree.c (dtc's language), dts_facts.c (what is looked for), dts_find.c (which
 * file).
 */
#include "base/path.h"
#include "image/dts_tree.h"

/* -D__DTS__ is the tree's; __ASSEMBLER__ comes with cpp's -x assembler-with-cpp. */
static void predefine(struct dts_reader *r)
{
	static const char *const names[] = {"__DTS__", "__ASSEMBLER__"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct dts_token *one = arena_make(r->mem, struct dts_token);
		struct dts_macro *m = arena_make(r->mem, struct dts_macro);

		*one = (struct dts_token){.kind = DTS_RUN,
					  .symbol = dts_symbol(r->c, DTS_RUN, S("1"))};
		m->name = dts_symbol(r->c, DTS_RUN, str_z(names[i]));
		m->body = one;
		m->n_body = 1;
		dts_define(r, m->name, m);
	}
	/* nobody names a node so: text without other macros is not looked through for these */
	r->n_macros = 0;
}

bool dts_read(struct dts_cache *c, struct arena *mem, struct str path, const struct strs *includes,
	      struct dts *out)
{
	struct arena *scratch = arena_new();
	struct dts_reader r = {.c = c,
			       .mem = scratch,
			       .out_mem = mem,
			       .out = out,
			       .includes = includes,
			       .text = buf_new(scratch),
			       .stamp = ++c->reading};

	*out = (struct dts){.file = str_dup(mem, path)};
	for (size_t i = 0; includes && i < includes->n; i++)
		dts_allow(c, includes->p[i]);
	dts_allow(c, path_dir(out->file));
	if (str_chr(path, '\0') >= 0)
		dts_fail(&r, "a path with a NUL");
	else
		dts_include(&r, out->file, false, false);
	if (!r.failed) {
		predefine(&r);
		dts_parse(&r);
		dts_facts(&r);
	}
	arena_free(scratch);
	return out->said.n == 0;
}

bool dts_has_compatible(const struct dts *dts, struct str name, bool enabled)
{
	for (size_t i = 0; i < dts->compatibles.n; i++)
		if (str_eq(dts->compatibles.p[i].name, name))
			return !enabled || dts->compatibles.p[i].enabled;
	return false;
}

struct str dts_alias(const struct dts *dts, struct str name)
{
	for (size_t i = 0; i < dts->aliases.n; i++)
		if (str_eq(dts->aliases.p[i].name, name))
			return dts->aliases.p[i].path;
	return (struct str){NULL, 0};
}

const struct dts_partition *dts_partition(const struct dts *dts, struct str label)
{
	for (size_t i = 0; i < dts->partitions.n; i++)
		if (str_eq(dts->partitions.p[i].label, label))
			return &dts->partitions.p[i];
	return NULL;
}
