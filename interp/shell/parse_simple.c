/* SPDX-License-Identifier: GPL-2.0-only */
/* Parsing simple commands and [[ ]]. */
#include <string.h>

#include "shell/builtin.h"
#include "shell/parse.h"

/* --- assignments --- */

/* The length of NAME= or NAME+= at P; 0: none. An index is left to assignment(). */
static size_t assign_length(struct parser *p, bool *indexed)
{
	size_t n = lex_name(p, 0);

	*indexed = n && parse_bash(p) && parse_char(p, n) == '[';
	if (*indexed)
		return n;
	if (n && parse_char(p, n) == '=')
		return n + 1;
	if (n && parse_bash(p) && parse_char(p, n) == '+' && parse_char(p, n + 1) == '=')
		return n + 2;
	return 0;
}

/* "[index]=" or "[index]+="; false (and nothing consumed) when it is something else: END, where
 * that index does. */
static bool take_index(struct parser *p, struct assign *a, size_t *end)
{
	size_t pos = p->pos, rewrites = p->rewrites.n;
	unsigned line = p->line;

	p->pos++;
	a->index = lex_word(p, WORD_INDEX);
	*end = p->pos;
	if (parse_char(p, 0) == ']') {
		p->pos++;
		a->append = parse_char(p, 0) == '+';
		p->pos += a->append;
		if (parse_char(p, 0) == '=') {
			p->pos++;
			lex_check_index(p, a->index);
			return true;
		}
	}
	p->pos = pos;
	p->line = line;
	p->rewrites.n = rewrites;
	a->index = NULL;
	a->append = false;
	return false;
}

/* The same of an item of an array; bash reads on to the bracket of what is none. */
static bool item_index(struct parser *p, struct assign *item)
{
	size_t end;

	if (parse_char(p, 0) != '[')
		return false;
	if (take_index(p, item, &end))
		return true;
	for (size_t i = p->pos; i < end; i++)
		if (lex_is_meta((unsigned char)p->text.p[i]))
			parse_stop(p, "blank in an index");
	return false;
}

/*
 * bash loses the backslash of $(x=(\')), and reads on from there; $'..' it writes anew, with such.
 */
static void check_item(struct parser *p, const struct word *w)
{
	if (parse_bash(p) && p->substitutions && str_find(w->source, S("$'")) >= 0 &&
	    str_chr(w->source, '\\') >= 0)
		parse_stop(p, "backslash in an array");
	for (size_t i = 0; parse_bash(p) && p->substitutions && i < w->n; i++)
		if (w->parts[i].kind == PART_QUOTED && w->parts[i].how == QUOTED_ESCAPE)
			parse_stop(p, "backslash in an array");
}

struct items {
	struct assign *p;
	size_t n, cap;
};

/* What braces make of the word at P. */
static void put_items(struct parser *p, struct items *items)
{
	const struct word *written = lex_word(p, WORD_NORMAL);
	struct words words = {0};

	brace_expand(p, written, &words);
	for (size_t i = 0; i < words.n; i++) {
		check_item(p, words.p[i]);
		*vec_push(p->mem, items) =
		    (struct assign){.value = words.p[i],
				    .written = i || words.n == 1 ? NULL : written,
				    .of_braces = i > 0};
	}
}

/* [i]=VALUE at POS, on the line AT, is several words, and no assignment, when braces make them. */
static bool braced_item(struct parser *p, const struct word *value, size_t pos, unsigned at,
			struct items *items)
{
	struct words words = {0};
	size_t rewrites = p->rewrites.n;

	if (str_chr(value->source, '{') < 0)
		return false;
	brace_expand(p, value, &words);
	p->rewrites.n = rewrites;
	if (words.n < 2)
		return false;
	p->pos = pos;
	p->line = at;
	put_items(p, items);
	return true;
}

