/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person wrote: the assignment behind a setting. Values are the evaluator's matter; here are
 * only those questions that the text alone can answer: the operator, what stands between two lines,
 * what another arm of a conditional would set.
 */
#include "audit/internal.h"

/* --- an assignment --- */

/* TEXT up to a comment. */
static struct str without_comment(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '#' && (!i || text.p[i - 1] != '\\'))
			return str_trim(str_sub(text, 0, i));
	return str_trim(text);
}

/* LINE as NAME OP and the rest; false: it is none. */
static bool split_assignment(struct str line, struct written *out)
{
	static const char *const ops[] = {":::=", "::=", ":=", "+=", "?=", "!=", "="};
	ptrdiff_t equal;
	size_t end;

	line = str_trim(line);
	equal = str_chr(line, '=');
	if (equal <= 0 || line.p[0] == '#')
		return false;
	end = (size_t)equal + 1;
	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		struct str op = str_z(ops[i]), name;

		if (!str_ends(str_sub(line, 0, end), op))
			continue;
		name = str_trim(str_sub(line, 0, end - op.n));
		for (size_t k = name.n; k-- > 0;) /* "export X", "override X" */
			if (name.p[k] == ' ' || name.p[k] == '\t') {
				name = str_from(name, k + 1);
				break;
			}
		out->name = name;
		out->op = op;
		out->value = without_comment(str_from(line, end));
		return name.n > 0;
	}
	return false;
}

/* With what backslashes continue, of LINES from AT (an index) on; AT becomes its last line's. */
static struct str whole_line(struct audit *a, const struct strs *lines, size_t *at)
{
	struct str line = lines->p[*at];

	while (str_ends(line, S("\\")) && *at + 1 < lines->n) {
		++*at;
		line = str_fmt(a->mem, "%.*s %.*s", STR_ARG(str_sub(line, 0, line.n - 1)),
			       STR_ARG(lines->p[*at]));
	}
	return line;
}

/* The names that TEXT, of a define, refers to by exactly two dollars. */
static struct strs names_read(struct audit *a, struct str text)
{
	struct strs names = {0};

	for (size_t i = 0; i + 1 < text.n; i++) {
		size_t dollars = 0, end;

		while (i < text.n && text.p[i] == '$')
			dollars++, i++;
		if (dollars != 2 || i >= text.n || (text.p[i] != '(' && text.p[i] != '{'))
			continue;
		for (end = ++i; end < text.n && audit_is_name(text.p[end]);)
			end++;
		if (end > i && end < text.n &&
		    (text.p[end] == ')' || text.p[end] == '}' || text.p[end] == ':'))
			*vec_push(a->mem, &names) = str_sub(text, i, end - i);
		i = end > i ? end - 1 : i - 1;
	}
	return names;
}

static void read_written(struct audit *a, const struct setting *s, struct written *w)
{
	const struct strs *lines;
	size_t at;

	w->at = audit_place(a, make_span_place(&s->at));
	w->last = w->at.line;
	w->name = s->name;
	w->op = w->value = S("");
	if (!str_starts(w->at.file, S("target/")) || !w->at.line)
		return;
	lines = audit_lines(a, w->at.file);
	at = w->at.line - 1;
	while (at > 0 && at < lines->n && str_ends(lines->p[at - 1], S("\\")))
		at--;
	if (at >= lines->n)
		return;
	w->at.line = (unsigned)at + 1;
	if (split_assignment(whole_line(a, lines, &at), w) && !str_eq(w->name, s->name))
		w->op = w->value = S("");
	w->name = s->name;
	w->last = (unsigned)at + 1;
	w->reads = names_read(a, w->value);
}

const struct written *audit_written(struct audit *a, const struct setting *s)
{
	struct spot spot = spot_original(make_span_spot(&s->at, s->at.from));
	struct {
		const struct text_file *in;
		const void *name;
		size_t off;
	} key;
	void **known;

	memset(&key, 0, sizeof(key));
	key.in = spot.in;
	key.name = s->name.p;
	key.off = spot.off;
	known = map_at(a->written, (struct str){(const char *)&key, sizeof(key)});
	if (!*known) {
		struct written *w = arena_make(a->mem, struct written);

		*known = w;
		*w = (struct written){0};
		read_written(a, s, w);
		return w;
	}
	return *known;
}

