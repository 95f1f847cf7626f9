/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads sed scripts. Whatever is wrong or unknown in one makes the real sed say so. */
#include "applet/sed.h"

static int peek(const struct sed *s)
{
	return s->at < s->script.n ? (unsigned char)s->script.p[s->at] : -1;
}

static int next(struct sed *s)
{
	return s->at < s->script.n ? (unsigned char)s->script.p[s->at++] : -1;
}

static void skip_blanks(struct sed *s)
{
	while (peek(s) == ' ' || peek(s) == '\t')
		s->at++;
}

static void skip_space(struct sed *s)
{
	while (peek(s) == ' ' || (peek(s) >= '\t' && peek(s) <= '\r') || peek(s) == ';')
		s->at++;
}

static bool number(struct sed *s, uint64_t *out)
{
	size_t from = s->at;

	while (peek(s) >= '0' && peek(s) <= '9')
		s->at++;
	return str_number(str_sub(s->script, from, s->at - from), 10, out);
}

static int hex_value(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \a \f \r \t \v \xHH as the byte they mean: C is behind the backslash. False: none of these. */
static bool plain_escape(struct str t, size_t *i, char *out)
{
	static const char letters[] = "afrtv", values[] = "\a\f\r\t\v";
	char c = t.p[*i];
	const char *at = c ? strchr(letters, c) : NULL;
	int v;

	if (at) {
		*out = values[at - letters];
		++*i;
		return true;
	}
	if (c != 'x' || *i + 1 >= t.n || hex_value(t.p[*i + 1]) < 0)
		return false;
	v = hex_value(t.p[++*i]);
	if (++*i < t.n && hex_value(t.p[*i]) >= 0)
		v = v * 16 + hex_value(t.p[(*i)++]);
	*out = (char)v;
	return true;
}

/* A bracket expression at I is copied with its escapes resolved. */
static void copy_bracket(struct buf *out, struct str t, size_t *i)
{
	size_t from = *i;
	char c, resolved;

	buf_char(out, t.p[(*i)++]);
	if (*i < t.n && t.p[*i] == '^')
		buf_char(out, t.p[(*i)++]);
	from = *i;
	while (*i < t.n && (t.p[*i] != ']' || *i == from)) {
		c = t.p[(*i)++];
		if (c == '[' && *i < t.n && strchr(".:=", t.p[*i])) {
			char close[2] = {t.p[*i], ']'};
			ptrdiff_t n = str_find(str_from(t, *i + 1), (struct str){close, 2});

			buf_char(out, c);
			if (n >= 0) {
				buf_put(out, t.p + *i, (size_t)n + 3);
				*i += (size_t)n + 3;
			}
		} else if (c == '\\' && *i < t.n && t.p[*i] == 'n') {
			buf_char(out, '\n');
			++*i;
		} else if (c == '\\' && *i < t.n && plain_escape(t, i, &resolved)) {
			buf_char(out, resolved);
		} else {
			buf_char(out, c);
		}
	}
	if (*i < t.n)
		buf_char(out, t.p[(*i)++]);
}

/* The pattern as libc takes it; false for escapes that are not known here. */
static bool translate(struct buf *out, struct str t)
{
	char c, resolved;

	for (size_t i = 0; i < t.n;) {
		if (t.p[i] == '[') {
			copy_bracket(out, t, &i);
			continue;
		}
		c = t.p[i++];
		if (c != '\\' || i == t.n) {
			buf_char(out, c);
		} else if (t.p[i] == 'n') {
			buf_char(out, '\n');
			i++;
		} else if (plain_escape(t, &i, &resolved)) {
			if (strchr("$*.[\\]^+?(){}|", resolved))
				return false;
			buf_char(out, resolved);
		} else if (t.p[i] == 'c' || t.p[i] == 'd' || t.p[i] == 'o') {
			return false;
		} else {
			buf_char(out, c);
			buf_char(out, t.p[i++]);
		}
	}
	return true;
}

/* Text up to an unescaped DELIMITER, which is dropped; "\DELIMITER" loses its backslash. */
static bool delimited(struct sed *s, int delimiter, bool regex, struct str *out)
{
	struct buf b = buf_new(s->cx->mem);
	int c;

	while ((c = next(s)) != delimiter) {
		if (c == -1 || c == '\n')
			return false;
		if (c != '\\') {
			buf_char(&b, (char)c);
			continue;
		}
		c = next(s);
		if (c == -1)
			return false;
		/* What an escaped special character as the delimiter means changed between
		 * versions. */
		if (c == delimiter && regex &&
		    (strchr("$*.[]^+?(){}|&n", c) || str_chr(buf_view(&b), '[') >= 0))
			return false;
		if (c == delimiter && !regex && (c == '&' || (c >= '0' && c <= '9')))
			return false;
		if (c != delimiter)
			buf_char(&b, '\\');
		buf_char(&b, (char)c);
	}
	*out = buf_view(&b);
	return true;
}

/* A "^" or "$" within: with -z, where a line may hold newlines, what it matches is a matter of the
 * matcher. */
static bool has_inner_anchor(struct str t)
{
	for (size_t i = 0; i < t.n; i++)
		if ((t.p[i] == '^' && i > 0 && t.p[i - 1] != '[') ||
		    (t.p[i] == '$' && i + 1 < t.n && (i == 0 || t.p[i - 1] != '\\')))
			return true;
	return false;
}

/* The regular expression TEXT; *OUT NULL when it is empty. */
static bool compile(struct sed *s, struct str text, bool any_case, struct regex **out)
{
	struct buf b = buf_new(s->cx->mem);

	*out = NULL;
	if (text.n == 0)
		return !any_case;
	if (!translate(&b, text) || (s->end == '\0' && has_inner_anchor(buf_view(&b))))
		return false;
	*out = arena_make(s->cx->mem, struct regex);
	if (!regex_compile(s->cx->mem, buf_view(&b), s->extended, any_case, *out))
		return false;
	*vec_push(s->cx->mem, &s->regexes) = *out;
	return true;
}

static bool regex_address(struct sed *s, struct address *a)
{
	int delimiter = next(s);
	struct str text;
	bool any_case = false;

	if (delimiter == '\\')
		delimiter = next(s);
	if (delimiter == -1 || delimiter == '\n' || delimiter == '\\' ||
	    !delimited(s, delimiter, true, &text))
		return false;
	if (peek(s) == 'I') {
		any_case = true;
		s->at++;
	}
	a->kind = REGEX;
	/* "//" means the last one used, which may be none: an error in the real one's words. */
	return text.n && peek(s) != 'M' && compile(s, text, any_case, &a->re);
}

/* An address, if there is one. */
static bool address(struct sed *s, struct address *a, bool second)
{
	int c = peek(s);

	if (c == '/' || c == '\\')
		return regex_address(s, a);
	if (c == '$') {
		s->at++;
		a->kind = LAST;
		return true;
	}
	if (second && (c == '+' || c == '~')) {
		s->at++;
		a->kind = c == '+' ? PLUS : MULTIPLE;
		return number(s, &a->n);
	}
	if (c < '0' || c > '9')
		return !second;
	a->kind = LINE;
	if (!number(s, &a->n))
		return false;
	if (peek(s) != '~' || second)
		return true;
	s->at++;
	a->kind = STEP;
	return number(s, &a->step);
}

/* The text of a, i, c: one line behind the letter, or lines behind "\" and a newline. */
static bool text_argument(struct sed *s, struct str *out)
{
	struct buf b = buf_new(s->cx->mem);
	int c;

	skip_blanks(s);
	if (peek(s) == '\\') {
		s->at++;
		skip_blanks(s);
		if (peek(s) == '\n')
			s->at++;
		else
			return false;
	}
	if (peek(s) == -1)
		return false;
	while ((c = next(s)) != -1 && c != '\n') {
		if (c == '\\') {
			c = next(s);
			if (c == -1)
				break;
			/* Letters after a backslash may mean characters. */
			if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
				return false;
		}
		buf_char(&b, (char)c);
	}
	buf_char(&b, '\n');
	*out = buf_view(&b);
	return true;
}

static struct str rest_of_line(struct sed *s)
{
	size_t from;

	skip_blanks(s);
	from = s->at;
	while (peek(s) != -1 && peek(s) != '\n')
		s->at++;
	return str_sub(s->script, from, s->at - from);
}

static struct str label(struct sed *s)
{
	size_t from;

	skip_blanks(s);
	from = s->at;
	while (peek(s) != -1 && peek(s) != '\n' && peek(s) != ';' && peek(s) != ' ' &&
	       peek(s) != '}')
		s->at++;
	return str_sub(s->script, from, s->at - from);
}

/* What cannot be opened stops the real one when others have been emptied. */
static bool can_open(struct sed *s, const struct sed_output *o)
{
	return o->name.n > 0 && (o->to != TO_FILE || applet_creatable(s->cx, o->name) == 0);
}

static struct sed_output *output(struct sed *s, struct str name)
{
	struct sed_output *o;

	for (size_t i = 0; i < s->outputs.n; i++)
		if (str_eq(s->outputs.p[i]->name, name))
			return s->outputs.p[i];
	o = arena_make(s->cx->mem, struct sed_output);
	o->name = name;
	o->text = buf_new(s->cx->mem);
	o->to = str_is(name, "/dev/stdout")   ? TO_OUT
		: str_is(name, "/dev/stderr") ? TO_ERR
					      : TO_FILE;
	*vec_push(s->cx->mem, &s->outputs) = o;
	return o;
}

/* TEXT and GROUP with the case that LAST says; what is said of one letter holds for this piece
 * only. */
static void piece(struct sed *s, struct sed_command *c, struct buf *text, int group,
		  struct sed_piece *last)
{
	last->text = buf_view(text);
	last->group = group;
	*vec_push(s->cx->mem, &c->pieces) = *last;
	last->first = 0;
	*text = buf_new(s->cx->mem);
}

/* \U, \L, \E, \u, \l: how the pieces behind are written. */
static void set_case(struct sed *s, struct sed_command *c, struct buf *text, struct sed_piece *last,
		     char how)
{
	piece(s, c, text, -1, last);
	if (how == 'u' || how == 'l')
		last->first = how;
	else
		last->letters = how == 'E' ? 0 : how;
}

static bool replacement(struct sed *s, struct sed_command *c, struct str t)
{
	struct buf text = buf_new(s->cx->mem);
	struct sed_piece last = {.group = -1};
	char v;

	for (size_t i = 0; i < t.n;) {
		char ch = t.p[i++];

		if (ch == '&') {
			piece(s, c, &text, 0, &last);
			continue;
		}
		if (ch != '\\' || i == t.n) {
			buf_char(&text, ch);
			continue;
		}
		if (t.p[i] >= '0' && t.p[i] <= '9') {
			piece(s, c, &text, t.p[i++] - '0', &last);
		} else if (t.p[i] == 'n') {
			buf_char(&text, '\n');
			i++;
		} else if (plain_escape(t, &i, &v)) {
			if (v == '&' || v == '\\')
				return false;
			buf_char(&text, v);
		} else if (t.p[i] && strchr("LUluE", t.p[i])) {
			set_case(s, c, &text, &last, t.p[i++]);
		} else if (strchr("cdo", t.p[i])) {
			return false;
		} else {
			buf_char(&text, t.p[i++]);
		}
	}
	piece(s, c, &text, -1, &last);
	return true;
}

static bool flags(struct sed *s, struct sed_command *c, bool *any_case)
{
	for (;;)
		switch (peek(s)) {
		case 'g': case 'p':
			if (peek(s) == 'g' ? c->global : c->print)
				return false; /* an error */
			*(peek(s) == 'g' ? &c->global : &c->print) = true;
			s->at++;
			break;
		case 'i': case 'I': *any_case = true; s->at++; break;
		case 'w':
			s->at++;
			c->out = output(s, rest_of_line(s));
			return can_open(s, c->out);
		case '0': case '1': case '2': case '3': case '4':
		case '5': case '6': case '7': case '8': case '9':
			if (c->number || !number(s, &c->number) || c->number == 0)
				return false;
			break;
		case 'e': case 'm': case 'M': return false;
		default: return true;
		}
}

static bool substitution(struct sed *s, struct sed_command *c)
{
	struct str pattern, text;
	const struct regex *re;
	bool any_case = false;
	int delimiter = next(s);

	if (delimiter == -1 || delimiter == '\n' || delimiter == '\\' ||
	    !delimited(s, delimiter, true, &pattern) || !delimited(s, delimiter, false, &text) ||
	    !replacement(s, c, text) || !flags(s, c, &any_case) ||
	    !compile(s, pattern, any_case, &c->re))
		return false;
	/* As above, but for /X/s//Y/. */
	if (!c->re && (c->a.kind != REGEX || c->b.kind != NO_ADDRESS || c->negated))
		return false;
	re = c->re ? c->re : c->a.re;
	for (size_t i = 0; i < c->pieces.n; i++)
		if (re && c->pieces.p[i].group > (int)re->re.re_nsub)
			return false;
	return true;
}

/* y's strings: "\\", "\n" and the escaped delimiter; other escapes are errors. */
static bool plain_text(struct sed *s, struct str t, struct str *out)
{
	struct buf b = buf_new(s->cx->mem);

	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (c == '\\') {
			if (++i == t.n || (t.p[i] != '\\' && t.p[i] != 'n'))
				return false;
			c = t.p[i] == 'n' ? '\n' : '\\';
		}
		buf_char(&b, c);
	}
	*out = buf_view(&b);
	return true;
}

