/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * grep: lines that match. Patterns are regex.c's or fixed text; a text with NULs is binary, of which
 * only the fact that it matches is told. Folders, contexts and Perl's patterns are the real tool's.
 */
#include "applet/regex.h"

static const char help[] =
	"grep [-EFGivwxclLnqsohHabz] [-m N] (PATTERN | -e PATTERN... | -f FILE) [FILE]...\n"
	"  -v  lines that don't match   -c  how many   -o  only what matches   -q  only the status\n"
	"  -l -L  names of files with or without   -n -b  line numbers, offsets   -m  at most N\n";

static const struct opt options[] = {
	{'E', "extended-regexp", OPT_NONE, NULL},
	{'F', "fixed-strings", OPT_NONE, NULL},
	{'G', "basic-regexp", OPT_NONE, NULL},
	{'H', "with-filename", OPT_NONE, NULL},
	{'L', "files-without-match", OPT_NONE, NULL},
	{'a', "text", OPT_NONE, NULL},
	{'b', "byte-offset", OPT_NONE, NULL},
	{'c', "count", OPT_NONE, NULL},
	{'e', "regexp", OPT_VALUE, NULL},
	{'f', "file", OPT_VALUE, NULL},
	{'h', "no-filename", OPT_NONE, NULL},
	{'i', "ignore-case", OPT_NONE, NULL},
	{'y', NULL, OPT_NONE, NULL},
	{'l', "files-with-matches", OPT_NONE, NULL},
	{'m', "max-count", OPT_VALUE, NULL},
	{'n', "line-number", OPT_NONE, NULL},
	{'o', "only-matching", OPT_NONE, NULL},
	{'q', "quiet", OPT_NONE, NULL},
	{'q', "silent", OPT_NONE, NULL},
	{'s', "no-messages", OPT_NONE, NULL},
	{'v', "invert-match", OPT_NONE, NULL},
	{'w', "word-regexp", OPT_NONE, NULL},
	{'x', "line-regexp", OPT_NONE, NULL},
	{'z', "null-data", OPT_NONE, NULL},
	{'Z', "null", OPT_NONE, NULL}, /* not known here, but no short form of the one above */
	{0},
};

struct pattern {
	struct str text;
	struct regex *re;	/* NULL: fixed */
};

struct grep {
	struct applet_cx *cx;
	VEC(struct pattern) patterns;
	bool extended, fixed, any_case, invert, words, whole;
	bool count, only, quiet, silent, list, list_others, numbers, offsets, text;
	int names;		/* 'H', 'h', or 0: when there are several files */
	uint64_t most;
	char end;
	struct buf out;
	bool found, failed;
	bool has_pattern;
};

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static int lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool fixed_at(const struct grep *g, struct str p, struct str line, size_t at)
{
	if (p.n > line.n - at)
		return false;
	if (!g->any_case)
		return p.n == 0 || memcmp(line.p + at, p.p, p.n) == 0;
	for (size_t i = 0; i < p.n; i++)
		if (lower(line.p[at + i]) != lower(p.p[i]))
			return false;
	return true;
}

static bool fixed_match(const struct grep *g, struct str p, struct str line, size_t from,
			regmatch_t *m)
{
	for (size_t at = from; at + p.n <= line.n; at++)
		if (fixed_at(g, p, line, at)) {
			m->rm_so = (regoff_t)at;
			m->rm_eo = (regoff_t)(at + p.n);
			return true;
		}
	return false;
}

static bool one_match(struct grep *g, const struct pattern *p, struct str line, size_t from,
		      regmatch_t *m)
{
	return p->re ? regex_match(p->re, g->cx->mem, line, from, m)
		     : fixed_match(g, p->text, line, from, m);
}

static bool is_word(struct str line, const regmatch_t *m)
{
	size_t a = (size_t)m->rm_so, b = (size_t)m->rm_eo;

	return !(a > 0 && is_word_byte(line.p[a - 1])) && !(b < line.n && is_word_byte(line.p[b]));
}

/* -w: shorter matches at the same place, then later ones, until one is a whole word. */
static bool word_match(struct grep *g, const struct pattern *p, struct str line, size_t from,
		       regmatch_t *m)
{
	while (one_match(g, p, line, from, m)) {
		size_t start = (size_t)m->rm_so;

		for (;;) {
			size_t end = (size_t)m->rm_eo;

			if (is_word(line, m))
				return true;
			if (end == start || !one_match(g, p, str_sub(line, 0, end - 1), start, m) ||
			    (size_t)m->rm_so != start)
				break;
		}
		if (start >= line.n)
			return false;
		from = start + 1;
	}
	return false;
}