struct own_line *audit_own_line(struct audit *a, struct own_lines *all,
				const struct device_model *d, const struct setting *s)
{
	const struct written *w = audit_written(a, s);
	void **at;

	if (!all->known)
		all->known = map_new(a->mem);
	at = map_at(all->known, str_fmt(a->mem, "%.*s:%u", STR_ARG(w->at.file), w->at.line));
	if (!*at) {
		struct own_line *line = arena_make(a->mem, struct own_line);

		*line = (struct own_line){s, d, false};
		*vec_push(a->mem, all) = line;
		*at = line;
	}
	return *at;
}

bool audit_is_shared(struct audit *a, const struct setting *s)
{
	struct str file = audit_written(a, s)->at.file;

	return str_ends(file, S("/Makefile")) || str_find(file, S("/common")) >= 0;
}

const struct setting *audit_bringer(struct audit *a, const struct setting *s, struct str word)
{
	for (const struct setting *at = s; at; at = at->before) {
		struct strs words = audit_words(a, audit_written(a, at)->value);

		if (strs_have(&words, word))
			return at;
		if (!str_is(audit_written(a, at)->op, "+="))
			break;
	}
	return s;
}

bool audit_has_conditional(struct audit *a, struct str file, unsigned from, unsigned to)
{
	static const char *const words[] = {"ifeq", "ifneq", "ifdef", "ifndef", "else", "endif"};
	const struct strs *lines = audit_lines(a, file);

	for (size_t i = from ? from - 1 : 0; i < to && i < lines->n; i++) {
		struct str rest = lines->p[i], word;

		if (!str_word(&rest, &word))
			continue;
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (str_is(word, words[k]))
				return true;
	}
	return false;
}

struct strs audit_conditionals(struct audit *a, struct place at)
{
	const struct strs *lines = audit_lines(a, at.file);
	struct strs open = {0};

	for (size_t i = 0; i < lines->n && i + 1 < at.line; i++) {
		struct str rest = lines->p[i], word;

		if (!str_word(&rest, &word))
			continue;
		if (str_starts(word, S("ifeq")) || str_starts(word, S("ifneq")) ||
		    str_is(word, "ifdef") || str_is(word, "ifndef"))
			*vec_push(a->mem, &open) = lines->p[i];
		else if (str_is(word, "endif") && open.n)
			open.n--;
		else if (str_is(word, "else") && open.n && str_trim(rest).n &&
			 str_trim(rest).p[0] == 'i')
			open.p[open.n - 1] = lines->p[i];
	}
	return open;
}

unsigned audit_define_end(struct audit *a, struct place at)
{
	const struct strs *lines = audit_lines(a, at.file);
	unsigned depth = 0;

	for (size_t i = at.line ? at.line - 1 : 0; i < lines->n; i++) {
		struct str rest = lines->p[i], word;

		if (!str_word(&rest, &word))
			continue;
		if (str_is(word, "define") ||
		    (str_is(word, "override") && str_starts(str_trim(rest), S("define "))))
			depth++;
		else if (str_is(word, "endef") && --depth == 0)
			return (unsigned)i + 1;
		if (!depth)
			break;
	}
	return at.line;
}

bool audit_text_sets(struct str text, struct str name)
{
	struct str line;
	struct written w;

	while (str_split(&text, '\n', &line))
		if (str_find(line, name) >= 0 && split_assignment(line, &w) && str_eq(w.name, name))
			return true;
	return false;
}

bool audit_block_sets(struct audit *a, const struct device_model *d, struct str name)
{
	if (d->define && audit_text_sets(d->define->value, name))
		return true;
	for (size_t i = 0; i < d->parents.n; i++) {
		const struct setting *s = model_last(a->model, d->parents.p[i]);

		if (s && audit_text_sets(s->value, name))
			return true;
	}
	return false;
}

unsigned audit_distance(struct str x, struct str y, unsigned most)
{
	unsigned row[2][64];

	if (x.n >= 64 || y.n >= 64 || (x.n > y.n ? x.n - y.n : y.n - x.n) > most)
		return most + 1;
	for (size_t k = 0; k <= y.n; k++)
		row[0][k] = (unsigned)k;
	for (size_t i = 1; i <= x.n; i++) {
		unsigned *above = row[(i - 1) % 2], *here = row[i % 2],
			 least = here[0] = (unsigned)i;

		for (size_t k = 1; k <= y.n; k++) {
			unsigned d = above[k - 1] + (x.p[i - 1] != y.p[k - 1]);

			d = above[k] + 1 < d ? above[k] + 1 : d;
			here[k] = here[k - 1] + 1 < d ? here[k - 1] + 1 : d;
			least = here[k] < least ? here[k] : least;
		}
		if (least > most)
			return most + 1;
	}
	return row[x.n % 2][y.n] > most ? most + 1 : row[x.n % 2][y.n];
}
