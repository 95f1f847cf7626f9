/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Logical lines before anything is expanded: what kind each one is, and what it assigns or asks.
 * What
 * $(eval) gets is mostly lines that came before (a hundred for each device), so those that come a
 * second time are kept by their text, with their compiled values.
 */
#include "make/program.h"

#include <string.h>

enum { KEEP_BYTES = 64 << 20 };

static bool word_is(struct str text, size_t from, size_t end, const char *word)
{
	return str_is(str_sub(text, from, end - from), word);
}

/* Where RAW's comment begins; *QUOTED: a backslash stands before some '#', so that text must
 * change. */
static size_t comment_start(struct str raw, bool *quoted)
{
	size_t i = 0;

	*quoted = false;
	while (i < raw.n) {
		if (raw.p[i] == '$') {
			if (i + 1 >= raw.n)
				return raw.n;
			i = scan_reference(raw, i);
			continue;
		}
		if (raw.p[i] == '#') {
			*quoted = i > 0 && raw.p[i - 1] == '\\';
			return i;
		}
		i++;
	}
	return raw.n;
}

/* RAW with its continuations joined and its comment off, in MEM. */
static struct str rewrite(struct make *mk, struct arena *mem, struct str raw)
{
	struct tbuf *joined = tbuf_take(mk, false);
	struct str text;
	size_t comment;

	source_join(mk, text_plain(raw), joined);
	comment = scan_unquoted(joined, 0, "#", true);
	if (comment != SIZE_MAX)
		tbuf_cut(joined, comment);
	text = str_dup(mem, tbuf_view(joined));
	tbuf_give(mk, joined);
	return text;
}

static enum line_kind directive(struct str text, size_t from, size_t end)
{
	static const struct {
		const char *word;
		enum line_kind kind;
	} words[] = {
	    {"include", LINE_INCLUDE},
	    {"-include", LINE_MAY_INCLUDE},
	    {"sinclude", LINE_MAY_INCLUDE},
	    {"export", LINE_EXPORT},
	    {"unexport", LINE_UNEXPORT},
	    {"vpath", LINE_VPATH},
	    {"load", LINE_LOAD},
	    {"-load", LINE_MAY_LOAD},
	};

	if (end - from >= 4 && end - from <= 8)
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (word_is(text, from, end, words[i].word))
				return words[i].kind;
	return LINE_RULE;
}

static void classify_assignment(struct make *mk, struct line *l)
{
	struct str name;

	l->kind = l->a.is_undefine ? LINE_UNDEFINE : l->a.is_define ? LINE_DEFINE : LINE_ASSIGN;
	if (l->kind != LINE_ASSIGN)
		return;
	name = str_sub(l->text, l->a.from, l->a.name_n);
	if (name.n && !memchr(name.p, '$', name.n))
		l->symbol = symbol_of(mk, name);
	l->value.text = str_from(l->text, l->a.value);
	l->plain = l->symbol && !l->a.is_export && !l->a.is_private && !l->a.is_override &&
		   (l->a.kind == ASSIGN_RECURSIVE ||
		    (l->a.kind == ASSIGN_SIMPLE && str_chr(l->value.text, '$') < 0));
}

/* May a directive or a condition begin with C? Names of rules are long. */
static bool begins_word(char c)
{
	return c == '-' || (c >= 'e' && c <= 'v');
}

static void classify(struct make *mk, struct arena *mem, struct line *l)
{
	size_t from = scan_skip_space(l->text, 0), end;

	l->kind = LINE_BLANK;
	if (from >= l->text.n)
		return;
	l->a = scan_assignment(l->text);
	if (l->a.assigns) {
		classify_assignment(mk, l);
		return;
	}
	l->kind = LINE_RULE;
	if (!begins_word(l->text.p[from]))
		return;
	end = scan_token_end(l->text, from);
	l->rest = scan_skip_space(l->text, end);
	l->is_endef = word_is(l->text, from, end, "endef") &&
		      (l->rest >= l->text.n || l->text.p[l->rest] == '#');
	l->word = condition_word(str_sub(l->text, from, end - from));
	if (l->word != COND_NONE) {
		l->kind = LINE_CONDITIONAL;
		condition_parse(mem, l, from, end);
		return;
	}
	l->kind = directive(l->text, from, end);
}