/* The leftmost match from FROM on, the longest of those. */
static bool find(struct grep *g, struct str line, size_t from, size_t *so, size_t *eo)
{
	regmatch_t m[REGEX_GROUPS];
	bool any = false;

	for (size_t i = 0; i < g->patterns.n; i++) {
		const struct pattern *p = &g->patterns.p[i];
		bool hit = g->words ? word_match(g, p, line, from, m) : one_match(g, p, line, from, m);

		if (hit && g->whole)
			hit = m[0].rm_so == 0 && (size_t)m[0].rm_eo == line.n;
		if (!hit || (any && ((size_t)m[0].rm_so > *so ||
				     ((size_t)m[0].rm_so == *so && (size_t)m[0].rm_eo <= *eo))))
			continue;
		*so = (size_t)m[0].rm_so;
		*eo = (size_t)m[0].rm_eo;
		any = true;
	}
	return any;
}

struct place {
	struct str name;	/* unset: not shown */
	uint64_t line, offset;
};

static void put_prefix(struct grep *g, const struct place *at, size_t within)
{
	if (at->name.p)
		buf_fmt(&g->out, "%.*s:", STR_ARG(at->name));
	if (g->numbers)
		buf_fmt(&g->out, "%llu:", (unsigned long long)at->line);
	if (g->offsets)
		buf_fmt(&g->out, "%llu:", (unsigned long long)(at->offset + within));
}

static void put_line(struct grep *g, struct str line, const struct place *at)
{
	size_t from = 0, so, eo;

	if (!g->only) {
		put_prefix(g, at, 0);
		buf_str(&g->out, line);
		buf_char(&g->out, g->end);
		return;
	}
	while (!g->invert && from <= line.n && find(g, line, from, &so, &eo)) {
		from = eo > so ? eo : eo + 1;
		if (eo == so)
			continue;
		put_prefix(g, at, so);
		buf_put(&g->out, line.p + so, eo - so);
		buf_char(&g->out, g->end);
	}
}

static struct str shown_name(struct str name)
{
	return str_is(name, "-") ? S("(standard input)") : name;
}

/* In binary files NULs end lines, as in GNU grep. */
static struct str lines_for_nuls(struct grep *g, struct str text)
{
	char *p = arena_dup(g->cx->mem, text.p, text.n);

	for (size_t i = 0; i < text.n; i++)
		if (p[i] == '\0')
			p[i] = '\n';
	return (struct str){p, text.n};
}

/* All lines of TEXT; how many were selected. */
static uint64_t search(struct grep *g, struct str text, struct str name, bool show_name)
{
	bool binary = !g->text && g->end == '\n' && str_chr(text, '\0') >= 0;
	bool lines = !g->count && !g->quiet && !g->list && !g->list_others;
	struct place at = {.name = show_name ? shown_name(name) : (struct str){NULL, 0}};
	struct str line;
	uint64_t n = 0;
	size_t so, eo;

	if (binary)
		text = lines_for_nuls(g, text);
	while (n < g->most && applet_line(&text, g->end, &line)) {
		struct str bare = applet_chomp(line, g->end);

		at.line++;
		if (find(g, bare, 0, &so, &eo) != g->invert) {
			n++;
			if (g->quiet || g->list || g->list_others)
				return n;
			if (lines && binary) {
				applet_say(g->cx, "%.*s: binary file matches",
					   STR_ARG(shown_name(name)));
				return n;
			}
			if (lines)
				put_line(g, bare, &at);
		}
		at.offset += line.n;
	}
	return n;
}

static void grep_file(struct grep *g, struct str name, bool show_name)
{
	struct applet_cx *cx = g->cx;
	struct blob *b = NULL;
	struct str text;
	uint64_t n;
	int err = str_is(name, "-") ? stream_rest(cx->in, &b)
				    : files_read(cx->files, applet_path(cx, name), &b);

	if (err) {
		if (!g->silent)
			applet_say_errno(cx, shown_name(name), err);
		g->failed = true;
		/* nor what is open, but not for reading */
		if (err != -EISDIR && !(err == -EBADF && str_is(name, "-") && !stream_is_closed(cx->in)))
			return;
		b = blob_empty(); /* counted all the same */
	}
	if (!applet_flat(cx, b, &text))
		g->failed = true;
	n = g->failed && !text.p ? 0 : search(g, text, name, show_name);
	blob_unref(b);
	g->found |= n > 0; /* with -L, too */
	if (g->quiet)
		return;
	if (g->list || g->list_others) {
		if ((n > 0) == g->list)
			buf_fmt(&g->out, "%.*s\n", STR_ARG(shown_name(name)));
	} else if (g->count) {
		if (show_name)
			buf_fmt(&g->out, "%.*s:", STR_ARG(shown_name(name)));
		buf_fmt(&g->out, "%llu\n", (unsigned long long)n);
	}
}

/* Lines of TEXT are patterns; compiled once all options are known. */
static void add_patterns(struct grep *g, struct str text)
{
	struct str line, rest = text.p ? text : S("");

	g->has_pattern = true;
	while (str_split(&rest, '\n', &line))
		*vec_push(g->cx->mem, &g->patterns) = (struct pattern){line, NULL};
}

static bool add_pattern_file(struct grep *g, struct str name)
{
	struct blob *b = NULL;
	struct str text;

	if (str_is(name, "-") || files_read(g->cx->files, applet_path(g->cx, name), &b) != 0)
		return false;
	text = str_dup(g->cx->mem, blob_flat(g->cx->mem, b));
	blob_unref(b);
	g->has_pattern = true;
	if (text.n)
		add_patterns(g, applet_chomp(text, '\n'));
	return true;
}

