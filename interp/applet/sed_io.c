/* SPDX-License-Identifier: GPL-2.0-only */
/* sed's lines: where they come from, and where they go. */
#include "applet/sed_edit.h"

/* --- output --- */

void sed_end_missing(struct edit *e, struct sed_output *o)
{
	if (o->missing_newline)
		buf_char(&o->text, e->s->end);
	o->missing_newline = false;
}

void sed_put_line(struct edit *e, struct sed_output *o, struct str text, bool ended)
{
	if (o->to == TO_OUT)
		o = &e->out;
	sed_end_missing(e, o);
	buf_str(&o->text, text);
	if (ended)
		buf_char(&o->text, e->s->end);
	o->missing_newline = !ended;
}

void sed_put_text(struct edit *e, struct str text)
{
	sed_end_missing(e, &e->out);
	buf_str(&e->out.text, text);
}

void sed_put_pattern(struct edit *e)
{
	sed_put_line(e, &e->out, buf_view(&e->pattern.text), e->pattern.ended);
}

void sed_put_appended(struct edit *e)
{
	if (e->appended.n)
		sed_end_missing(e, &e->out); /* by a file that is not there, too */
	for (size_t i = 0; i < e->appended.n; i++) {
		struct appended *a = &e->appended.p[i];
		struct blob *b = NULL;
		struct str text;

		if (!a->file.p) {
			sed_put_text(e, a->text);
			continue;
		}
		if (files_read(e->cx->files, applet_path(e->cx, a->file), &b) != 0)
			continue; /* a file that can't be read is an empty one */
		text = blob_flat(e->cx->mem, b);
		if (text.n)
			sed_put_text(e, text);
		blob_unref(b);
	}
	e->appended.n = 0;
}

/* -iSUFFIX: what PATH is, a link itself, gets another name; *ST is what it leads to. */
static int keep_old(struct edit *e, struct str path, struct files_stat *st)
{
	struct files *files = e->cx->files;
	int err = files_stat(files, path, st);

	return err ? err
		   : files_rename(
			 files, path,
			 str_fmt(e->cx->mem, "%.*s%.*s", STR_ARG(path), STR_ARG(e->s->suffix)));
}

/* The new text at PATH; a symbolic link becomes a file of its own. */
static int replace_file(struct edit *e, struct str path)
{
	struct files *files = e->cx->files;
	struct blob *b = blob_copy(buf_view(&e->out.text).p, e->out.text.n);
	struct files_stat st = {0}, link;
	bool is_link = !e->s->suffix.n && files_lstat(files, path, &link) == 0 &&
		       S_ISLNK(link.mode) && files_stat(files, path, &st) == 0 &&
		       files_unlink(files, path) == 0;
	int err = e->s->suffix.n ? keep_old(e, path, &st) : 0;

	if (!err)
		err = files_write(files, path, b);
	blob_unref(b);
	return err == 0 && (is_link || e->s->suffix.n) ? files_chmod(files, path, st.mode & 07777)
						       : err;
}

void sed_flush(struct edit *e)
{
	int err;

	if (!e->editing.p) {
		applet_out(e->cx, buf_view(&e->out.text));
	} else {
		err = replace_file(e, applet_path(e->cx, e->editing));
		if (err) {
			applet_say_errno(e->cx, str_fmt(e->cx->mem, "couldn't open file %.*s",
							STR_ARG(e->editing)), err);
			e->status = 4;
		}
		e->out.missing_newline = false;
	}
	e->out.text.n = 0;
}

/* --- input --- */

void sed_close_file(struct edit *e)
{
	if (e->s->in_place && e->editing.p)
		sed_flush(e);
	e->editing = (struct str){NULL, 0};
	blob_unref(e->blob);
	e->blob = NULL;
	e->input = S("");
}

enum { PIPE_PIECE = 4096 }; /* GNU sed takes so much of a pipe at once */

void sed_give_back(struct edit *e)
{
	struct str name = !e->names->n ? S("-") : e->name ? e->names->p[e->name - 1] : S("");

	if (!str_is(name, "-") || e->s->in_place || !e->input.n)
		return;
	stream_unread(e->cx->in, e->input.n);
	stream_leave(e->cx->in, e->input.n, PIPE_PIECE);
}

/* With -s and -i each file begins at line 1, with ranges closed and nothing held. */
static void start_anew(struct edit *e)
{
	e->line = 0;
	e->hold.text.n = 0;
	for (size_t i = 0; i < e->s->commands.n; i++) {
		struct sed_command *c = &e->s->commands.p[i];

		c->range = c->a.kind == LINE && c->a.n == 0 ? ACTIVE : INACTIVE;
	}
}

bool sed_open_next(struct edit *e)
{
	struct str name = e->names->n ? e->names->p[e->name] : S("-");
	struct applet_cx *cx = e->cx;
	bool dash = str_is(name, "-") && !e->s->in_place;
	int err;

	sed_close_file(e);
	e->name++;
	err = dash ? stream_rest(cx->in, &e->blob)
		   : files_read(cx->files, applet_path(cx, name), &e->blob);
	if (err == -EISDIR && e->s->in_place)
		applet_say(cx, "couldn't edit %.*s: not a regular file", STR_ARG(name));
	else if (err == -EISDIR)
		applet_say_errno(cx, str_fmt(cx->mem, "read error on %.*s", STR_ARG(name)), err);
	else if (err)
		applet_say_errno(cx, str_fmt(cx->mem, "can't read %.*s", STR_ARG(name)), err);
	if (err || !applet_flat(cx, e->blob, &e->input)) {
		e->status = err == -EISDIR ? 4 : 2;
		if (err == -EISDIR) /* that ends it all */
			e->name = e->names->n;
		return false;
	}
	if (e->s->in_place)
		e->editing = name;
	if (e->s->separate)
		start_anew(e);
	return true;
}

bool sed_has_more(struct edit *e)
{
	while (e->input.n == 0) {
		if (e->s->separate || e->name >= (e->names->n ? e->names->n : 1))
			return false;
		sed_open_next(e);
	}
	return true;
}

bool sed_read_line(struct edit *e, bool append)
{
	struct str line;

	sed_put_appended(e);
	e->replaced = false;
	if (!sed_has_more(e))
		return false;
	applet_line(&e->input, e->s->end, &line);
	if (append)
		buf_char(&e->pattern.text, e->s->end);
	else
		e->pattern.text.n = 0;
	e->pattern.ended = line.p[line.n - 1] == e->s->end;
	buf_str(&e->pattern.text, applet_chomp(line, e->s->end));
	e->line++;
	return true;
}
