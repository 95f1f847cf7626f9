/* SPDX-License-Identifier: GPL-2.0-only */
/* A recipe's lines: what their prefixes say, what each becomes once expanded. */
#include <string.h>

#include "make/job.h"
#include "make/lang.h"
#include "make/options.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_newline(char c)
{
	return c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/* Flags by the prefixes of an unexpanded line, or because it calls make. */
static unsigned char line_flags(struct str line)
{
	unsigned char flags = 0;
	ptrdiff_t dollar;

	for (; line.n && (is_blank(line.p[0]) || strchr("@+-", line.p[0]));
	     line = str_from(line, 1)) {
		if (line.p[0] == '+')
			flags |= LINE_ALWAYS;
		else if (line.p[0] == '@')
			flags |= LINE_SILENT;
		else if (line.p[0] == '-')
			flags |= LINE_IGNORE;
	}
	while ((dollar = str_chr(line, '$')) >= 0) {
		line = str_from(line, (size_t)dollar);
		if (str_starts(line, S("$(MAKE)")) || str_starts(line, S("${MAKE}")))
			return flags | LINE_ALWAYS;
		line = str_from(line, 1);
	}
	return flags;
}

/* All lines as one text, each span where its line's spans are. */
static struct make_text join_lines(struct make *mk, const struct recipe *r)
{
	struct buf b = buf_new(mk->mem);
	VEC(struct make_span) spans = {0};

	for (size_t i = 0; i < r->lines.n; i++) {
		const struct make_text *t = &r->lines.p[i];

		for (size_t k = 0; k < t->n_spans; k++) {
			struct make_span span = t->spans[k];

			span.from += b.n + (i > 0);
			*vec_push(mk->mem, &spans) = span;
		}
		if (i)
			buf_char(&b, '\n');
		buf_str(&b, t->text);
	}
	return (struct make_text){buf_view(&b), spans.p, spans.n};
}

/* Does B end in an odd number of backslashes? */
static bool quotes_next(struct str b)
{
	size_t n = 0;

	while (n < b.n && b.p[b.n - 1 - n] == '\\')
		n++;
	return n % 2;
}

/*
 * A recipe ends in a newline, also where its file does not; backslashes in front of it make it the
 * last line's. Copied: the recipe as written has it not.
 */
static void keep_last_newline(struct make *mk, struct commands *c)
{
	struct make_text *last;

	if (!c->n || !quotes_next(c->lines[c->n - 1].text))
		return;
	c->lines = memcpy(arena_array(mk->mem, struct make_text, c->n), c->lines,
			  c->n * sizeof(*c->lines));
	last = &c->lines[c->n - 1];
	last->text = str_cat(mk->mem, last->text, S("\n"));
}

void commands_chop(struct make *mk, struct commands *c)
{
	if (c->chopped)
		return;
	c->chopped = true;
	c->n = c->recipe->lines.n;
	c->lines = c->recipe->lines.p;
	if (mk->one_shell && c->n) {
		c->lines = arena_make(mk->mem, struct make_text);
		c->lines[0] = join_lines(mk, c->recipe);
		c->n = 1;
	} else {
		keep_last_newline(mk, c);
	}
	c->flags = arena_zalloc(mk->mem, c->n + 1, 1);
	for (size_t i = 0; i < c->n; i++) {
		c->flags[i] = line_flags(c->lines[i].text);
		c->any_always |= (c->flags[i] & LINE_ALWAYS) != 0;
	}
}

/* The lines of T's references joined, as one text in OUT. */
static void collapse(struct tbuf *out, struct make_text t)
{
	size_t depth = 0, done = 0, i = 0;
	char open = '(', close = ')';

	for (; i < t.text.n; i++) {
		char c = t.text.p[i], following = i + 1 < t.text.n ? t.text.p[i + 1] : '\0';

		if (depth && c == '\\' && following == '\n') {
			tbuf_part(out, t, done, i - done);
			done = i;
			if (quotes_next(tbuf_view(out)))
				continue;
			while (out->n && is_blank(out->p[out->n - 1]))
				tbuf_cut(out, out->n - 1);
			tbuf_char(out, ' ');
			for (i++; i + 1 < t.text.n && is_blank(t.text.p[i + 1]);)
				i++;
			done = i + 1;
		} else if (!depth && c == '$' && (following == '(' || following == '{')) {
			open = following;
			close = open == '(' ? ')' : '}';
			depth = 1;
			i++;
		} else if (depth && c == open) {
			depth++;
		} else if (depth && c == close) {
			depth--;
		}
	}
	tbuf_part(out, t, done, i - done);
}

struct make_text commands_collapse(struct arena *mem, struct make_text t)
{
	struct tbuf out = tbuf_in(mem);

	if (str_chr(t.text, '\n') < 0 || str_find(t.text, S("\\\n")) < 0 ||
	    str_chr(t.text, '$') < 0)
		return t;
	collapse(&out, t);
	return (struct make_text){tbuf_view(&out), out.spans.p, out.spans.n};
}

/* T without its first N bytes. */
static struct make_text text_from(struct arena *mem, struct make_text t, size_t n)
{
	return text_slice(mem, t, n, t.text.n);
}

/* The first N bytes of T. */
static struct make_text text_head(struct make_text t, size_t n)
{
	while (t.n_spans > 1 && t.spans[t.n_spans - 1].from >= n)
		t.n_spans--;
	t.text = str_sub(t.text, 0, n);
	return t;
}

/* POSIX: a recipe prefix right behind a newline within a line is no part of it. */
static struct make_text drop_prefixes(struct arena *mem, struct make_text t, char prefix)
{
	char nl[2] = {'\n', prefix};
	struct tbuf out = tbuf_in(mem);
	size_t done = 0;
	ptrdiff_t at = str_chr(t.text, '\n') < 0 ? -1 : str_find(t.text, (struct str){nl, 2});

	if (at < 0)
		return t;
	for (; at >= 0; at = str_find(str_from(t.text, done), (struct str){nl, 2})) {
		tbuf_part(&out, t, done, (size_t)at + 1);
		done += (size_t)at + 2;
	}
	tbuf_part(&out, t, done, t.text.n - done);
	return (struct make_text){tbuf_view(&out), out.spans.p, out.spans.n};
}

struct str make_drop_prefixes(struct arena *mem, struct str text)
{
	struct buf b = buf_new(mem);
	size_t i = 0;

	while (i < text.n) {
		bool escaped = false;

		while (i < text.n && (is_blank(text.p[i]) || strchr("-@+", text.p[i])))
			i++;
		while (i < text.n) {
			char c = text.p[i++];

			buf_char(&b, c);
			if (c == '\n' && !escaped)
				break;
			escaped = c == '\\' && !escaped;
		}
	}
	return buf_view(&b);
}

bool make_one_shell(const struct make *mk)
{
	return mk->one_shell;
}

bool make_is_bourne(struct str shell)
{
	static const char *const names[] = {"sh", "bash", "dash", "ksh", "rksh", "zsh", "ash"};
	ptrdiff_t slash = str_rchr(shell, '/'), back = str_rchr(shell, '\\');
	struct str base = str_from(shell, (size_t)((slash > back ? slash : back) + 1));

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_is(base, names[i]))
			return true;
	return false;
}