static void array_items(struct parser *p, struct assign *a)
{
	struct items items = {0};
	unsigned line = p->line;
	unsigned in_array = p->in_array;

	p->pos++;
	p->in_array = p->substitutions + 1;
	a->array = true;
	for (;;) {
		struct assign item = {0};
		size_t pos;
		unsigned at;

		while (lex_peek(p) == T_NEWLINE)
			lex_take(p, T_NEWLINE);
		if (lex_peek(p) == T_RPAREN)
			break;
		if (lex_peek(p) == T_END) {
			p->starts_anew = p->array_open = true;
			parse_unclosed(p, ')', line);
		}
		if (lex_peek(p) != T_WORD)
			parse_stop(p, "syntax error");
		pos = p->pos;
		at = p->line;
		if (item_index(p, &item)) {
			item.value = lex_word(p, WORD_NORMAL);
			if (braced_item(p, item.value, pos, at, &items))
				continue;
			check_item(p, item.value);
			*vec_push(p->mem, &items) = item;
			continue;
		}
		put_items(p, &items);
	}
	lex_take(p, T_RPAREN);
	p->in_array = in_array;
	if (!lex_is_meta(parse_char(p, 0)))
		parse_stop(p, "text behind an array");
	a->items = items.p;
	a->nitems = items.n;
}

/* Does the prompt S ask for the number of the command, the terminal or a time? */
static bool counts_prompt(struct str s)
{
	static const char letters[] = "#!lD";

	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] == '\\' && strchr(letters, s.p[i + 1]))
			return true;
	return false;
}

/* An assignment at P, or false with nothing consumed but where an index ends. ARRAYS: it may be
 * one of x=(..). */
static bool assignment(struct parser *p, struct assign *a, bool arrays)
{
	bool indexed;
	size_t n = assign_length(p, &indexed), end;

	size_t start = p->pos;

	*a = (struct assign){0};
	if (n == 0)
		return false;
	a->name = str_sub(p->text, p->pos, lex_name(p, 0));
	if (indexed) {
		p->pos += n;
		if (!take_index(p, a, &end)) {
			p->pos -= n;
			p->index_end = end;
			return false;
		}
	} else {
		a->append = parse_char(p, n - 2) == '+';
		p->pos += n;
	}
	if (parse_bash(p) && parse_char(p, 0) == '(' && !a->index) {
		if (!arrays) {
			p->pos = start;
			return false;
		}
		array_items(p, a);
	} else {
		a->value = lex_word(p, WORD_NORMAL);
	}
	if (parse_bash(p) && lex_changes_shell(a->name))
		parse_stop(p, "a variable that changes the shell");
	if (parse_bash(p) && str_is(a->name, "PS4") && a->value && counts_prompt(a->value->source))
		parse_stop(p, "PS4 that counts commands");
	a->source = str_sub(p->text, start, p->pos - start);
	return true;
}

/* --- the simple command --- */

struct simple {
	VEC(struct assign) assigns;
	struct words words;
	VEC(const struct assign *) word_assigns; /* parallel to words, once there is one */
	struct redir *first, **end;
	bool has_word_assign;
	bool nassigns_first, redir_first; /* what the command begins with */
	bool misread;			  /* which its first word does not count as */
};

static bool is_declare(struct parser *p, const struct simple *s)
{
	const struct builtin *b;

	if (!parse_bash(p) || !s->words.n || !s->words.p[0]->plain)
		return false;
	b = builtin_row(p->dialect, s->words.p[0]->fixed);
	return b && (b->flags & BUILTIN_DECLARE);
}

/* In "declare x[$i]=~" bash takes that for a home. */
static void check_declared_tilde(struct parser *p, const struct word *w)
{
	if (!w->plain && str_chr(w->source, '[') > 0 && str_find(w->source, S("]")) >= 0 &&
	    str_chr(w->source, '=') >= 0 && str_chr(w->source, '~') >= 0)
		parse_stop(p, "a tilde behind an index");
}

/* An assignment before `local`, or before `declare` that does not export, is bash's alone. */
static void check_declaration(struct parser *p, const struct words *words)
{
	struct str name = words->p[0]->fixed, option = words->n > 1 ? words->p[1]->source : S("");

	if (str_is(name, "export") || str_is(name, "readonly"))
		return;
	if (str_is(name, "local") || !str_starts(option, S("-")) || str_chr(option, 'x') < 0)
		parse_stop(p, "assignment before a declaration");
}