/* A letter behind a backslash that means nothing: what comes of it is another matter in each matcher. */
static bool stray_escape(struct str text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if (text.p[i] == '\\') {
			i++;
			if (((text.p[i] | 32) >= 'a' && (text.p[i] | 32) <= 'z') && !strchr("wWsSbB", text.p[i]))
				return true;
		}
	return false;
}

static bool compile(struct grep *g)
{
	for (size_t i = 0; i < g->patterns.n; i++) {
		struct pattern *p = &g->patterns.p[i];
		struct regex *re;

		if (g->fixed)
			continue;
		if (stray_escape(p->text))
			return false;
		re = arena_make(g->cx->mem, struct regex);
		if (!regex_compile(g->cx->mem, p->text, g->extended, g->any_case, re))
			return false;
		p->re = re;
	}
	return true;
}

static bool take_option(struct grep *g, int c, struct str value)
{
	switch (c) {
	case 'E': g->extended = true; g->fixed = false; return true;
	case 'F': g->fixed = true; g->extended = false; return true;
	case 'G': g->fixed = g->extended = false; return true;
	case 'H': case 'h': g->names = c; return true;
	case 'L': g->list_others = true; g->list = false; return true;
	case 'a': g->text = true; return true;
	case 'b': g->offsets = true; return true;
	case 'c': g->count = true; return true;
	case 'e': add_patterns(g, value); return true;
	case 'f': return add_pattern_file(g, value);
	case 'i': case 'y': g->any_case = true; return true;
	case 'l': g->list = true; g->list_others = false; return true;
	case 'm': return str_number(value, 10, &g->most);
	case 'n': g->numbers = true; return true;
	case 'o': g->only = true; return true;
	case 'q': g->quiet = true; return true;
	case 's': g->silent = true; return true;
	case 'v': g->invert = true; return true;
	case 'w': g->words = true; return true;
	case 'x': g->whole = true; return true;
	case 'z': g->end = '\0'; return true;
	default: return false;
	}
}

static bool patterns_are_bytes(struct grep *g)
{
	for (size_t i = 0; i < g->patterns.n; i++)
		if (!applet_bytes(g->cx, g->patterns.p[i].text))
			return false;
	return true;
}

/* Everything matches, and what doesn't is asked for. */
static bool takes_all(const struct grep *g)
{
	return g->invert && !g->whole && !g->words && g->patterns.n == 1 && g->patterns.p[0].text.n == 0;
}

static int run_grep(struct applet_cx *cx, bool extended, bool fixed)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct grep g = {.cx = cx, .most = UINT64_MAX, .end = '\n', .out = buf_new(cx->mem),
			 .extended = extended, .fixed = fixed};
	int c, status;

	while ((c = opts_next(&o)) != OPTS_END)
		if (!take_option(&g, c, o.value))
			return applet_decline(cx);
	if (!g.has_pattern && o.operands.n) {
		add_patterns(&g, o.operands.p[0]);
		o.operands.p++;
		o.operands.n--;
	}
	if (!g.has_pattern || env_get(cx->env, S("GREP_COLORS")).p)
		return applet_decline(cx);
	if ((g.quiet || !g.list_others) && (g.most == 0 || (g.patterns.n == 0 && !g.invert) || takes_all(&g))) { /* nothing to look for: no file is opened */
		status = 1;
	} else if (patterns_are_bytes(&g) && compile(&g) && applet_bytes_in(cx, &o.operands)) {
		bool names = g.names ? g.names == 'H' : o.operands.n > 1;

		if (o.operands.n == 0)
			grep_file(&g, S("-"), names);
		for (size_t i = 0; i < o.operands.n && !(g.quiet && g.found); i++)
			grep_file(&g, o.operands.p[i], names);
		applet_out(cx, buf_view(&g.out));
		status = g.failed && !(g.quiet && g.found) ? 2 : g.found ? 0 : 1;
		status = cx->failed ? 2 : status;
	} else {
		status = applet_decline(cx);
	}
	for (size_t i = 0; i < g.patterns.n; i++)
		if (g.patterns.p[i].re)
			regex_free(g.patterns.p[i].re);
	return status;
}

static int run_plain(struct applet_cx *cx)
{
	return run_grep(cx, false, false);
}

static int run_egrep(struct applet_cx *cx)
{
	return run_grep(cx, true, false);
}

static int run_fgrep(struct applet_cx *cx)
{
	return run_grep(cx, false, true);
}

const struct applet applet_grep = {
	.name = "grep",
	.help = help,
	.run = run_plain,
	.flags = APPLET_PURE,
};

const struct applet applet_egrep = {
	.name = "egrep",
	.help = help,
	.run = run_egrep,
	.flags = APPLET_PURE,
};

const struct applet applet_fgrep = {
	.name = "fgrep",
	.help = help,
	.run = run_fgrep,
	.flags = APPLET_PURE,
};
