/* SPDX-License-Identifier: GPL-2.0-only */
/* grep over files: lines, counts and names of those that match. */
#include "applet/grep.h"

enum { FIRST_PART = 1 << 15 }; /* GNU grep's first buffer is no smaller */

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
	while (mark == ':' && !g->invert && from <= line.n && grep_find(g, line, from, &so, &eo)) {
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
		hit =
		    n < g->most && grep_find(g, c.lines.p[c.lines.n - 1], 0, &so, &eo) != g->invert;
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
		if (grep_find(g, bare, 0, &so, &eo) != g->invert) {
			n++;
			g->rest = text.n;
			if (g->quiet || g->list || g->list_others || g->unseen)
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

enum { PIPE_PIECE = 96 << 10 }; /* GNU grep takes so much of a pipe at once */

/* What is behind the last of -m lines stays to be read, where standard input is a file. Of a pipe
 * that is left to who writes; nobody drains it but to tell /dev/null. */
static void give_back(struct grep *g, uint64_t n)
{
	bool listed = g->list || g->list_others;

	if (n > 0 && (g->quiet || n == g->most || (listed && !g->unseen)))
		stream_leave(g->cx->in, g->rest, PIPE_PIECE);
	if (n > 0 && n == g->most && !g->quiet && !g->list && !g->list_others)
		stream_unread(g->cx->in, g->rest);
}

/* Does what is found go into the file that is read? */
static bool is_output(struct grep *g, struct str name)
{
	struct applet_cx *cx = g->cx;
	struct files_stat in, out;
	bool dash = str_is(name, "-");

	if (g->count || g->quiet || g->list || g->list_others || g->most <= 1 ||
	    !stream_stat(cx->out, cx->files, &out))
		return false;
	if (dash ? !stream_stat(cx->in, cx->files, &in)
		 : files_stat(cx->files, applet_path(cx, name), &in) != 0)
		return false;
	return S_ISREG(in.mode) && in.dev == out.dev && in.ino == out.ino;
}

static bool late_nul(struct grep *g, struct str name)
{
	struct applet_cx *cx = g->cx;
	uint64_t size, pos = 0;
	struct blob *b = NULL;
	struct str span;
	bool late = false;

	if ((str_is(name, "-") ? stream_peek(cx->in, &b)
			       : files_read(cx->files, applet_path(cx, name), &b)) != 0)
		return false;
	size = blob_size(b);
	while (size > FIRST_PART && size != BLOB_ENDLESS && !late) {
		uint64_t from = pos;

		if (!blob_next(b, &pos, &span))
			break;
		if (span.n && memchr(span.p, 0, span.n)) {
			late = from + (uint64_t)str_chr(span, '\0') >= FIRST_PART;
			break;
		}
	}
	blob_unref(b);
	return late;
}

bool grep_late_nul(struct grep *g, const struct strs *names)
{
	bool late = false;

	if (g->text || g->end == '\0')
		return false;
	if (names->n == 0)
		return late_nul(g, S("-"));
	for (size_t i = 0; i < names->n && !late; i++)
		late = late_nul(g, names->p[i]);
	return late;
}

void grep_file(struct grep *g, struct str name, bool show_name)
{
	struct applet_cx *cx = g->cx;
	struct blob *b = NULL;
	struct str text;
	uint64_t n;
	int err;

	if (is_output(g, name)) {
		applet_say(cx, "%.*s: input file is also the output", STR_ARG(shown_name(g, name)));
		g->failed = true;
		return;
	}
	err = str_is(name, "-") ? stream_rest(cx->in, &b)
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