/* A lone ":" needs no shell to do nothing; other flags may make something else of it. */
static bool does_nothing(const struct make_recipe *r, struct str text)
{
	struct str flags = str_trim(r->shell_flags);

	return str_is(text, ":") && make_is_bourne(r->shell) &&
	       (str_is(flags, "-c") || str_is(flags, "-ec"));
}

/* Take the prefix characters off T's front into *FLAGS. */
static struct make_text take_prefixes(struct arena *mem, struct make_text t, unsigned char *flags)
{
	size_t i = 0;

	for (; i < t.text.n; i++) {
		if (t.text.p[i] == '@')
			*flags |= LINE_SILENT;
		else if (t.text.p[i] == '+')
			*flags |= LINE_ALWAYS;
		else if (t.text.p[i] == '-')
			*flags |= LINE_IGNORE;
		else if (!is_blank(t.text.p[i]))
			break;
	}
	return i ? text_from(mem, t, i) : t;
}

/* One command of line INDEX: T, which may be empty. */
static void add_line(struct make *mk, struct job *j, struct make_text t, unsigned char flags,
		     size_t index)
{
	bool always = flags & LINE_ALWAYS, silent = (flags & LINE_SILENT) || mk->o->run_silent;
	struct job_line *l;

	j->tail_skipped = mk->o->touch && !always && !mk->o->question;
	if (j->tail_skipped)
		return;
	l = &j->lines[j->n++];
	*l = (struct job_line){.line.index = index};
	l->command = j->commands.n - 1;
	l->question = mk->o->question && !always;
	if (l->question)
		return;
	if (mk->one_shell && make_is_bourne(j->recipe.shell))
		t.text = make_drop_prefixes(j->mem, t.text);
	l->echo = mk->o->just_print || mk->o->trace || !silent;
	l->line.text = t;
	l->line.silent = silent;
	l->line.ignore = (flags & LINE_IGNORE) || mk->o->ignore_errors;
	l->line.always = always;
	l->run = (!mk->o->just_print || always) && !does_nothing(&j->recipe, t.text);
	j->tail_skipped = mk->o->touch && !l->run;
}