/* Does S name NAME? */
static bool mentions(struct str s, struct str name)
{
	ptrdiff_t at;

	for (; at = str_find(s, name), at >= 0; s = str_from(s, (size_t)at + name.n)) {
		struct parser here = {.text = s, .pos = (size_t)at};

		if (lex_name(&here, 0) == name.n &&
		    !(at && lex_name(&(struct parser){.text = s, .pos = (size_t)at - 1}, 0)))
			return true;
	}
	return false;
}

/* May the expansion of W be an error? */
static bool may_fail(const struct word *w)
{
	for (size_t i = 0; w && i < w->n; i++) {
		const struct param *p = w->parts[i].kind == PART_PARAM ? w->parts[i].param : NULL;

		if (w->parts[i].kind == PART_ARITH ||
		    (p && (p->op == PARAM_ERROR || p->op == PARAM_ASSIGN || p->op == PARAM_SLICE ||
			   p->index || p->indirect || may_fail(p->arg) || may_fail(p->arg2))))
			return true;
	}
	return false;
}

/*
 * "a=1 b=$(..$a..) command": whether bash sees the new a there depends on the commands; and "a=1
 * b=$((a=2)) command" changes both. Behind an error in the second one what -c and eval are given
 * goes on with the first one made, for the next command.
 */
static void check_assigns(struct parser *p, const struct simple *s)
{
	for (size_t i = 1; parse_bash(p) && s->words.n && i < s->assigns.n; i++) {
		const struct word *w = s->assigns.p[i].value;
		struct str source = w ? w->source : S("");
		bool commands = str_find(source, S("$(")) >= 0 || str_chr(source, '`') >= 0;

		for (size_t k = 0; commands && k < i; k++)
			if (mentions(source, s->assigns.p[k].name))
				parse_stop(p, "assignments that see each other");
		if (!p->runs && may_fail(w))
			parse_stop(p, "an assignment that may be wrong behind others");
	}
}

/* {x}>file: bash finds a free descriptor. */
static void check_descriptor(struct parser *p, struct str s)
{
	int c = parse_char(p, 0);

	if (parse_bash(p) && (c == '<' || c == '>') && s.n > 2 && s.p[0] == '{' &&
	    s.p[s.n - 1] == '}' && is_name(str_sub(s, 1, s.n - 2)))
		parse_stop(p, "descriptor in a variable");
}

/* S without the ends of lines that a backslash hides. */
static struct str unfolded(struct arena *mem, struct str s)
{
	ptrdiff_t at;

	while ((at = str_find(s, S("\\\n"))) >= 0)
		s = str_cat(mem, str_sub(s, 0, (size_t)at), str_from(s, (size_t)at + 2));
	return s;
}

/* Is SOURCE, on several lines, a reserved word or an assignment once it is put together? */
static bool means_more(struct parser *p, struct str source)
{
	struct str joined;
	size_t n = 0;

	if (str_find(source, S("\\\n")) < 0)
		return false;
	joined = unfolded(p->mem, source);
	if (reserved_is(p->dialect, joined))
		return true;
	while (n < joined.n && is_name(str_sub(joined, 0, n + 1)))
		n++;
	return n && n < joined.n && strchr("=+[", joined.p[n]);
}

/* bash reads the command in $(..) once more as it writes it, the redirections behind the words:
 * "<x then" as "then <x". */
static bool reads_otherwise(const struct parser *p, const struct simple *s, struct str source)
{
	return parse_bash(p) && p->substitutions && s->redir_first && !s->words.n &&
	       !s->nassigns_first && reserved_is(p->dialect, source);
}

/* bash has read the index behind a name that begins a command, if the word is no assignment. */
static const struct word *first_word(struct parser *p)
{
	if (p->index_end == p->text.n)
		parse_unclosed(p, ']', p->line);
	return lex_word(p, WORD_NORMAL);
}

