/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * grep: lines that match. Patterns are regex.c's or fixed text; a text with NULs is binary, of
 * which only the fact that it matches is told. Folders and Perl's patterns are the real tool's.
 */
#include "applet/regex.h"

static const char help[] =
    "grep [-EFGivwxclLnqsohHabzIZ] [-m N] [-A N] [-B N] [-C N] (PATTERN | -e PATTERN... | -f FILE) "
    "[FILE]...\n"
    "  -v  lines that don't match   -c  how many   -o  only what matches   -q  only the status\n"
    "  -l -L  names of files with or without   -n -b  line numbers, offsets   -m  at most N\n"
    "  -A -B -C  N lines behind, before, around each   -Z  NUL behind names   -I  no binary "
    "files\n";

enum { LABEL = 256, BINARY, COLOR, BUFFERED };

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
	{'Z', "null", OPT_NONE, NULL},
	{'A', "after-context", OPT_VALUE, NULL},
	{'B', "before-context", OPT_VALUE, NULL},
	{'C', "context", OPT_VALUE, NULL},
	{'I', NULL, OPT_NONE, NULL},
	{'U', "binary", OPT_NONE, NULL},
	{LABEL, "label", OPT_VALUE, NULL},
	{BINARY, "binary-files", OPT_VALUE, NULL},
	{COLOR, "color", OPT_MAYBE, NULL},
	{COLOR, "colour", OPT_MAYBE, NULL},
	{BUFFERED, "line-buffered", OPT_NONE, NULL},
	{0},
};

struct pattern {
	struct str text;
	struct regex *re;	/* NULL: fixed */
	bool alone;		/* for -w: fixed, or it refers back to a part of its match */
};

struct grep {
	struct applet_cx *cx;
	VEC(struct pattern) patterns;
	bool extended, fixed, any_case, invert, words, whole;
	bool count, only, quiet, silent, list, list_others, numbers, offsets, text;
	int names;		/* 'H', 'h', or 0: when there are several files */
	uint64_t most;
	char end;
	uint64_t before, after;
	bool loose;		/* -w: is there a whole word at all, not by longest matches only */
	bool around, parted;	/* lines around are asked for; there was such a group */
	bool skip_binary, nul_names;
	struct str label;
	struct buf out;
	size_t rest;		/* bytes behind the last line that was selected */
	bool found, failed;
	bool has_pattern;
};

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
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

/* As one_match; P NULL: of all that are not alone, as of one pattern with alternatives. */
static bool some_match(struct grep *g, const struct pattern *p, struct str line, size_t from,
		       regmatch_t *m)
{
	regmatch_t other[REGEX_GROUPS];
	bool any = false;

	if (p)
		return one_match(g, p, line, from, m);
	for (p = g->patterns.p; p < g->patterns.p + g->patterns.n; p++) {
		if (p->alone || !one_match(g, p, line, from, other))
			continue;
		if (!any || other->rm_so < m->rm_so ||
		    (other->rm_so == m->rm_so && other->rm_eo > m->rm_eo))
			*m = *other;
		any = true;
	}
	return any;
}

/*
 * -w: shorter matches at the same place, then later ones, until one is a whole word. Nothing at all
 * is no shorter match of a regular expression where GNU grep asks its slower matcher.
 */
