/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory that evaluations share: who owns it, when it serves whom, and files that were taken
 * apart. A file counts as the same while its name, device, inode, size and times stay.
 */
#include "make/program.h"

#include <string.h>

struct make_program *make_program_new(void)
{
	static const char digits[] = "0123456789";
	struct arena *mem = arena_new();
	struct make_program *p = arena_make(mem, struct make_program);

	p->mem = mem;
	p->n_slots = 1024;
	p->slots = arena_array(mem, struct symbol_slot, p->n_slots);
	p->n_line_slots = 1024;
	p->lines = arena_array(mem, struct line *, p->n_line_slots);
	p->seen = arena_array(mem, uint32_t, SEEN_SLOTS);
	p->scripts = map_new(mem);
	p->read = arena_array(mem, uint32_t, READ_SLOTS);
	p->values = map_new(mem);
	for (size_t i = 0; i < 10; i++)
		p->digits[i] = symbol_in_program(p, (struct str){digits + i, 1});
	return p;
}

void make_program_free(struct make_program *p)
{
	if (!p)
		return;
	texts_free(p);
	arena_free(p->mem);
}

size_t make_program_size(const struct make_program *p)
{
	return arena_footprint(p->mem) + texts_mapped(p);
}

size_t make_program_spared(const struct make_program *p)
{
	return p->spared;
}

void program_begin(struct make *mk)
{
	struct make_program *p = mk->setup->shared;

	if (p && !p->busy) {
		p->keeps_files = true;
	} else {
		p = make_program_new();
	}
	p->busy = true;
	mk->lang->program = p;
}

void program_unbind(struct make_program *p)
{
	for (size_t i = 0; i < p->symbols.n; i++)
		p->symbols.p[i]->local = NULL;
}

struct bound program_bound(const struct make_program *p, struct arena *mem)
{
	struct bound all = {0};

	for (size_t i = 0; i < p->symbols.n; i++) {
		struct symbol *s = p->symbols.p[i];

		if (s->local)
			*vec_push(mem, &all) = (struct bound_symbol){s, s->local};
	}
	return all;
}

void program_rebind(struct make_program *p, const struct bound *all)
{
	program_unbind(p);
	for (size_t i = 0; i < all->n; i++)
		all->p[i].symbol->local = all->p[i].to;
}

void program_end(struct make *mk, bool failed)
{
	struct make_program *p = mk->lang->program;

	if (p != mk->setup->shared) {
		make_program_free(p);
		return;
	}
	for (size_t i = 0; i < mk->lang->touched.n; i++) {
		struct symbol *s = mk->lang->touched.p[i];

		s->global = NULL;
		s->scoped = s->touched = false;
	}
	if (failed)
		program_unbind(p);
	texts_reclaim(p);
	p->busy = false;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

struct script *program_script(struct make *mk, struct str name, struct str path,
			      const struct stat *st)
{
	struct script *s = map_get(mk->lang->program->scripts, path);

	for (; s; s = s->older)
		if (same_file(&s->seen, st) && str_eq(s->file.name, name))
			return s;
	return NULL;
}

bool program_has_script(struct make *mk, struct str path)
{
	return map_get(mk->lang->program->scripts, path) != NULL;
}

bool program_reads_again(struct make *mk, struct str path)
{
	uint32_t hash = str_hash(path), *slot = &mk->lang->program->read[hash % READ_SLOTS];
	bool again = *slot == hash;

	*slot = hash;
	return again;
}

/* TEXT as logical lines. */
static void split(struct arena *mem, struct script *s)
{
	struct source src = {.text = s->file.text, .at = {s->file.name, 1}, .is_file = true};
	struct str raw;

	while (source_line(&src, &raw))
		*vec_push(mem, &s->lines) = (struct script_line){
		    .from = src.start, .n = raw.n, .number = src.at.line, .lines = src.lines};
}

struct script *program_add_script(struct make *mk, struct str name, struct str path,
				  const struct stat *st, struct str text)
{
	struct make_program *p = mk->lang->program;
	struct script *s = arena_make(p->mem, struct script);
	void **slot;

	s->file = (struct text_file){.name = str_dup(p->mem, name), .text = text, .line = 1};
	text_file_mark(&s->file, p->mem);
	s->path = str_dup(p->mem, path);
	s->seen = *st;
	split(p->mem, s);
	slot = map_at(p->scripts, s->path);
	s->older = *slot;
	*slot = s;
	return s;
}

const struct expr *shared_code(struct make *mk, struct shared_text *t)
{
	if (!t->code)
		t->code = compile(mk, mk->lang->program->mem, t->text, t->off);
	return t->code;
}

const struct expr *program_code(struct make *mk, struct str text)
{
	struct make_program *p = mk->lang->program;
	void **slot = map_at(p->values, text);
	struct shared_text *t = *slot;

	if (!t) {
		*slot = t = arena_make(p->mem, struct shared_text);
		t->text = str_dup(p->mem, text);
	}
	return shared_code(mk, t);
}
