/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sed: runs a script over lines. Files are read whole; a last line without newline keeps lacking
 * it, as GNU sed does. The regular expressions are regex.c's, the script's language is
 * sed_parse.c's.
 */
#include <fcntl.h>
#include <unistd.h>

#include "applet/sed_edit.h"

static const char help[] =
	"sed [-nEsz] [-i[SUFFIX]] [-e SCRIPT]... [-f FILE]... [SCRIPT] [FILE]...: edit lines\n"
	"  commands  { } = : a b c d D g G h H i n N p P q Q r s t T w x y z\n"
	"  addresses N, $, /re/, N~STEP, A,B, A,+N, A,~N, with ! behind\n"
	"  -i  change FILEs themselves   -E  extended expressions   -z  lines end with NUL\n";

static const struct opt options[] = {
	{'n', "quiet", OPT_NONE, NULL},
	{'n', "silent", OPT_NONE, NULL},
	{'e', "expression", OPT_VALUE, NULL},
	{'f', "file", OPT_VALUE, NULL},
	{'i', "in-place", OPT_MAYBE, NULL},
	{'b', "binary", OPT_NONE, NULL},
	{'E', "regexp-extended", OPT_NONE, NULL},
	{'r', NULL, OPT_NONE, NULL},
	{'s', "separate", OPT_NONE, NULL},
	{'z', "null-data", OPT_NONE, NULL},
	{0},
};

enum verdict { GO_ON, NEXT_CYCLE, AGAIN /* without reading */, QUIT, QUIT_SILENTLY, END_OF_FILE };

/* --- addresses --- */

static bool match(struct edit *e, struct regex *re, struct str text, size_t start, regmatch_t *m)
{
	if (re)
		e->last_re = re;
	return e->last_re && regex_match(e->last_re, e->cx->mem, text, start, m);
}

static bool matches(struct edit *e, const struct address *a)
{
	regmatch_t m[REGEX_GROUPS];

	switch (a->kind) {
	case LINE: return e->line == a->n;
	case LAST: return !sed_has_more(e);
	case REGEX: return match(e, a->re, buf_view(&e->pattern.text), 0, m);
	case STEP:
		if (a->step == 0)
			return e->line == a->n;
		return e->line >= a->n && (e->line - a->n) % a->step == 0;
	default: return true;
	}
}

static bool continue_range(struct edit *e, struct sed_command *c)
{
	bool inside;

	if (c->b.kind == LINE || c->b.kind == PLUS || c->b.kind == MULTIPLE) {
		/* Lines that N took along: a line number is over then, a count fires once more. */
		inside = e->line <= c->range_end || c->b.kind != LINE;
		if (e->line >= c->range_end)
			c->range = CLOSED;
		return inside;
	}
	if (matches(e, &c->b))
		c->range = CLOSED;
	return true;
}

static bool start_range(struct edit *e, struct sed_command *c)
{
	/* A line number that n or N skipped still starts the range, once. */
	if (c->a.kind == LINE ? c->range == CLOSED || e->line < c->a.n : !matches(e, &c->a))
		return false;
	if (c->a.kind == LINE && c->b.kind == LINE && e->line > c->b.n && e->line != c->a.n) {
		c->range = CLOSED;
		return false;
	}
	if (c->b.kind == LINE)
		c->range_end = c->b.n;
	else if (c->b.kind == PLUS)
		c->range_end = e->line + c->b.n;
	else if (c->b.kind == MULTIPLE)
		c->range_end = c->b.n ? (e->line / c->b.n + 1) * c->b.n : e->line;
	else
		c->range_end = UINT64_MAX;
	if (c->b.kind == LAST && !sed_has_more(e))
		c->range_end = e->line;
	c->range = c->range_end > e->line ? ACTIVE : CLOSED;
	return true;
}

static bool applies(struct edit *e, struct sed_command *c)
{
	bool yes;

	if (c->b.kind == NO_ADDRESS)
		yes = matches(e, &c->a);
	else
		yes = c->range == ACTIVE ? continue_range(e, c) : start_range(e, c);
	return yes != c->negated;
}

/* --- commands --- */

static char in_case(char c, char how)
{
	if (how && (unsigned char)c >= 0x80)
		return '\xff'; /* GNU sed's, where a byte that is no ASCII is no character */
	if ((how | 32) == 'u' && c >= 'a' && c <= 'z')
		return (char)(c - 32);
	if ((how | 32) == 'l' && c >= 'A' && c <= 'Z')
		return (char)(c + 32);
	return c;
}

