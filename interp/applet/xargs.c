/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * xargs: runs a command with arguments read from the input. -P runs them one after the other too.
 */
#include "applet/internal.h"

static const char help[] =
    "xargs [-0rtx] [-d C] [-a FILE] [-E WORD] [-n N | -L N | -I TEXT] [-P N] [COMMAND [ARG]...]\n"
    "  -0  NULs, -d C  C end arguments   -r  not without any   -t  say it first\n"
    "  -n  at most N at a time   -L  N lines   -I  one line each, in place of TEXT\n"
    "  -a  read FILE   -E  stop at WORD\n";

static const struct opt options[] = {
	{'0', "null", OPT_NONE, NULL},
	{'a', "arg-file", OPT_VALUE, NULL},
	{'E', NULL, OPT_VALUE, NULL},
	{'i', "replace", OPT_MAYBE, NULL},
	{'l', "max-lines", OPT_MAYBE, NULL},
	{'L', NULL, OPT_VALUE, NULL},
	{'x', "exit", OPT_NONE, NULL},
	{'d', "delimiter", OPT_VALUE, NULL},
	{'I', NULL, OPT_VALUE, NULL},
	{'n', "max-args", OPT_VALUE, NULL},
	{'P', "max-procs", OPT_VALUE, NULL},
	{'r', "no-run-if-empty", OPT_NONE, NULL},
	{'t', "verbose", OPT_NONE, NULL},
	{0},
};

/* What GNU xargs puts into one command line at most. */
enum { LINE_BYTES = 128 * 1024 };

struct xargs {
	struct applet_cx *cx;
	struct strs command, args;
	int delimiter;		/* -1: blanks and quotes; -2: lines, for -I */
	uint64_t most, lines;	/* lines 0: not counted */
	VEC(size_t) line_ends;	/* how many arguments there were at the end of each line */
	struct str replace, last_word, file;
	int limit;		/* which of -n, -L, -I was given; two of them warn */
	bool skip_empty, verbose;
	size_t nul_at;		/* the first argument with a NUL in it; SIZE_MAX: none, or said */
	bool exact;		/* -x, -L: a command line that is not as was asked for is not run */
	char unmatched;		/* the quote that was not closed: said behind the commands */
	int status;
	bool stop;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* In front of a word others count, too. */
static bool is_space(char c)
{
	return is_blank(c) || c == '\r' || c == '\v' || c == '\f';
}

static int unmatched(struct xargs *x, char quote)
{
	x->unmatched = quote;
	return 1;
}

/* An argument ends at a NUL; what is behind takes room in its command line. */
static struct str until_nul(struct str word)
{
	ptrdiff_t nul = str_chr(word, '\0');

