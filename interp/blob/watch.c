/* SPDX-License-Identifier: GPL-2.0-only */
/* Telling an overlay's watch (struct files_watch) what is looked at and what changes; asking its
 * gate. */
#include "blob/overlay.h"

#include "base/path.h"

void files_told_look(const struct files *f, struct str path, struct str key, unsigned what)
{
	const struct files_watch *w = f->options.watch;

	if (w && !f->quiet)
		w->looks(w->ctx, path, key, what);
	else if (w)
		files_told_peek(f, path, what);
}

void files_told_peek(const struct files *f, struct str path, unsigned what)
{
	const struct files_watch *w = f->options.watch;

	if (w && w->peeks)
		w->peeks(w->ctx, path, what);
}

void files_told_change(struct files *f, struct str key, enum files_change how)
{
	const struct files_watch *w = f->options.watch;

	f->wrote = true;
	files_stamp(f);
	if (w)
		w->changes(w->ctx, key, how);
}

int files_may_read(const struct files *f, struct str key)
{
	const struct files_gate *g = f->options.gate;

	return g ? g->reads(g->ctx, key) : 0;
}

int files_may_change(const struct files *f, struct str key)
{
	const struct files_gate *g = f->options.gate;

	return g ? g->changes(g->ctx, key) : 0;
}

void files_quiet(struct files *f, bool quiet)
{
	f->quiet = quiet;
}

bool files_wrote(const struct files *f)
{
	return f->wrote;
}

/* --- what others do for the overlay's user --- */

bool files_watched(const struct files *f)
{
	return f->options.watch != NULL;
}

const struct files_watch *files_watch_of(const struct files *f)
{
	return f->options.watch;
}

void files_looks_at(struct files *f, struct str path, unsigned what)
{
	files_told_look(f, path, (struct str){NULL, 0}, what);
}

void files_changes(struct files *f, struct str path, enum files_change how)
{
	const struct files_watch *w = f->options.watch;

	if (w)
		w->changes(w->ctx, path, how);
}

void files_unknown(struct files *f, const char *why)
{
	const struct files_watch *w = f->options.watch;

	if (w)
		w->unknown(w->ctx, why);
}

void files_unshare(struct files *f, struct str path)
{
	struct files_options options = {.umask = f->options.umask};
	struct files_stat st;
	struct files *own;
	struct blob *b;
	struct str bad;

	if (!f->options.link_copies)
		return;
	own = files_new(&options);
	if (files_stat(own, path, &st) == 0 && S_ISREG(st.mode) && st.nlink > 1 &&
	    files_read(own, path, &b) == 0) {
		if (files_write(own, path, b) == 0 && files_touch(own, path, st.changed, true) == 0)
			files_commit(own, &bad); /* if not, the process says why */
		blob_unref(b);
	}
	files_free(own);
}

void files_told_kept(struct files *f, struct str path, struct str key, unsigned how_seen,
		     enum files_change how)
{
	files_told_look(f, path, key, FILES_LOOK_STATE | FILES_LOOK_BYTES | how_seen);
	files_told_change(f, key, how);
}