static bool transliteration(struct sed *s, struct sed_command *c)
{
	int delimiter = next(s);
	struct str from, to;

	if (delimiter == -1 || delimiter == '\n' || delimiter == '\\' ||
	    !delimited(s, delimiter, false, &from) || !delimited(s, delimiter, false, &to) ||
	    !plain_text(s, from, &from) || !plain_text(s, to, &to) || from.n != to.n)
		return false;
	for (int i = 0; i < 256; i++)
		c->map[i] = (unsigned char)i;
	for (size_t i = 1; i < from.n; i++)
		if (str_chr(str_sub(from, 0, i), from.p[i]) >= 0)
			return false; /* which one counts is a matter of the locale */
	for (size_t i = from.n; i > 0; i--)
		c->map[(unsigned char)from.p[i - 1]] = (unsigned char)to.p[i - 1];
	return true;
}

/* What follows the command's letter. */
static bool arguments(struct sed *s, struct sed_command *c)
{
	uint64_t status = 0;

	switch (c->name) {
	case 'a': case 'i': case 'c': return s->end == '\n' && text_argument(s, &c->text);
	case 's': return substitution(s, c);
	case 'y': return transliteration(s, c);
	case 'r': c->text = rest_of_line(s); return c->text.n > 0;
	case 'w': c->out = output(s, rest_of_line(s)); return can_open(s, c->out);
	case 'b': case 't': case 'T': c->text = label(s); return true;
	case ':':
		c->text = label(s);
		return c->text.n > 0 && c->a.kind == NO_ADDRESS && peek(s) != '}';
	case 'q': case 'Q':
		skip_blanks(s);
		if (peek(s) >= '0' && peek(s) <= '9' && !number(s, &status))
			return false;
		c->exit_status = (int)status;
		return c->b.kind == NO_ADDRESS && status < 256;
	case '}': return c->a.kind == NO_ADDRESS;
	default: return strchr("{=dDgGhHnNpPxz", c->name) != NULL;
	}
}