/* TEXT in P's case; *FIRST is used up when there is a letter for it. */
static void put_in_case(struct buf *out, struct str text, const struct sed_piece *p, char *first)
{
	if (!p->letters && !*first) {
		buf_str(out, text);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		buf_char(out, in_case(text.p[i], *first ? *first : p->letters));
		*first = 0;
	}
}

static void put_replacement(const struct sed_command *c, struct buf *out, struct str text,
			    const regmatch_t *m)
{
	char kept = 0;

	for (size_t i = 0; i < c->pieces.n; i++) {
		const struct sed_piece *p = &c->pieces.p[i];
		char first = p->first ? p->first : kept;
		struct str group = S("");

		kept = 0;
		put_in_case(out, p->text, p, &first);
		if (p->group < 0)
			continue;
		if (m[p->group].rm_so >= 0)
			group = str_sub(text, (size_t)m[p->group].rm_so,
					(size_t)(m[p->group].rm_eo - m[p->group].rm_so));
		/* A group that is empty leaves its own \u for the next piece. */
		if (group.n == 0 && p->first)
			kept = first;
		put_in_case(out, group, p, &first);
	}
}

/* s: the new text in OUT; false when nothing was replaced. */
static bool replace(struct edit *e, const struct sed_command *c, struct str text, struct buf *out)
{
	regmatch_t m[REGEX_GROUPS];
	size_t at = 0, behind = SIZE_MAX; /* where the last match that was not empty ended */
	uint64_t count = 0, wanted = c->number ? c->number : 1;
	bool done = false;

	while (at <= text.n && match(e, c->re, text, at, m)) {
		size_t from = (size_t)m[0].rm_so, to = (size_t)m[0].rm_eo;

		buf_put(out, text.p + at, from - at);
		at = to;
		if (from != to || from != behind) {
			if (++count < wanted)
				buf_put(out, text.p + from, to - from);
			else
				put_replacement(c, out, text, m);
			done |= count >= wanted;
		}
		if (done && !c->global)
			break;
		if (from != to) {
			behind = to;
			continue;
		}
		if (at < text.n)
			buf_char(out, text.p[at]);
		at++;
	}
	if (at < text.n)
		buf_put(out, text.p + at, text.n - at);
	return done;
}

static void substitute(struct edit *e, struct sed_command *c)
{
	struct buf out = buf_new(e->cx->mem);

	if (!replace(e, c, buf_view(&e->pattern.text), &out))
		return;
	e->pattern.text = out;
	e->replaced = true;
	if (c->print)
		sed_put_pattern(e);
	if (c->out)
		sed_put_line(e, c->out, buf_view(&e->pattern.text), e->pattern.ended);
}

static void copy_space(struct space *to, const struct space *from)
{
	to->text.n = 0;
	buf_str(&to->text, buf_view(&from->text));
	to->ended = from->ended;
}

static void append_space(struct edit *e, struct space *to, const struct space *from)
{
	buf_char(&to->text, e->s->end);
	buf_str(&to->text, buf_view(&from->text));
	to->ended = from->ended;
}

/* g G h H x z y: what only moves text. */
static void move_text(struct edit *e, struct sed_command *c)
{
	struct space t;

	switch (c->name) {
	case 'g': copy_space(&e->pattern, &e->hold); break;
	case 'G': append_space(e, &e->pattern, &e->hold); break;
	case 'h': copy_space(&e->hold, &e->pattern); break;
	case 'H': append_space(e, &e->hold, &e->pattern); break;
	case 'x':
		t = e->pattern;
		e->pattern = e->hold;
		e->hold = t;
		break;
	case 'z': e->pattern.text.n = 0; break;
	case 'y':
		for (size_t i = 0; i < e->pattern.text.n; i++)
			e->pattern.text.p[i] =
				(char)c->map[(unsigned char)e->pattern.text.p[i]];
		break;
	}
}

static enum verdict delete_first(struct edit *e)
{
	ptrdiff_t at = str_chr(buf_view(&e->pattern.text), e->s->end);
	size_t n = (size_t)(at + 1);

	if (at < 0)
		return NEXT_CYCLE;
	memmove(e->pattern.text.p, e->pattern.text.p + n, e->pattern.text.n - n);
	e->pattern.text.n -= n;
	return AGAIN;
}

