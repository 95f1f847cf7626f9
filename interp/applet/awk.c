/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * awk, as far as recipes use it to pick words: [/RE/ | !/RE/ | NR==N | NF] { print WHAT, ...;
 * $N = WHAT; ... }, in which WHAT is made of fields, texts, NF, NR and substr(); and the checksums
 * of recipes, letter by letter. A program of another kind, and whatever awks do not agree about,
 * is the real one's.
 */
#include "applet/awk_sum.h"
#include "applet/regex.h"

static const char help[] =
    "awk [-F SEPARATOR] '[/RE/|!/RE/|NR==N|NF] [{[$N = WHAT;] print [WHAT[, WHAT]...]}]' "
    "[FILE]...: words of lines\n"
    "  WHAT  $N, $NF, \"text\", NF, NR, substr($N, FROM, LENGTH), some of them side by side\n";

/* A part of what is printed. */
struct part {
	enum { TEXT, FIELD, LAST_FIELD, NF, NR, COMMA } kind;
	struct str text;
	uint64_t field;
	uint64_t from, length;	/* of substr(); length 0: all of it */
};

struct print {
	uint64_t assigned;	/* the field that takes the parts; 0: they are printed */
	VEC(struct part) parts;	/* none: $0 */
};

struct rule {
	enum { ALWAYS, MATCHES, MATCHES_NOT, LINE, HAS_FIELDS } when;
	struct regex re;
	uint64_t line;
	VEC(struct print) prints;
};

struct awk {
	struct applet_cx *cx;
	const struct awk_sum *sum; /* NULL: the rules */
	struct str separator;	/* unset: blanks */
	VEC(struct rule) rules;
	struct str program;
	size_t at;
	bool counts;		/* substr, patterns: characters count */
	struct buf out;
	struct strs fields;	/* of this line */
	struct str line;
	uint64_t number;
};

/* --- reading the program --- */

static void skip_blanks(struct awk *a)
{
	while (a->at < a->program.n && strchr(" \t", a->program.p[a->at]) && a->program.p[a->at])
		a->at++;
}

static void skip_space(struct awk *a)
{
	while (a->at < a->program.n && strchr(" \t\n;", a->program.p[a->at]) && a->program.p[a->at])
		a->at++;
}

static void skip_lines(struct awk *a)
{
	while (a->at < a->program.n && strchr(" \t\n", a->program.p[a->at]) && a->program.p[a->at])
		a->at++;
}