static void simple_word(struct parser *p, struct simple *s)
{
	const struct word *word;
	struct assign a;
	size_t pos = p->pos, rewrites = p->rewrites.n;
	unsigned line = p->line;

	p->index_end = 0;
	if (s->words.n == 0 && assignment(p, &a, !s->misread)) {
		*vec_push(p->mem, &s->assigns) = a;
		return;
	}
	if (is_declare(p, s) && assignment(p, &a, !s->misread)) {
		if (a.array) {
			struct assign *kept = arena_make(p->mem, struct assign);
			struct word *name = arena_make(p->mem, struct word);

			*kept = a;
			*name = (struct word){.plain = true, .fixed = a.name, .source = a.name};
			*vec_push(p->mem, &s->words) = name;
			while (s->word_assigns.n + 1 < s->words.n)
				*vec_push(p->mem, &s->word_assigns) = NULL;
			*vec_push(p->mem, &s->word_assigns) = kept;
			s->has_word_assign = true;
			return;
		}
		p->pos = pos;
		p->line = line;
		p->rewrites.n = rewrites;
	}
	p->index_end = s->words.n ? 0 : p->index_end;
	word = p->index_end ? first_word(p) : lex_word(p, WORD_NORMAL);
	/* it may be a reserved word or an assignment, put together */
	if (!s->words.n && means_more(p, word->source))
		parse_stop(p, "a command's name on two lines");
	if (reads_otherwise(p, s, word->source))
		parse_stop(p, "a reserved word behind a redirection in $(..)");
	check_descriptor(p, word->source);
	if (is_declare(p, s))
		check_declared_tilde(p, word);
	brace_expand(p, word, &s->words);
}

/* The line that bash is at once it has read the next token, the end of a line or an operator:
 * behind some of these it has looked at one more character. */
static unsigned line_behind_next(struct parser *p)
{
	enum token t = lex_peek(p);
	unsigned line = p->line;

	if (t == T_SEMI || t == T_DSEMI || t == T_PIPE || t == T_RPAREN)
		for (size_t i = 1 + (t == T_DSEMI); lex_goes_on(p, i); i += 2)
			line++;
	return line;
}

/*
 * bash numbers a command when its first part is read, and for a word only once it saw what is
 * behind that: the end of the next word, or of the here-documents of a line that ends there.
 */
static void number_simple(struct parser *p, struct node *n, const struct simple *s, size_t parts)
{
	bool word = s->words.n && !s->nassigns_first && !s->redir_first;

	if (!parse_bash(p) || parts > 2 || (parts == 2 && !word))
		return;
	n->line = (word && parts == 1 ? line_behind_next(p) : p->line) +
		  (word && parts == 1 && p->cut_off);
	if (parts == 1 && word && lex_peek(p) == T_NEWLINE && p->pending)
		p->late = &n->line;
}

/* dash: the line that the redirection's operator at P ends on; it has looked at what is behind < >
 * << by then. */
static unsigned operator_line(struct parser *p)
{
	size_t n = 0;
	unsigned line = p->line;

	while (parse_char(p, n) >= '0' && parse_char(p, n) <= '9')
		n++;
	n += parse_char(p, n) == '<' && parse_char(p, n + 1) == '<' ? 2 : 1;
	for (; parse_char(p, n) == '\\' && parse_char(p, n + 1) == '\n'; n += 2)
		line++;
	return line;
}

/* dash: a "(" behind a word makes a function of it, whose name this one cannot be. */
static void odd_function(struct parser *p, const struct word *name)
{
	if (str_find(name->source, S("\\\n")) >= 0)
		parse_stop(p, "a name on two lines");
	lex_take(p, T_LPAREN);
	parse_close(p);
	parse_wrong(p, "Bad function name");
}

