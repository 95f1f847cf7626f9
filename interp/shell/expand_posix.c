/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How dash expands a word: all of it into one string, in which ESCAPE stands before what was quoted
 * and MARK where quotes were, with a list of the regions that came from expansions; then that
 * string is split in those regions only, and each field is a pattern. That string shows:
 * ${x#pattern} works on it, and an empty "" is a field because of its marks
 * (tests/shell/expand-posix*.sh).
 */
#include <string.h>

#include "shell/expand_posix.h"

static void put_mark(struct posix *e, unsigned flags)
{
	if (flags & ESCAPES)
		buf_char(&e->text, MARK);
}

bool posix_special(char c, bool quoted)
{
	return (c >= ESCAPE && c <= MARK) || (quoted && c && strchr("!*?[=~:/-]\\", c));
}

void posix_put(struct posix *e, struct str s, unsigned flags)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((flags & ESCAPES) && posix_special(s.p[i], flags & X_QUOTED))
			buf_char(&e->text, ESCAPE);
		buf_char(&e->text, s.p[i]);
	}
}

/* --- regions --- */

void posix_region(struct posix *e, size_t from, bool nul_only)
{
	*vec_push(e->sh->tmp, &e->regions) = (struct region){from, e->text.n, nul_only};
}

void posix_drop_regions(struct posix *e, size_t from)
{
	struct region *r = e->regions.p;
	size_t last = 0;

	if (e->regions.n == 0)
		return;
	if (r[0].to > from) {
		e->regions.n = r[0].from <= from;
		r[0].to = from;
		return;
	}
	while (last + 1 < e->regions.n && r[last + 1].from < from)
		last++;
	e->regions.n = last + 1;
	if (r[last].to > from)
		r[last].to = from;
}

/* --- text --- */

/* A tilde at the start of S, which goes on after it unless LAST: put what it stands for; its
 * length, or 0. */
static size_t put_tilde(struct posix *e, struct str s, bool last, unsigned flags)
{
	size_t n = 1;
	struct str home;

	while (n < s.n && s.p[n] != '/' && !(s.p[n] == ':' && (flags & X_ASSIGN)))
		n++;
	if (n == s.n && !last)
		return 0;
	home = home_of(e->sh, str_sub(s, 1, n - 1));
	if (!home.p)
		return 0;
	posix_put(e, home, flags | X_QUOTED);
	return n;
}

static void put_plain(struct posix *e, struct str s, unsigned flags)
{
	size_t from = e->text.n;

	posix_put(e, s, flags & ~(unsigned)X_QUOTED);
	if ((flags & X_WORD) && !(flags & X_QUOTED) && s.n)
		posix_region(e, from, false);
}

/* Unquoted text; TILDE: one at its start counts. */
static void put_text(struct posix *e, const struct word *w, size_t i, unsigned flags, bool tilde)
{
	struct str s = w->parts[i].text;
	bool last = i + 1 == w->n;

	if (tilde && s.n && s.p[0] == '~')
		s = str_from(s, put_tilde(e, s, last, flags));
	for (size_t k = 0; (flags & X_ASSIGN) && k + 1 < s.n;) {
		if (s.p[k] != ':' || s.p[k + 1] != '~') {
			k++;
			continue;
		}
		put_plain(e, str_sub(s, 0, k + 1), flags);
		s = str_from(s, k + 1);
		k = put_tilde(e, s, last, flags);
		s = str_from(s, k);
		k = k == 0;
	}
	put_plain(e, s, flags);
}

static void put_quoted(struct posix *e, const struct part *part, unsigned flags)
{
	if (part->how == QUOTED_SINGLE)
		put_mark(e, flags);
	for (size_t i = 0; i < part->text.n; i++) {
		char c = part->text.p[i];

		if ((flags & ESCAPES) && (part->how == QUOTED_ESCAPE || posix_special(c, true)))
			buf_char(&e->text, ESCAPE);
		buf_char(&e->text, c);
	}
	if (part->how == QUOTED_SINGLE)
		put_mark(e, flags);
}

/* --- substitutions --- */