static bool accept(struct awk *a, const char *word)
{
	skip_blanks(a);
	if (!str_starts(str_from(a->program, a->at), str_z(word)))
		return false;
	a->at += strlen(word);
	return true;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* WORD, and no longer one. */
static bool accept_word(struct awk *a, const char *word)
{
	size_t before = a->at;

	if (!accept(a, word))
		return false;
	if (a->at < a->program.n && is_name_byte(a->program.p[a->at])) {
		a->at = before;
		return false;
	}
	return true;
}

/* Decimal. One with a zero in front is octal to some awks. */
static bool number(struct awk *a, uint64_t *out)
{
	struct str digits;
	size_t from;

	skip_blanks(a);
	from = a->at;
	while (a->at < a->program.n && a->program.p[a->at] >= '0' && a->program.p[a->at] <= '9')
		a->at++;
	digits = str_sub(a->program, from, a->at - from);
	return digits.n < 9 && str_number(digits, 10, out) &&
	       (digits.n == 1 || digits.p[0] != '0') &&
	       (a->at == a->program.n || !strchr(".eExX_", a->program.p[a->at]));
}

/* Behind a quotation mark: up to the next one. */
static bool text(struct awk *a, struct str *out)
{
	static const struct applet_escapes how = {.format = true};
	size_t from = a->at;
	struct buf b = buf_new(a->cx->mem);

	for (; a->at < a->program.n && a->program.p[a->at] != '"'; a->at++) {
		char c = a->program.p[a->at];

		if (c == '\n' || c == '\r')
			return false;
		if (c == '\\' && (++a->at == a->program.n ||
				  !strchr("nt\\\"", a->program.p[a->at]) || !a->program.p[a->at]))
			return false;
	}
	if (a->at == a->program.n)
		return false;
	applet_unescape(&b, str_sub(a->program, from, a->at - from), &how);
	*out = buf_view(&b);
	a->at++;
	return true;
}

static bool field(struct awk *a, struct part *p)
{
	if (accept_word(a, "NF")) {
		p->kind = LAST_FIELD;
		return true;
	}
	p->kind = FIELD;
	return number(a, &p->field);
}

static bool substr(struct awk *a, struct part *p)
{
	a->counts = true;
	return accept(a, "(") && accept(a, "$") && field(a, p) && accept(a, ",") &&
	       number(a, &p->from) && p->from > 0 && accept(a, ",") && number(a, &p->length) &&
	       p->length > 0 && accept(a, ")");
}

/* One part; *KNOWN false: of another kind. */
static bool part(struct awk *a, struct part *p, bool *known)
{
	*p = (struct part){.kind = TEXT};
	if (accept(a, "\"")) {
		*known &= text(a, &p->text);
	} else if (accept(a, "$")) {
		*known &= field(a, p);
	} else if (accept_word(a, "substr")) {
		*known &= substr(a, p);
	} else if (accept_word(a, "NF")) {
		p->kind = NF;
	} else if (accept_word(a, "NR")) {
		p->kind = NR;
	} else {
		return false;
	}
	return *known;
}

static bool ends_statement(struct awk *a)
{
	skip_blanks(a);
	return a->at < a->program.n && strchr(";}\n", a->program.p[a->at]) && a->program.p[a->at];
}

/* Behind a dollar sign, up to the parts: "N =" of a field that there may be. */
static bool assigned(struct awk *a, struct print *print)
{
	return number(a, &print->assigned) && print->assigned > 0 && print->assigned < 100 &&
	       accept(a, "=") && !accept(a, "=") && !ends_statement(a);
}

static bool statement(struct awk *a, struct rule *r)
{
	struct print *print = vec_push(a->cx->mem, &r->prints);
	struct part p;
	bool known = true;

	*print = (struct print){0};
	if (!accept_word(a, "print") && !(accept(a, "$") && assigned(a, print)))
		return false;
	while (!ends_statement(a)) {
		if (print->parts.n && !print->assigned && accept(a, ","))
			*vec_push(a->cx->mem, &print->parts) = (struct part){.kind = COMMA};
		if (!part(a, &p, &known))
			return false;
		*vec_push(a->cx->mem, &print->parts) = p;
	}
	return true;
}

static bool action(struct awk *a, struct rule *r)
{
	for (skip_space(a); !accept(a, "}"); skip_space(a))
		if (a->at == a->program.n || !statement(a, r) || !ends_statement(a))
			return false;
	return r->prints.n > 0;
}

/* A backslash before a mark, or "[...]" of plain bytes; then *I is at its last byte. What else
 * there is awks differ about. */
static bool plain_part(struct str s, size_t *i)
{
	if (s.p[*i] == '\\')
		return ++*i < s.n && s.p[*i] && strchr(".*+?()|^$", s.p[*i]);
	if (s.p[*i] != '[')
		return !strchr("{}]", s.p[*i]);
	for (++*i; *i < s.n && (is_name_byte(s.p[*i]) || strchr("-^.: ", s.p[*i])); ++*i)
		;
	return *i < s.n && s.p[*i] == ']' && s.p[*i - 1] != '[' && s.p[*i - 1] != '^';
}

/* Behind a slash: up to the next one. Awks differ about an alternative of nothing, and about "^"
 * and "$" inside of one. */
static bool regular_expression(struct awk *a, struct rule *r)
{
	size_t from = a->at;
	char before = '|';

	a->counts = true;
	for (; a->at < a->program.n && a->program.p[a->at] != '/'; a->at++) {
		char c = a->program.p[a->at];
		bool begins = before == '|' || before == '(', ends = c == '|' || c == ')';

		if (c == '\n' || !c || (ends ? begins : before == '$' && c != '$') ||
		    (c == '^' && !begins) || !plain_part(a->program, &a->at))
			return false;
		before = c;
	}
	return a->at++ < a->program.n && before != '|' && before != '(' &&
	       regex_compile(a->cx->mem, str_sub(a->program, from, a->at - 1 - from), true, false,
			     &r->re);
}

static bool rule(struct awk *a)
{
	struct rule *r = vec_push(a->cx->mem, &a->rules);
	bool negated = accept(a, "!"), pattern = true;

	*r = (struct rule){.when = ALWAYS};
	if (accept(a, "/")) {
		if (!regular_expression(a, r))
			return false;
		r->when = negated ? MATCHES_NOT : MATCHES;
	} else if (!negated && accept_word(a, "NR")) {
		r->when = LINE;
		if (!accept(a, "==") || !number(a, &r->line))
			return false;
	} else if (!negated && accept_word(a, "NF")) {
		r->when = HAS_FIELDS;
	} else {
		pattern = false;
	}
	if (accept(a, "{"))
		return !(negated && !pattern) && action(a, r);
	*vec_push(a->cx->mem, &r->prints) = (struct print){0};
	skip_blanks(a);
	return pattern && (a->at == a->program.n || strchr("\n;", a->program.p[a->at]));
}

static bool read_program(struct awk *a)
{
	a->sum = awk_sum_find(a->cx->mem, a->program);
	if (a->sum)
		return true;
	for (skip_lines(a); a->at < a->program.n; skip_lines(a)) {
		if (!rule(a))
			return false;
		accept(a, ";"); /* one, in the same line: more are an error of some awks */
	}
	return a->rules.n > 0;
}

/* --- running it --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void split_line(struct awk *a)
{
	struct str rest = a->line, word;
	ptrdiff_t at;

	a->fields.n = 0;
	if (a->separator.p) {
		while (rest.n && (at = str_find(rest, a->separator)) >= 0) {
			*vec_push(a->cx->mem, &a->fields) = str_sub(rest, 0, (size_t)at);
			rest = str_from(rest, (size_t)at + a->separator.n);
		}
		if (a->line.n)
			*vec_push(a->cx->mem, &a->fields) = rest;
		return;
	}
	for (size_t i = 0; i < rest.n;) {
		size_t from;

		while (i < rest.n && is_blank(rest.p[i]))
			i++;
		from = i;
		while (i < rest.n && !is_blank(rest.p[i]))
			i++;
		word = str_sub(rest, from, i - from);
		if (word.n)
			*vec_push(a->cx->mem, &a->fields) = word;
	}
}

static void put_part(struct awk *a, const struct part *p)
{
	uint64_t n = p->kind == LAST_FIELD ? a->fields.n : p->field;
	struct str value;

	switch (p->kind) {
	case TEXT: buf_str(&a->out, p->text); return;
	case COMMA: buf_char(&a->out, ' '); return;
	case NF: buf_fmt(&a->out, "%zu", a->fields.n); return;
	case NR: buf_fmt(&a->out, "%llu", (unsigned long long)a->number); return;
	default: break;
	}
	value = n == 0 ? a->line : n <= a->fields.n ? a->fields.p[n - 1] : S("");
	if (p->length)
		value = p->from > value.n ? S("")
					  : str_sub(value, (size_t)p->from - 1, (size_t)p->length);
	buf_str(&a->out, value);
}

/* $N = ...: the line is its fields from now on, one blank between two. */
static void assign(struct awk *a, const struct print *print)
{
	struct buf line = buf_new(a->cx->mem), before = a->out;

	a->out = buf_new(a->cx->mem);
	for (size_t i = 0; i < print->parts.n; i++)
		put_part(a, &print->parts.p[i]);
	while (a->fields.n < print->assigned)
		*vec_push(a->cx->mem, &a->fields) = S("");
	a->fields.p[print->assigned - 1] = buf_view(&a->out);
	a->out = before;
	for (size_t i = 0; i < a->fields.n; i++) {
		buf_str(&line, i ? S(" ") : S(""));
		buf_str(&line, a->fields.p[i]);
	}
	a->line = buf_view(&line);
}

static void put_print(struct awk *a, const struct print *print)
{
	if (print->assigned) {
		assign(a, print);
		return;
	}
	for (size_t i = 0; i < print->parts.n; i++)
		put_part(a, &print->parts.p[i]);
	if (print->parts.n == 0)
		buf_str(&a->out, a->line);
	buf_char(&a->out, '\n');
}

static bool applies(struct awk *a, struct rule *r)
{
	regmatch_t m[REGEX_GROUPS];

	switch (r->when) {
	case MATCHES: return regex_match(&r->re, a->cx->mem, a->line, 0, m);
	case MATCHES_NOT: return !regex_match(&r->re, a->cx->mem, a->line, 0, m);
	case LINE: return a->number == r->line;
	case HAS_FIELDS: return a->fields.n > 0;
	default: return true;
	}
}

static void run_text(struct awk *a, struct str text)
{
	struct str line;

	while (applet_line(&text, '\n', &line)) {
		a->line = applet_chomp(line, '\n');
		a->number++;
		split_line(a);
		for (size_t i = 0; i < a->rules.n; i++)
			if (applies(a, &a->rules.p[i]))
				for (size_t k = 0; k < a->rules.p[i].prints.n; k++)
					put_print(a, &a->rules.p[i].prints.p[k]);
	}
}

static bool has_nul(const struct blob *b)
{
	struct str span;
	uint64_t pos = 0;

	while (blob_next(b, &pos, &span))
		if (str_chr(span, '\0') >= 0)
			return true;
	return false;
}

/* Awks differ about NULs, and in what they say of files that cannot be read. *B is the caller's. */
static bool look(struct awk *a, struct str name, struct blob **b)
{
	struct applet_cx *cx = a->cx;
	int err = str_is(name, "-") ? stream_peek(cx->in, b)
				    : files_read(cx->files, applet_path(cx, name), b);

	return !err && blob_size(*b) < BLOB_ENDLESS && !has_nul(*b);
}

static bool look_all(struct awk *a, const struct strs *names, struct blob **texts, bool *input)
{
	for (size_t i = 0; i < names->n; i++) {
		bool is_input = str_is(names->p[i], "-");

		if (str_chr(names->p[i], '=') >= 0 || (*input && is_input) ||
		    !look(a, names->p[i], &texts[i]))
			return false;
		*input |= is_input;
	}
	return true;
}

/*
 * The only input, a file, is not there: each awk says so and ends, in words of its own. Where none
 * of them may be started, these do. 0: it is not so.
 */
static int no_file(struct awk *a, const struct strs *names)
{
	struct applet_cx *cx = a->cx;
	struct files_stat st;

	if (!cx->confined || a->sum || names->n != 1 || str_is(names->p[0], "-") ||
	    str_chr(names->p[0], '=') >= 0 ||
	    files_stat(cx->files, applet_path(cx, names->p[0]), &st) != -ENOENT)
		return 0;
	applet_say(cx, "cannot open %.*s (%s)", STR_ARG(names->p[0]), strerror(ENOENT));
	return 2;
}

/* What A's program says of TEXTS; false: not known here. */
static bool run_texts(struct awk *a, struct blob *const *texts, size_t n)
{
	uint64_t total = 0;

	for (size_t i = 0; i < n; i++)
		if (!a->sum)
			run_text(a, blob_flat(a->cx->mem, texts[i]));
		else if (a->separator.p || !awk_sum_add(a->sum, a->cx->mem, texts[i], &total))
			return false;
	if (!a->sum)
		return true;
	awk_sum_put(a->sum, total, &a->out);
	return applet_bytes(a->cx, buf_view(&a->out));
}

static int run_files(struct awk *a, const struct strs *names)
{
	struct blob **texts = arena_zalloc(a->cx->mem, names->n + 1, sizeof(struct blob *)), *b;
	bool input = false;
	bool good = look_all(a, names, texts, &input) && run_texts(a, texts, names->n);

	if (good && input && stream_rest(a->cx->in, &b) == 0)
		blob_unref(b);
	if (good)
		applet_out(a->cx, buf_view(&a->out));
	for (size_t i = 0; i < names->n; i++)
		blob_unref(texts[i]);
	return good ? applet_status(a->cx, 0) : applet_decline(a->cx);
}

/* A tab, plain bytes; others are regular expressions, or what each awk makes of them. */
static bool set_separator(struct awk *a, struct str value)
{
	a->separator = str_is(value, "\\t") ? S("\t") : value;
	for (size_t i = 0; i < value.n; i++)
		if (!is_name_byte(value.p[i]) &&
		    (value.n > 1 || !strchr(":,;/=-@%!~<>#\"'&", value.p[i])) &&
		    !str_is(value, "\\t"))
			return false;
	return value.n > 0 && !str_is(value, "t");
}

/* Options and the program of ARGV; *NAMES gets the files. False: not known here. */
static bool understand(struct awk *a, const struct str *argv, size_t argc, struct strs *names)
{
	static const struct opt options[] = {{'F', NULL, OPT_VALUE, NULL}, {0}};
	struct opts o = applet_opts(a->cx, options, argv, argc, true);
	int c;

	while ((c = opts_next(&o)) != OPTS_END)
		if (c != 'F' || !set_separator(a, o.value))
			return false;
	if (o.operands.n == 0)
		return false;
	a->program = o.operands.p[0];
	*names = (struct strs){.p = o.operands.p + 1, .n = o.operands.n - 1};
	if (names->n == 0)
		*vec_push(a->cx->mem, names) = S("-");
	return read_program(a);
}

static void let_go(struct awk *a)
{
	for (size_t i = 0; i < a->rules.n; i++)
		if (a->rules.p[i].when == MATCHES || a->rules.p[i].when == MATCHES_NOT)
			regex_free(&a->rules.p[i].re);
}

static int run(struct applet_cx *cx)
{
	struct awk a = {.cx = cx, .out = buf_new(cx->mem)};
	struct strs names;
	bool known = understand(&a, cx->argv, cx->argc, &names) && applet_bytes(cx, a.program) &&
		     (!a.counts || applet_bytes_in(cx, &names));
	int status = known ? no_file(&a, &names) : applet_decline(cx);

	if (!status)
		status = run_files(&a, &names);
	let_go(&a);
	return status;
}

static bool knows(struct arena *mem, const struct str *argv, size_t argc)
{
	struct applet_cx cx = {.mem = mem};
	struct awk a = {.cx = &cx};
	struct strs names;
	bool known = understand(&a, argv, argc, &names);

	let_go(&a);
	return known;
}

const struct applet applet_awk = {
	.name = "awk",
	.help = help,
	.run = run,
	.knows = knows,
	.flags = APPLET_PURE,
};