/* Before a command bash makes a text of x=(a [1]=b), which has one blank between the items. */
static void array_to_text(struct parser *p, struct assign *a)
{
	VEC(struct part) parts = {0};
	struct word *w = arena_make(p->mem, struct word);

	*vec_push(p->mem, &parts) = (struct part){.kind = PART_TEXT, .text = S("(")};
	for (size_t i = 0; i < a->nitems; i++) {
		const struct assign *item = &a->items[i];
		const struct word *value = item->written ? item->written : item->value;

		if (item->of_braces)
			continue;
		if (i)
			*vec_push(p->mem, &parts) =
			    (struct part){.kind = PART_TEXT, .text = S(" ")};
		if (item->index) {
			*vec_push(p->mem, &parts) =
			    (struct part){.kind = PART_TEXT, .text = S("[")};
			for (size_t k = 0; k < item->index->n; k++)
				*vec_push(p->mem, &parts) = item->index->parts[k];
			*vec_push(p->mem, &parts) = (struct part){
			    .kind = PART_TEXT, .text = item->append ? S("]+=") : S("]=")};
		}
		for (size_t k = 0; k < value->n; k++)
			*vec_push(p->mem, &parts) = value->parts[k];
	}
	*vec_push(p->mem, &parts) = (struct part){.kind = PART_TEXT, .text = S(")")};
	*w = (struct word){.parts = parts.p,
			   .n = parts.n,
			   .source = str_fmt(p->mem, "(%.*s)", STR_ARG(items_shown(p->mem, a)))};
	a->array = false;
	a->value = w;
	a->items = NULL;
	a->nitems = 0;
}

/* bash makes redirections of the standard input that stand alone in a process, which goes on with
 * the text behind an error in them. */
static void check_alone(struct parser *p, const struct redir *first)
{
	bool apart = false, fails = false;

	for (const struct redir *r = first; r && parse_bash(p); r = r->next) {
		apart |= r->fd == 0 && r->kind != REDIR_HERE && r->kind != REDIR_HERE_STRING;
		fails |= may_fail(r->target);
	}
	if (apart && fails && !p->runs)
		parse_stop(p, "a redirection alone that may be wrong");
}

const struct node *parse_simple(struct parser *p)
{
	struct node *n = arena_make(p->mem, struct node);
	struct simple s = {0};
	size_t parts = 0;

	n->line = p->line;
	s.end = &s.first;
	p->wants_brace = false;
	lex_peek(p);
	s.misread = lex_misread(p);
	for (;;) {
		enum token t = lex_peek(p);

		if (parts == 0 && t == T_REDIR && !parse_bash(p))
			n->line = operator_line(p);
		if (t == T_WORD) {
			simple_word(p, &s);
			/* where the word ends */
			n->line = parts == 0 && !parse_bash(p) ? p->line : n->line;
		} else if (t == T_REDIR) {
			*s.end = lex_redir(p);
			s.end = &(*s.end)->next;
		} else if (t == T_LPAREN && parse_bash(p) && parts == 1 && s.words.n == 1) {
			return parse_function_named(p, unfolded(p->mem, s.words.p[0]->source));
		} else if (t == T_LPAREN &&
			   parse_bash(p)) { /* dash misses what should follow the command */
			parse_stop(p, "syntax error");
		} else {
			if (t == T_LPAREN && parts == 1 && s.words.n == 1)
				odd_function(p, s.words.p[0]);
			break;
		}
		if (parts == 0) {
			s.nassigns_first = s.assigns.n > 0;
			s.redir_first = t == T_REDIR;
		}
		/* of a redirection behind the word only the operator is seen by then */
		if (parts == 0 || t == T_WORD)
			number_simple(p, n, &s, parts + 1);
		parts++;
	}
	parse_check_command(p, &s.words);
	check_assigns(p, &s);
	if (!s.words.n)
		check_alone(p, s.first);
	if (s.assigns.n && is_declare(p, &s))
		check_declaration(p, &s.words);
	for (size_t i = 0; s.words.n && i < s.assigns.n; i++)
		if (s.assigns.p[i].array)
			array_to_text(p, &s.assigns.p[i]);
	while (s.has_word_assign && s.word_assigns.n < s.words.n)
		*vec_push(p->mem, &s.word_assigns) = NULL;
	n->redirs = s.first;
	n->simple.assigns = s.assigns.p;
	n->simple.nassigns = s.assigns.n;
	n->simple.words = s.words;
	n->simple.word_assigns = s.has_word_assign ? s.word_assigns.p : NULL;
	return n;
}