/* RAW, of N_LINES physical lines, in MEM. */
static struct line *parse(struct make *mk, struct arena *mem, struct str raw, unsigned n_lines)
{
	struct line *l = arena_make(mem, struct line);
	bool quoted = false;
	size_t n = raw.n;

	l->raw = raw;
	l->n_lines = n_lines;
	if (memchr(raw.p, '#', raw.n))
		n = comment_start(raw, &quoted);
	l->text = str_sub(raw, 0, n);
	if (n && (n_lines > 1 || quoted || raw.p[raw.n - 1] == '\n')) {
		l->text = rewrite(mk, mem, raw);
		l->rewritten = true;
	}
	classify(mk, mem, l);
	return l;
}

static struct line *keep(struct make *mk, struct str raw, unsigned n_lines, uint32_t hash)
{
	struct make_program *p = mk->lang->program;
	struct line *l = parse(mk, p->mem, str_dup(p->mem, raw), n_lines), **slot;

	if (p->n_lines++ >= p->n_line_slots)
		CHAINS_GROW(p->mem, struct line, &p->lines, &p->n_line_slots);
	p->line_bytes += sizeof(*l) + raw.n;
	slot = &p->lines[hash & (p->n_line_slots - 1)];
	l->stable = l->text_stays = true;
	l->hash = hash;
	l->next = *slot;
	return *slot = l;
}

/* A line of $(eval). */
static struct line *eval_line(struct make *mk, struct str raw, unsigned n_lines)
{
	struct make_program *p = mk->lang->program;
	uint32_t hash = str_hash(raw), *seen = &p->seen[hash % SEEN_SLOTS];
	struct line *l = p->lines[hash & (p->n_line_slots - 1)];

	for (; l; l = l->next)
		if (l->hash == hash && l->raw.n == raw.n && memcmp(l->raw.p, raw.p, raw.n) == 0)
			return l;
	if (*seen == hash && p->line_bytes < KEEP_BYTES)
		return keep(mk, raw, n_lines, hash);
	*seen = hash;
	return parse(mk, mk->lang->scratch, raw, n_lines);
}

struct line *line_of(struct make *mk, struct source *src, struct str raw)
{
	struct make_program *p = mk->lang->program;
	struct script_line *line;
	struct line *l;

	if (!src->is_file && !mk->posix) {
		l = eval_line(mk, raw, src->lines);
		if (src->last)
			src->last->then = l->stable ? l : NULL;
		src->last = l->stable ? l : NULL;
		return l;
	}
	if (!src->script || mk->posix) { /* .POSIX joins lines its own way */
		l = parse(mk, mk->lang->scratch, raw, src->lines);
		l->text_stays = src->is_file && !l->rewritten;
		return l;
	}
	line = &src->script->lines.p[src->next - 1];
	if (!line->parsed) {
		line->parsed = parse(mk, p->mem, raw, line->lines);
		line->parsed->stable = line->parsed->text_stays = true;
	}
	return line->parsed;
}

bool line_next(struct make *mk, struct source *src, struct str *raw, struct line **l)
{
	struct line *then = src->last ? src->last->then : NULL;
	size_t end;

	*l = NULL;
	if (!then || mk->posix)
		return source_line(src, raw);
	end = src->pos + then->raw.n;
	if (end >= src->text.n || src->text.p[end] != '\n' ||
	    memcmp(src->text.p + src->pos, then->raw.p, then->raw.n) != 0)
		return source_line(src, raw);
	*raw = (struct str){src->text.p + src->pos, then->raw.n};
	src->start = src->pos;
	src->pos = end + 1;
	src->lines = then->n_lines;
	*l = src->last = then;
	return true;
}