	return nul < 0 ? word : str_sub(word, 0, (size_t)nul);
}

static void see_nul(struct xargs *x)
{
	if (x->nul_at == SIZE_MAX)
		x->nul_at = x->args.n;
}

/* As soon as such an argument is read: commands may have run before. */
static void warn_of_nul(struct xargs *x, size_t read)
{
	if (x->nul_at >= read)
		return;
	applet_say(x->cx, "WARNING: a NUL character occurred in the input.  It cannot be "
			  "passed through in the "
			  "argument list.  Did you mean to use the --null option?");
	x->nul_at = SIZE_MAX;
}

static void say_unmatched(struct xargs *x)
{
	if (x->unmatched) {
		warn_of_nul(x, SIZE_MAX); /* one that is within the quotes */
		applet_say(
		    x->cx,
		    "unmatched %s quote; by default quotes are special to xargs unless you use "
		    "the -0 option",
		    x->unmatched == '"' ? "double" : "single");
	}
	x->unmatched = 0;
}

/* One word of TEXT from *I on; with LINES a line. -1: its quote was not closed; 0: nothing, at the
 * end. */
static int take_word(struct xargs *x, struct str text, size_t *i, bool lines, struct buf *word)
{
	char quote = 0;
	size_t at = *i;

	for (; at < text.n; at++) {
		char c = text.p[at];

		if (c == '\0')
			see_nul(x);
		if (quote && c == '\n')
			return unmatched(x, quote), -1;
		if (quote && c == quote)
			quote = 0;
		else if (quote)
			buf_char(word, c);
		else if (c == '\'' || c == '"')
			quote = c;
		else if (c == '\\' && at + 1 < text.n) {
			buf_char(word, text.p[++at]);
			if (!text.p[at])
				see_nul(x);
		} else if (c == '\\')
			continue; /* at the end: nothing */
		else if (lines ? c == '\n' : is_blank(c))
			break;
		else
			buf_char(word, c);
	}
	*i = at;
	if (at == text.n && !word->n)
		return 0; /* whatever was opened */
	return quote ? (unmatched(x, quote), -1) : 1;
}

/* Words with quotes and backslashes; with -I a line each, without its leading blanks. */
static int split_words(struct xargs *x, struct str text, bool lines)
{
	bool first = true; /* in its line, which goes on behind a blank at its end */
	int got;

	for (size_t i = 0; i < text.n;) {
		struct buf word = buf_new(x->cx->mem);
		bool ends;

		while (i < text.n && is_space(text.p[i]))
			i++;
		if (i == text.n)
			break;
		got = take_word(x, text, &i, lines, &word);
		if (got < 0)
			return 1;
		if (!got)
			break;
		ends = x->last_word.p && str_eq(until_nul(buf_view(&word)), x->last_word);
		if (ends && (first || i < text.n)) {
			/* where the input is a file, who reads next finds what is behind */
			if (!x->file.p && i < text.n)
				stream_unread(x->cx->in, text.n - i - 1);
			break;
		}
		*vec_push(x->cx->mem, &x->args) = buf_view(&word);
		first = i < text.n && text.p[i] == '\n';
		if (first)
			*vec_push(x->cx->mem, &x->line_ends) = x->args.n;
	}
	return 0;
}

static int split_input(struct xargs *x, struct str text)
{
	struct str item;

	if (x->delimiter < 0)
		return split_words(x, text, x->replace.p != NULL);
	while (applet_line(&text, (char)x->delimiter, &item)) {
		*vec_push(x->cx->mem, &x->args) = applet_chomp(item, (char)x->delimiter);
		*vec_push(x->cx->mem, &x->line_ends) = x->args.n;
	}
	return 0;
}

static void say_command(struct xargs *x, const struct strs *argv)
{
	struct buf b = buf_new(x->cx->mem);

	for (size_t i = 0; i < argv->n; i++) {
		buf_z(&b, i ? " " : "");
		buf_str(&b, applet_name(x->cx, argv->p[i]));
	}
	buf_char(&b, '\n');
	stream_write(x->cx->err, b.p, b.n);
}

static void run_command(struct xargs *x, const struct strs *argv)
{
	struct applet_cx *cx = x->cx;
	int status;

	if (x->verbose)
		say_command(x, argv);
	cx->no_command = false;
	status = cx->run(cx, argv->p, argv->n, x->file.p ? NULL : stream_null(cx->mem),
			 (struct env){0}, (struct str){0});
	if (cx->no_command) {
		x->unmatched = 0;
		x->status = status;
		x->stop = true;
	} else if (status == 255) {
		applet_say(cx, "%.*s: exited with status 255; aborting", STR_ARG(argv->p[0]));
		x->status = 124;
		x->stop = true;
	} else if (cx->signalled) {
		applet_say(cx, "%.*s: terminated by signal %d", STR_ARG(argv->p[0]), cx->signalled);
		x->status = 125;
		x->stop = true;
	} else if (status) {
		x->status = 123;
	}
}

static struct str replaced(struct xargs *x, struct str word, struct str by)
{
	struct buf b = buf_new(x->cx->mem);
	ptrdiff_t at;

	while ((at = str_find(word, x->replace)) >= 0) {
		buf_put(&b, word.p, (size_t)at);
		buf_str(&b, by);
		word = str_from(word, (size_t)at + x->replace.n);
	}
	buf_str(&b, word);
	return buf_view(&b);
}

static bool too_long(struct xargs *x, const char *what)
{
	applet_say(x->cx, "%s too long", what);
	x->status = 1;
	return false;
}

/* The command line with ARG in its places. */
static bool fill_in(struct xargs *x, struct str arg, struct strs *argv)
{
	size_t bytes = 0;

	if (arg.n >= LINE_BYTES)
		return too_long(x, "argument line");
	for (size_t k = 0; k < x->command.n; k++) {
		struct str word = replaced(x, x->command.p[k], arg);

		bytes += word.n + 1;
		if (word.n + 1 >= LINE_BYTES)
			return too_long(x, "command");
		if (bytes > LINE_BYTES)
			return too_long(x, "argument list");
		*vec_push(x->cx->mem, argv) = until_nul(word);
	}
	return true;
}

static void run_each(struct xargs *x)
{
	for (size_t i = 0; i < x->args.n && !x->stop; i++) {
		struct strs argv = {0};

		warn_of_nul(x, i + 1);
		if (!fill_in(x, x->args.p[i], &argv))
			return;
		run_command(x, &argv);
		if (x->stop && !x->cx->no_command)
			warn_of_nul(x, i + 2);
		if (x->stop && i + 1 < x->args.n)
			x->unmatched = 0; /* not read so far */
	}
}

/* A command line: arguments from *NEXT on, as many as it takes. *LINE: the next line's end. */
struct batch {
	struct strs argv;
	size_t bytes, n;
	uint64_t lines;
};

static struct batch collect(struct xargs *x, size_t *next, size_t *line)
{
	struct batch b = {.bytes = 0};