static bool word_match(struct grep *g, const struct pattern *p, struct str line, size_t from,
		       regmatch_t *m)
{
	while (some_match(g, p, line, from, m)) {
		size_t start = (size_t)m->rm_so;

		for (;;) {
			size_t end = (size_t)m->rm_eo;

			if (is_word(line, m))
				return true;
			if (end == start ||
			    !some_match(g, p, str_sub(line, 0, end - 1), start, m) ||
			    (size_t)m->rm_so != start || (m->rm_eo == m->rm_so && !g->loose))
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

	for (size_t i = 0; i < g->patterns.n + g->words; i++) {
		const struct pattern *p = i < g->patterns.n ? &g->patterns.p[i] : NULL;
		bool hit;

		if (g->words && p && !p->alone)
			continue;
		hit = g->words ? word_match(g, p, line, from, m) : one_match(g, p, line, from, m);
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

/* MARK: ":", or "-" where the line is around a match. */
static void put_prefix(struct grep *g, const struct place *at, size_t within, char mark)
{
	if (at->name.p) {
		buf_str(&g->out, at->name);
		buf_char(&g->out, g->nul_names ? '\0' : mark);
	}
	if (g->numbers)
		buf_fmt(&g->out, "%llu%c", (unsigned long long)at->line, mark);
	if (g->offsets)
		buf_fmt(&g->out, "%llu%c", (unsigned long long)(at->offset + within), mark);
}

static void put_line(struct grep *g, struct str line, const struct place *at, char mark)
{
	size_t from = 0, so, eo;
	bool loose = g->loose;

	if (!g->only) {
		put_prefix(g, at, 0, mark);
		buf_str(&g->out, line);
		buf_char(&g->out, g->end);
		return;
	}
	g->loose = g->fixed;
	while (mark == ':' && !g->invert && from <= line.n && find(g, line, from, &so, &eo)) {
		from = eo > so ? eo : eo + 1;
		if (eo == so)
			continue;
		put_prefix(g, at, so, mark);
		buf_put(&g->out, line.p + so, eo - so);
		buf_char(&g->out, g->end);
	}
	g->loose = loose;
}

static struct str shown_name(const struct grep *g, struct str name)
{
	return !str_is(name, "-") ? name : g->label.p ? g->label : S("(standard input)");
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

/* Lines of a file, for those around a match. */
struct context {
	struct place at;
	VEC(struct str) lines;
	VEC(uint64_t) offsets;
	size_t shown;		/* all before this one were, or are not to be */
};

static void put_around(struct grep *g, struct context *c, size_t i, char mark)
{
	struct place at = c->at;

	at.line = i + 1;
	at.offset = c->offsets.p[i];
	put_line(g, c->lines.p[i], &at, mark);
	c->shown = i + 1;
}

static void put_match(struct grep *g, struct context *c, size_t i)
{
	size_t from = i > g->before ? i - (size_t)g->before : 0;

	from = from < c->shown ? c->shown : from;
	if (g->parted && (from != c->shown || c->shown == 0))
		buf_z(&g->out, "--\n");
	g->parted = true;
	while (from < i)
		put_around(g, c, from++, '-');
	put_around(g, c, i, ':');
}

/* As search, with the lines around. */
static uint64_t search_around(struct grep *g, struct str text, const struct place *at)
{
	struct context c = {.at = *at};
	uint64_t n = 0, pending = 0, offset = 0;
	struct str line;
	size_t so, eo;

	while ((n < g->most || pending) && applet_line(&text, g->end, &line)) {
		bool hit;

		*vec_push(g->cx->mem, &c.lines) = applet_chomp(line, g->end);
		*vec_push(g->cx->mem, &c.offsets) = offset;
		offset += line.n;
		/* Behind the last of -m others are lines around it, too. */
		hit = n < g->most && find(g, c.lines.p[c.lines.n - 1], 0, &so, &eo) != g->invert;
		if (hit) {
			put_match(g, &c, c.lines.n - 1);
			g->rest = text.n;
			pending = g->after;
			n++;
		} else if (pending) {
			put_around(g, &c, c.lines.n - 1, '-');
			pending--;
		}
	}
	return n;
}

/* All lines of TEXT; how many were selected. */
static uint64_t search(struct grep *g, struct str text, struct str name, bool show_name)
{
	bool binary = !g->text && g->end == '\n' && str_chr(text, '\0') >= 0;
	bool lines = !g->count && !g->quiet && !g->list && !g->list_others;
	struct place at = {.name = show_name ? shown_name(g, name) : (struct str){NULL, 0}};
	struct str line;
	uint64_t n = 0;
	size_t so, eo;

	if (binary && g->skip_binary)
		return 0;
	if (lines && !binary && g->around)
		return search_around(g, text, &at);
	if (binary)
		text = lines_for_nuls(g, text);
	while (n < g->most && applet_line(&text, g->end, &line)) {
		struct str bare = applet_chomp(line, g->end);

		at.line++;
		if (find(g, bare, 0, &so, &eo) != g->invert) {
			n++;
			g->rest = text.n;
			if (g->quiet || g->list || g->list_others)
				return n;
			if (lines && binary) {
				g->parted |= g->around;
				applet_say(g->cx, "%.*s: binary file matches",
					   STR_ARG(shown_name(g, name)));
				return n;
			}
			if (lines)
				put_line(g, bare, &at, ':');
		}
		at.offset += line.n;
	}
	return n;
}

/* What is behind the last of -m lines stays to be read, where standard input is a file. */
static void give_back(struct grep *g, uint64_t n)
{
	if (n > 0 && n == g->most && !g->quiet && !g->list && !g->list_others)
		stream_unread(g->cx->in, g->rest);
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
			applet_say_errno(cx, shown_name(g, name), err);
		g->failed = true;
		/* nor what is open, but not for reading */
		if (err != -EISDIR &&
		    !(err == -EBADF && str_is(name, "-") && !stream_is_closed(cx->in)))
			return;
		b = blob_empty(); /* counted all the same */
	}
	if (!applet_flat(cx, b, &text))
		g->failed = true;
	n = g->failed && !text.p ? 0 : search(g, text, name, show_name);
	if (str_is(name, "-") && !err)
		give_back(g, n);
	blob_unref(b);
	g->found |= n > 0; /* with -L, too */
	if (g->quiet)
		return;
	if (g->list || g->list_others) {
		if ((n > 0) == g->list)
			buf_fmt(&g->out, "%.*s%c", STR_ARG(shown_name(g, name)),
				g->nul_names ? '\0' : '\n');
	} else if (g->count) {
		if (show_name)
			buf_fmt(&g->out, "%.*s%c", STR_ARG(shown_name(g, name)),
				g->nul_names ? '\0' : ':');
		buf_fmt(&g->out, "%llu\n", (unsigned long long)n);
	}
}

/* Lines of TEXT are patterns; compiled once all options are known. */
static void add_patterns(struct grep *g, struct str text)
{
	struct str line, rest = text.p ? text : S("");

	g->has_pattern = true;
	while (str_split(&rest, '\n', &line))
		*vec_push(g->cx->mem, &g->patterns) = (struct pattern){.text = line};
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

/*
 * A letter behind a backslash that means nothing, a border of a word more than once (\b*): what
 * comes of it is another matter in each matcher.
 */
static bool stray_escape(struct str text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if (text.p[i] == '\\') {
			char next;

			i++;
			if (((text.p[i] | 32) >= 'a' && (text.p[i] | 32) <= 'z') &&
			    !strchr("wWsSbB", text.p[i]))
				return true;
			next = i + 1 < text.n ? text.p[i + 1] : 'x';
			if (text.p[i] && strchr("bB<>", text.p[i]) && next &&
			    strchr("*+?{\\", next) &&
			    (next != '\\' ||
			     (i + 2 < text.n && text.p[i + 2] && strchr("+?{", text.p[i + 2]))))
				return true;
		}
	return false;
}

static bool refers_back(struct str text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if (text.p[i] == '\\' && text.p[++i] >= '1' && text.p[i] <= '9')
			return true;
	return false;
}

static bool compile(struct grep *g)
{
	bool back = false;

	for (size_t i = 0; i < g->patterns.n; i++) {
		struct pattern *p = &g->patterns.p[i];
		struct regex *re;

		back |= refers_back(p->text);
		p->alone = g->fixed || refers_back(p->text);
		if (g->fixed)
			continue;
		if (stray_escape(p->text))
			return false;
		re = arena_make(g->cx->mem, struct regex);
		if (!regex_compile(g->cx->mem, p->text, g->extended, g->any_case, re))
			return false;
		p->re = re;
	}
	g->loose = g->fixed || (!back && applet_bytes(g->cx, S("\377")));
	return true;
}

/* -A, -B and -C; one of the first two wins over -C wherever it stands. */
static bool take_context(struct grep *g, int c, struct str value)
{
	uint64_t n;

	if (!str_number(value, 10, &n) || n > INT32_MAX || (c == 'C' && g->around))
		return false;
	if (c != 'A')
		g->before = n;
	if (c != 'B')
		g->after = n;
	return g->around = true;
}

static bool take_binary(struct grep *g, struct str how)
{
	g->text = str_is(how, "text");
	g->skip_binary = str_is(how, "without-match");
	return g->text || g->skip_binary || str_is(how, "binary");
}

static bool take_option(struct grep *g, int c, struct str value)
{
	switch (c) {
	case 'A': case 'B': case 'C': return take_context(g, c, value);
	case 'I': return take_binary(g, S("without-match"));
	case BINARY: return take_binary(g, value);
	case LABEL: g->label = value; return true;
	case COLOR: return str_is(value, "never");
	case 'U': case BUFFERED: return true;
	case 'Z': return g->nul_names = true;
	case 'E': g->extended = true; g->fixed = false; return true;
	case 'F': g->fixed = true; g->extended = false; return true;
	case 'G': g->fixed = g->extended = false; return true;
	case 'H': case 'h': g->names = c; return true;
	case 'L': g->list_others = true; g->list = false; return true;
	case 'a': return take_binary(g, S("text"));
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
	return g->invert && !g->whole && !g->words && g->patterns.n == 1 &&
	       g->patterns.p[0].text.n == 0;
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
	/* -oxw: the line's end, too */
	if (g.only && ((g.around && g.invert) || (g.whole && g.words)))
		return applet_decline(cx);
	if (!g.has_pattern || env_get(cx->env, S("GREP_COLORS")).p)
		return applet_decline(cx);
	/* nothing to look for: no file is opened */
	if ((g.quiet || !g.list_others) &&
	    (g.most == 0 || (g.patterns.n == 0 && !g.invert) || takes_all(&g))) {
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