static size_t count_newlines(struct str s)
{
	size_t n = 0;

	for (ptrdiff_t at; (at = str_chr(s, '\n')) >= 0; n++)
		s = str_from(s, (size_t)at + 1);
	return n;
}

/* Nothing to run? Where make starts commands itself (PLAIN), a continued line is nothing either,
 * nor is a backslash that nothing follows; under .ONESHELL a newline is a shell's matter. */
static bool is_empty(struct str text, bool plain, bool one_shell)
{
	size_t i = 0;

	for (; i < text.n; i++) {
		if (plain && text.p[i] == '\\' && (i + 1 == text.n || text.p[i + 1] == '\n'))
			i += i + 1 < text.n;
		else if (!is_blank(text.p[i]))
			break;
	}
	return i == text.n || (is_newline(text.p[i]) && i + 1 == text.n && !one_shell);
}

/* May J's lines be started without a shell? */
static bool may_be_plain(const struct job *j)
{
	struct str flags = j->recipe.shell_flags;

	return str_is(j->recipe.shell, "/bin/sh") && (str_is(flags, "-c") || str_is(flags, "-ec"));
}

/* Where the first command of TEXT ends under .ONESHELL: GNU make may cut it within quotes. */
static size_t one_shell_end(struct make *mk, const struct job *j, struct str text)
{
	if (!mk->host->one_shell_end || str_chr(text, '\n') < 0 || !may_be_plain(j))
		return text.n;
	return mk->host->one_shell_end(mk->host->ctx, text);
}

/*
 * Where the first command of TEXT ends: at a newline that no backslash hides. A second backslash
 * unhides it only where make takes the line apart itself; of what goes to a shell it looks at one
 * byte.
 */
static size_t command_end(struct make *mk, const struct job *j, struct str text)
{
	bool ours = mk->host->plain_text && may_be_plain(j), escaped = false;
	size_t i;

	if (str_chr(text, '\n') < 0)
		return text.n;
	for (i = 0; i < text.n; i++) {
		bool hidden = i > 0 && text.p[i - 1] == '\\';

		if (text.p[i] == '\n' && !hidden)
			break;
		if (text.p[i] == '\n' && !escaped && ours &&
		    mk->host->plain_text(mk->host->ctx, str_sub(text, 0, i)))
			break;
		escaped = text.p[i] == '\\' && !escaped;
	}
	return i;
}

/* The commands that the expanded line INDEX turns out to be. */
static void split_line(struct make *mk, struct job *j, struct make_text t, size_t index)
{
	struct commands *c = j->file->cmds;

	while (t.text.n) {
		unsigned char flags = c->flags[index] | j->file->line_flags;
		struct make_text one = take_prefixes(j->mem, t, &flags);
		size_t end;

		*vec_push(j->mem, &j->commands) = index;
		c->flags[index] |= flags & LINE_ALWAYS;
		one = drop_prefixes(j->mem, one, c->recipe->prefix);
		end = mk->one_shell ? one_shell_end(mk, j, one.text) : command_end(mk, j, one.text);
		if (is_empty(str_sub(one.text, 0, end), str_is(j->recipe.shell, "/bin/sh"),
			     mk->one_shell))
			j->tail_skipped = mk->o->touch;
		else
			add_line(mk, j, text_head(one, end), flags, index);
		if (end >= one.text.n)
			break;
		t = text_from(j->mem, one, end + 1);
		if (mk->one_shell) /* the rest went through the same mill */
			t.text = make_drop_prefixes(j->mem, t.text);
	}
}

size_t job_first_command(const struct job *j, const struct make_text *texts)
{
	size_t i = 0;

	while (i + 1 < j->file->cmds->n && !texts[i].text.n)
		i++;
	return i;
}

void job_lines(struct make *mk, struct job *j, const struct make_text *texts)
{
	struct commands *c = j->file->cmds;
	size_t max = 0, given = 0;
	struct make_line *lines;

	for (size_t i = 0; i < c->n; i++)
		max += 1 + count_newlines(texts[i].text);
	j->lines = arena_alloc(j->mem, (max + 1) * sizeof(*j->lines));
	for (size_t i = 0; i < c->n; i++)
		split_line(mk, j, texts[i], i);
	for (size_t i = 0; i < j->n; i++) {
		j->lines[i].given = given;
		given += j->lines[i].run;
	}
	lines = arena_array(j->mem, struct make_line, given + 1);
	for (size_t i = 0; i < j->n; i++)
		if (j->lines[i].run)
			lines[j->lines[i].given] = j->lines[i].line;
	j->recipe.lines = lines;
	j->recipe.n_lines = given;
}