	for (size_t k = 0; k < x->command.n; k++) {
		*vec_push(x->cx->mem, &b.argv) = x->command.p[k];
		b.bytes += x->command.p[k].n + 1;
	}
	while (*next < x->args.n && b.n < x->most && (!x->lines || b.lines < x->lines) &&
	       b.bytes + x->args.p[*next].n + 1 <= LINE_BYTES) {
		b.bytes += x->args.p[*next].n + 1;
		*vec_push(x->cx->mem, &b.argv) = until_nul(x->args.p[(*next)++]);
		b.n++;
		for (; *line < x->line_ends.n && x->line_ends.p[*line] <= *next; ++*line)
			b.lines++;
	}
	return b;
}

/* The command alone takes all. */
static void no_room(struct xargs *x)
{
	applet_say(x->cx, "cannot fit single argument within argument list size limit");
	x->status = 1;
}

/* UNMATCHED: a quote was not closed behind the arguments. */
static void run_batches(struct xargs *x, bool unmatched)
{
	size_t next = 0, line = 0;

	do {
		struct batch b = collect(x, &next, &line);
		bool full = (x->lines && b.lines == x->lines) || b.n == x->most;

		warn_of_nul(x, next + !full); /* one that has no room was read, too */
		if (next < x->args.n && b.n == 0) {
			if (b.bytes > LINE_BYTES)
				no_room(x);
			else
				too_long(x, "argument line");
			return;
		}
		if (x->exact && !full && next < x->args.n && (x->lines || x->most != UINT64_MAX)) {
			too_long(x, "argument list");
			return;
		}
		if (unmatched && x->exact && next == x->args.n && !full)
			return;
		run_command(x, &b.argv);
	} while (next < x->args.n && !x->stop);
	if (x->stop && !x->cx->no_command) { /* how it ended is seen before the next one only */
		size_t seen = next;

		collect(x, &seen, &line);
		warn_of_nul(x, seen);
	}
	if (next < x->args.n)
		x->unmatched = 0; /* not read so far */
}

/* One byte, or an escape for one. */
static bool set_delimiter(struct xargs *x, struct str text)
{
	static const struct applet_escapes how = {.format = true};
	struct buf b = buf_new(x->cx->mem);

	applet_unescape(&b, text, &how);
	if (b.n != 1)
		return false;
	x->delimiter = (unsigned char)b.p[0];
	return true;
}

static bool limit_by(struct xargs *x, int which)
{
	bool other = x->limit && x->limit != which;

	x->limit = which;
	return !other;
}

static bool take_option(struct xargs *x, int c, struct str value)
{
	uint64_t unused;

	switch (c) {
	case '0': x->delimiter = 0; return true;
	case 'd': return set_delimiter(x, value);
	case 'a': x->file = value; return !str_is(value, "-");
	case 'E': x->last_word = value; return value.n > 0;
	case 'i': case 'I':
		x->replace = value.p ? value : S("{}");
		return limit_by(x, 'I') && x->replace.n > 0;
	case 'l': case 'L':
		x->exact = true;
		x->lines = 1;
		return limit_by(x, 'L') && (!value.p || str_number(value, 10, &x->lines)) &&
		       x->lines > 0;
	case 'n': return limit_by(x, 'n') && str_number(value, 10, &x->most) && x->most > 0;
	case 'P': return str_number(value, 10, &unused);
	case 'r': x->skip_empty = true; return true;
	case 't': x->verbose = true; return true;
	case 'x': return x->exact = true;
	default: return false;
	}
}

static bool read_input(struct xargs *x, struct str *text)
{
	struct applet_cx *cx = x->cx;
	struct blob *b = NULL;
	int err = x->file.p ? files_read(cx->files, applet_path(cx, x->file), &b) : 0;

	if (err && err != -EISDIR)
		applet_say(cx, "Cannot open input file %.*s: %s", STR_ARG(applet_cite(cx, x->file)),
			   strerror(-err));
	*text = S(""); /* a folder has no words */
	if (err == -EISDIR)
		return true;
	if (!err && b && applet_flat(cx, b, text))
		*text = str_dup(cx->mem, *text);
	blob_unref(b);
	return !err && (x->file.p || applet_read_text(cx, S("-"), text));
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, true);
	struct xargs x = {.cx = cx, .delimiter = -1, .most = UINT64_MAX,
			  .nul_at = SIZE_MAX};
	struct str text;
	int c, status;

	while ((c = opts_next(&o)) != OPTS_END)
		if (!take_option(&x, c, o.value))
			return applet_decline(cx);
	if (x.last_word.p && x.delimiter >= 0)
		return applet_decline(cx);
	x.command = o.operands;
	if (x.command.n == 0)
		*vec_push(cx->mem, &x.command) = S("echo");
	if (!read_input(&x, &text))
		return 1;
	if (x.file.p && !applet_bytes(cx, text)) /* how bytes that are no characters are shown */
		return applet_decline(cx);
	status = split_input(&x, text);
	/* What was read before an unmatched quote is still run. */
	if (x.replace.p)
		run_each(&x);
	else if (x.args.n || !(x.skip_empty || status))
		run_batches(&x, status);
	if (!x.stop)
		warn_of_nul(&x, SIZE_MAX);
	say_unmatched(&x);
	if (status && !x.status)
		return status;
	return applet_status(cx, x.status);
}

const struct applet applet_xargs = {
	.name = "xargs",
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