static void put_first(struct edit *e)
{
	struct str text = buf_view(&e->pattern.text);
	ptrdiff_t at = str_chr(text, e->s->end);

	sed_put_line(e, &e->out, at < 0 ? text : str_sub(text, 0, (size_t)at),
		 at < 0 ? e->pattern.ended : true);
}

/* n and N; without another line the script ends here. */
static enum verdict read_next(struct edit *e, bool append)
{
	if (!sed_has_more(e))
		return END_OF_FILE;
	if (!append && !e->s->quiet)
		sed_put_pattern(e);
	sed_read_line(e, append);
	return GO_ON;
}

static enum verdict run_command(struct edit *e, struct sed_command *c, size_t *next)
{
	switch (c->name) {
	case '=':
		sed_put_text(e,
			     str_fmt(e->cx->mem, "%llu%c", (unsigned long long)e->line, e->s->end));
		break;
	case 'a': case 'r':
		*vec_push(e->cx->mem, &e->appended) =
		    (struct appended){c->text, c->name == 'r' ? c->text : (struct str){NULL, 0}};
		break;
	case 'i': sed_put_text(e, c->text); break;
	case 'c':
		if (c->b.kind == NO_ADDRESS || c->range != ACTIVE || c->negated)
			sed_put_text(e, c->text);
		return NEXT_CYCLE;
	case 'b': *next = c->target; break;
	case 't': case 'T':
		if (e->replaced == (c->name == 't'))
			*next = c->target;
		e->replaced = false;
		break;
	case 'd': return NEXT_CYCLE;
	case 'D': return delete_first(e);
	case 'n': case 'N': return read_next(e, c->name == 'N');
	case 'p': sed_put_pattern(e); break;
	case 'P': put_first(e); break;
	case 'q': case 'Q':
		if (!e->status) /* a file that could not be read counts more */
			e->status = c->exit_status;
		return c->name == 'q' ? QUIT : QUIT_SILENTLY;
	case 's': substitute(e, c); break;
	case 'w': sed_put_line(e, c->out, buf_view(&e->pattern.text), e->pattern.ended); break;
	default: move_text(e, c);
	}
	return GO_ON;
}

static enum verdict run_script(struct edit *e)
{
	for (size_t i = 0; i < e->s->commands.n;) {
		struct sed_command *c = &e->s->commands.p[i++];
		enum verdict v;

		if (!applies(e, c)) {
			if (c->name == '{')
				i = c->target;
			continue;
		}
		v = run_command(e, c, &i);
		if (v != GO_ON)
			return v;
	}
	return GO_ON;
}

/* The lines of all files, or with -s and -i of one; true: the script said to stop. */
static bool run_cycles(struct edit *e)
{
	enum verdict v = GO_ON;

	while (v == AGAIN || sed_read_line(e, false)) {
		v = run_script(e);
		if ((v == GO_ON || v == QUIT || v == END_OF_FILE) && !e->s->quiet)
			sed_put_pattern(e);
		if (v == QUIT_SILENTLY)
			e->appended.n = 0;
		sed_put_appended(e);
		if (v == QUIT)
			sed_end_missing(e, &e->out); /* as GNU sed, q ends the last line */
		/* n or N without another line ends this file, not the run. */
		if (v == END_OF_FILE)
			return false;
		if (v == QUIT || v == QUIT_SILENTLY)
			return true;
	}
	return false;
}

static void put_outputs(struct edit *e)
{
	for (size_t i = 0; i < e->s->outputs.n; i++) {
		struct sed_output *o = e->s->outputs.p[i];
		struct blob *b;
		int err;

		if (o->to == TO_ERR && o->text.n)
			stream_write(e->cx->err, o->text.p, o->text.n);
		if (o->to != TO_FILE)
			continue;
		b = blob_copy(buf_view(&o->text).p, o->text.n);
		err = files_write(e->cx->files, applet_path(e->cx, o->name), b);
		blob_unref(b);
		if (err) {
			applet_say_errno(e->cx, str_fmt(e->cx->mem, "couldn't open file %.*s",
							STR_ARG(o->name)), err);
			e->status = 4;
		}
	}
}

/* What w names is opened before anything is read. */
static bool can_put_outputs(struct sed *s)
{
	for (size_t i = 0; i < s->outputs.n; i++) {
		struct str name = s->outputs.p[i]->name;
		int err = s->outputs.p[i]->to == TO_FILE ? applet_creatable(s->cx, name) : 0;

		if (err) {
			applet_say_errno(
			    s->cx, str_fmt(s->cx->mem, "couldn't open file %.*s", STR_ARG(name)),
			    err);
			return false;
		}
	}
	return true;
}