static bool put_arith(struct posix *e, const struct word *w, unsigned flags)
{
	size_t from = e->text.n;
	int64_t value;
	struct str text;

	if (!posix_word(e, w, 0))
		return false;
	text = str_dup(e->sh->tmp, str_from(buf_view(&e->text), from));
	e->text.n = from;
	posix_drop_regions(e, from);
	if (!arith_eval(e->sh, text, &value))
		return false;
	posix_put(e, str_fmt(e->sh->tmp, "%lld", (long long)value), flags);
	if (!(flags & X_QUOTED))
		posix_region(e, from, false);
	return true;
}

static bool put_command(struct posix *e, const struct node *command, unsigned flags)
{
	size_t from = e->text.n;
	struct str text;

	if (!command_value(e->sh, command, &text))
		return false;
	posix_put(e, text, flags);
	if (!(flags & X_QUOTED))
		posix_region(e, from, false);
	return true;
}

/* "$@" and nothing else: its quotes leave no marks, so that without parameters nothing is left. */
static bool is_all_alone(const struct word *w, size_t i)
{
	const struct part *p = w->parts + i;

	return i + 2 < w->n && p[1].kind == PART_PARAM && str_is(p[1].param->name, "@") &&
	       p[1].param->op == PARAM_PLAIN && p[2].kind == PART_QUOTED && p[2].how == QUOTED_MARK;
}

bool posix_word(struct posix *e, const struct word *w, unsigned flags)
{
	bool quotes = false, tilde = flags & X_TILDE;

	flags &= ~(unsigned)X_TILDE;
	for (size_t i = 0; i < w->n; i++) {
		const struct part *part = &w->parts[i];
		unsigned now = flags | (quotes ? X_QUOTED : 0);
		bool good = true;

		switch (part->kind) {
		case PART_TEXT: put_text(e, w, i, now, tilde && i == 0); break;
		case PART_QUOTED:
			if (part->how != QUOTED_MARK) {
				put_quoted(e, part, now);
			} else if (!quotes && is_all_alone(w, i)) {
				good = posix_param(e, w->parts[i + 1].param, flags | X_QUOTED);
				i += 2;
			} else {
				quotes = !quotes;
				put_mark(e, now);
			}
			break;
		case PART_PARAM: good = posix_param(e, part->param, now); break;
		case PART_COMMAND: good = put_command(e, part->command, now); break;
		case PART_ARITH: good = put_arith(e, part->arith, now); break;
		}
		if (!good)
			return false;
	}
	return true;
}

/* --- fields --- */

struct str posix_unescape(struct shell *sh, struct str s)
{
	struct buf out = buf_new(sh->tmp);

	if (str_chr(s, ESCAPE) < 0 && str_chr(s, MARK) < 0)
		return s;
	buf_put(&out, "", 0);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == MARK)
			continue;
		if (s.p[i] == ESCAPE && ++i == s.n)
			break;
		buf_char(&out, s.p[i]);
	}
	return out.n ? buf_view(&out) : S("");
}

/* A backslash before what ESCAPE protects, unless an active one stands there. */
struct str posix_pattern_of(struct shell *sh, struct str s)
{
	struct buf out = buf_new(sh->tmp);
	bool active = false; /* a backslash that was not quoted is before us */

	buf_put(&out, "", 0);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == MARK) {
			active = false;
			continue;
		}
		if (s.p[i] == '\\') {
			active = true;
			buf_char(&out, '\\');
			continue;
		}
		if (s.p[i] == ESCAPE) {
			if (++i == s.n)
				break;
			if (!active && s.p[i] != '/') /* a slash parts folders, quoted or not */
				buf_char(&out, '\\');
		}
		active = false;
		buf_char(&out, s.p[i]);
	}
	return out.n ? buf_view(&out) : S("");
}

static void put_field(struct posix *e, struct strs *out, size_t from, size_t to)
{
	struct shell *sh = e->sh;
	struct str s = str_sub(e->text.n ? buf_view(&e->text) : S(""), from, to - from);
	ptrdiff_t end = str_chr(s, '\0');

	s = end < 0 ? s : str_sub(s, 0, (size_t)end);
	if (!e->literal && !(sh->options & OPT_NOGLOB) &&
	    (str_chr(s, '*') >= 0 || str_chr(s, '?') >= 0 || str_chr(s, '[') >= 0)) {
		struct str pattern = posix_caret(sh, posix_pattern_of(sh, s));

		if (pattern_special(pattern) && glob_expand(sh, pattern, out))
			return;
	}
	s = posix_unescape(sh, s);
	*vec_push(sh->tmp, out) = s.n ? str_dup(sh->tmp, s) : S("");
}

