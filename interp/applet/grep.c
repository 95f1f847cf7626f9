/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * grep: lines that match. Patterns are regex.c's or fixed text; a text with NULs is binary, of
 * which only the fact that it matches is told. Folders and Perl's patterns are the real tool's.
 */
#include "applet/grep.h"

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
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct grep g = {.cx = cx, .most = UINT64_MAX, .end = '\n', .out = buf_new(cx->mem),
			 .extended = extended, .fixed = fixed};
	int c, status;

	cx->pending = &g.out;
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
	if (!g.has_pattern)
		return applet_decline(cx);
	g.unseen = stream_is_null(cx->out);
	/* nothing to look for: no file is opened */
	if ((g.quiet || !g.list_others) &&
	    (g.most == 0 || (g.patterns.n == 0 && !g.invert) || takes_all(&g))) {
		status = 1;
	} else if (patterns_are_bytes(&g) && grep_compile(&g) &&
		   applet_bytes_in(cx, &o.operands) && !grep_late_nul(&g, &o.operands)) {
		bool names = g.names ? g.names == 'H' : o.operands.n > 1;

		if (o.operands.n == 0)
			grep_file(&g, S("-"), names);
		for (size_t i = 0; i < o.operands.n && !(g.quiet && g.found); i++)
			grep_file(&g, o.operands.p[i], names);
		applet_out(cx, buf_view(&g.out));
		status = g.failed && !(g.quiet && g.found) ? 2 : g.found ? 0 : 1;
		status = cx->failed ? 2 : status;
		/* a message that nobody can hear decides at the end, and -q makes that 0 */
		if (status == 2 && g.quiet && !g.silent && stream_is_closed(cx->err))
			status = 0;
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
	.variables = "GREP_COLORS",
};

const struct applet applet_egrep = {
	.name = "egrep",
	.help = help,
	.run = run_egrep,
	.flags = APPLET_PURE,
	.variables = "GREP_COLORS",
};

const struct applet applet_fgrep = {
	.name = "fgrep",
	.help = help,
	.run = run_fgrep,
	.flags = APPLET_PURE,
	.variables = "GREP_COLORS",
};