/* After a command comes ";", a newline, "}" or a comment. */
static bool command_end(struct sed *s, char name)
{
	int c;

	if (strchr("{aicrw:", name))
		return true;
	skip_blanks(s);
	c = peek(s);
	return c == -1 || c == ';' || c == '\n' || c == '}' || c == '#';
}

static bool command(struct sed *s)
{
	struct sed_command c = {0};
	int name;

	if (!address(s, &c.a, false))
		return false;
	skip_blanks(s);
	if (c.a.kind && peek(s) == ',') {
		s->at++;
		skip_blanks(s);
		if (!address(s, &c.b, true))
			return false;
		skip_blanks(s);
	}
	if (c.a.kind == LINE && c.a.n == 0) {
		if (c.b.kind != REGEX)
			return false;
		c.range = ACTIVE;
	}
	while (peek(s) == '!' || (c.negated && peek(s) == ' ')) {
		if (peek(s) == '!' && c.negated)
			return false;
		c.negated = true;
		s->at++;
	}
	name = next(s);
	if (name <= 0)
		return false;
	c.name = (char)name;
	if (!arguments(s, &c) || !command_end(s, c.name))
		return false;
	*vec_push(s->cx->mem, &s->commands) = c;
	return true;
}

static bool link_blocks(struct sed *s)
{
	VEC(size_t) open = {0};

	for (size_t i = 0; i < s->commands.n; i++) {
		if (s->commands.p[i].name == '{')
			*vec_push(s->cx->mem, &open) = i;
		if (s->commands.p[i].name != '}')
			continue;
		if (open.n == 0)
			return false;
		s->commands.p[open.p[--open.n]].target = i + 1;
	}
	return open.n == 0;
}

static bool link_labels(struct sed *s)
{
	for (size_t i = 0; i < s->commands.n; i++) {
		struct sed_command *c = &s->commands.p[i];
		size_t k = 0;

		if (!strchr("btT", c->name))
			continue;
		c->target = s->commands.n;
		if (c->text.n == 0)
			continue;
		while (k < s->commands.n && !(s->commands.p[k].name == ':' &&
					      str_eq(s->commands.p[k].text, c->text)))
			k++;
		if (k == s->commands.n)
			return false;
		c->target = k;
	}
	return true;
}

bool sed_parse(struct sed *s)
{
	/* whatever the comment goes on with */
	if (str_starts(s->script, S("#n")))
		s->quiet = true;
	for (;;) {
		skip_space(s);
		if (peek(s) == -1)
			break;
		if (peek(s) == '#')
			rest_of_line(s);
		else if (!command(s))
			return false;
	}
	return link_blocks(s) && link_labels(s);
}