static bool is_blank(char c)
{
	return !c || c == ' ' || c == '\t' || c == '\n';
}

/* Where split() is. */
struct splitter {
	struct posix *e;
	struct strs *out;
	struct str ifs;
	/* of the field; CUT: in the last one, what may be blanks at its end; SIZE_MAX: nothing */
	size_t start, cut;
	size_t most;	   /* fields to come; SIZE_MAX: any number */
	bool blanks;	   /* the last field was ended by white space */
	bool after_nul, nul_only;
};

/* The byte C, which stands from AT to NEXT, is in a region. */
static void split_byte(struct splitter *s, char c, size_t at, size_t next)
{
	bool found = !c || (!s->nul_only && str_chr(s->ifs, c) >= 0), blank = found && is_blank(c);

	if (s->most == 0) { /* all that is left, but for the blanks at its end */
		if (blank) {
			s->cut = s->cut == SIZE_MAX ? at : s->cut;
			return;
		}
		if (!(found && s->blanks))
			s->cut = SIZE_MAX;
		s->blanks = false;
		return;
	}
	if (s->blanks) {
		s->start = found ? next : at;
		if (blank)
			return;
		found = false;
	}
	if (!found) {
		s->blanks = false;
		return;
	}
	if (!s->after_nul && !s->nul_only)
		s->blanks = blank;
	if (at == s->start && s->blanks) {
		s->start = next;
		s->blanks = false;
		return;
	}
	if (s->most != SIZE_MAX && --s->most == 0) {
		s->cut = at;
		return;
	}
	put_field(s->e, s->out, s->start, at);
	s->start = next;
}

/*
 * Split where the regions say. A field ended by white space swallows what follows it of IFS; which
 * does not reach from one region into the next, though a NUL between parameters ends a field like
 * white space.
 */
static void split(struct posix *e, struct strs *out, size_t most)
{
	struct splitter s = {
	    .e = e, .out = out, .ifs = ifs_value(e->sh), .cut = SIZE_MAX, .most = most};
	size_t end;

	for (size_t k = 0; k < e->regions.n; k++) {
		const struct region *r = &e->regions.p[k];

		s.after_nul = s.nul_only;
		s.nul_only = r->nul_only;
		s.blanks = false;
		for (size_t i = r->from; i < r->to;) {
			size_t at = i;
			char c = e->text.p[i++];

			if (c == ESCAPE && i < e->text.n)
				c = e->text.p[i++];
			split_byte(&s, c, at, i);
		}
	}
	end = s.cut == SIZE_MAX ? e->text.n : s.cut;
	if (s.nul_only || (s.start < end && e->text.p[s.start]))
		put_field(e, out, s.start, end);
}

/* --- the ways in --- */

bool posix_fields(struct shell *sh, const struct word *w, struct strs *out)
{
	struct posix e = {.sh = sh, .text = buf_new(sh->tmp)};

	if (!posix_word(&e, w, X_FULL | X_TILDE))
		return false;
	split(&e, out, SIZE_MAX);
	return true;
}

void posix_read(struct shell *sh, struct str text, const char *escaped, size_t most,
		struct strs *out)
{
	struct posix e = {.sh = sh, .text = buf_new(sh->tmp), .literal = true};
	size_t from = 0;

	for (size_t i = 0; i < text.n; i++) {
		if (escaped[i])
			posix_region(&e, from, false);
		posix_put(&e, str_sub(text, i, 1), X_FULL);
		if (escaped[i])
			from = e.text.n;
	}
	posix_region(&e, from, false);
	split(&e, out, most);
}

bool posix_string(struct shell *sh, const struct word *w, unsigned flags, struct str *out)
{
	struct posix e = {.sh = sh, .text = buf_new(sh->tmp)};
	bool good = posix_word(&e, w, flags);

	*out = e.text.n ? buf_view(&e.text) : S("");
	if (flags & X_CASE)
		*out = posix_caret(sh, posix_pattern_of(sh, *out));
	return good;
}