static int edit_files(struct sed *s, const struct strs *names)
{
	struct edit e = {.s = s, .cx = s->cx, .names = names, .input = S("")};
	size_t n = names->n ? names->n : 1;
	bool stop = false;

	if (!can_put_outputs(s))
		return 4;
	e.pattern = (struct space){buf_new(s->cx->mem), true};
	e.hold = (struct space){buf_new(s->cx->mem), true};
	e.out.text = buf_new(s->cx->mem);
	if (!s->separate) {
		stop = run_cycles(&e);
	} else {
		while (!stop && e.name < n)
			if (sed_open_next(&e))
				stop = run_cycles(&e);
	}
	if (stop)
		sed_give_back(&e);
	sed_close_file(&e);
	sed_flush(&e);
	put_outputs(&e);
	return applet_status(s->cx, e.status);
}

/* --- the command line --- */

static void add_script(struct sed *s, struct buf *script, bool *has, struct str text)
{
	(void)s;
	if (*has)
		buf_char(script, '\n');
	*has = true;
	buf_str(script, text);
}

static bool add_script_file(struct sed *s, struct buf *script, bool *has, struct str name)
{
	struct blob *b = NULL;
	struct str text;

	if (str_is(name, "-") ||
	    files_read(s->cx->files, applet_path(s->cx, name), &b) != 0)
		return false;
	text = blob_flat(s->cx->mem, b);
	add_script(s, script, has, str_dup(s->cx->mem, applet_chomp(text, '\n')));
	blob_unref(b);
	return true;
}

/* Not a pipe, nor in a folder where its new text can't be made: the real one has words for each. */
static bool can_edit(struct applet_cx *cx, struct str name)
{
	struct str path = applet_path(cx, name);
	struct files_stat st;

	if (files_peek(cx->files, path, true, &st) != 0 || S_ISDIR(st.mode))
		return true;
	return S_ISREG(st.mode) &&
	       faccessat(AT_FDCWD, str_cz(cx->mem, path_dir(path)), W_OK, AT_EACCESS) == 0;
}

static int run(struct applet_cx *cx)
{
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	struct sed s = {.cx = cx, .end = '\n'};
	struct buf script = buf_new(cx->mem);
	bool has = false, ok = true;
	int c, status;

	while ((c = opts_next(&o)) != OPTS_END && ok)
		switch (c) {
		case 'n': s.quiet = true; break;
		case 'e': add_script(&s, &script, &has, o.value); break;
		case 'f': ok = add_script_file(&s, &script, &has, o.value); break;
		case 'i':
			s.in_place = s.separate = true;
			s.suffix = o.value.p ? o.value : S("");
			ok = str_chr(s.suffix, '*') < 0 && str_chr(s.suffix, '/') < 0;
			break;
		case 'b': break;
		case 'E': case 'r': s.extended = true; break;
		case 's': s.separate = true; break;
		case 'z': s.end = '\0'; break;
		default: ok = false;
		}
	if (ok && !has && o.operands.n) {
		buf_str(&script, o.operands.p[0]);
		o.operands.p++;
		o.operands.n--;
		has = true;
	}
	/* Looking ahead for "$", the real one does not mind a folder. */
	for (size_t i = 0; o.operands.n > 1 && i < o.operands.n; i++)
		ok = ok && (s.in_place || !applet_is_folder(cx, o.operands.p[i]));
	for (size_t i = 0; s.in_place && i < o.operands.n; i++)
		ok = ok && can_edit(cx, o.operands.p[i]);
	s.script = buf_view(&script);
	/* Edited files need names; without, the real sed says what it thinks. */
	ok = ok && has && !(s.in_place && o.operands.n == 0) && applet_bytes(cx, s.script) &&
	     sed_parse(&s) && applet_bytes_in(cx, &o.operands);
	status = ok ? edit_files(&s, &o.operands) : applet_decline(cx);
	for (size_t i = 0; i < s.regexes.n; i++)
		regex_free(s.regexes.p[i]);
	return status;
}

const struct applet applet_sed = {
	.name = "sed",
	.write_status = 4,
	.help = help,
	.run = run,
	.flags = APPLET_PURE,
};
