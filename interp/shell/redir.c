/* SPDX-License-Identifier: GPL-2.0-only */
/* Redirections: descriptors are entries of a table, open files are streams. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/internal.h"

static int failed(struct shell *sh, struct str what, int err, bool create)
{
	const char *text = errno_text(err);

	if (is_bash(sh)) {
		say(sh, "%.*s: %s", STR_ARG(what), text);
		return 1;
	}
	if (err == ENOENT || err == ENOTDIR)
		text = create ? "Directory nonexistent" : "No such file";
	say(sh, "cannot %s %.*s: %s", create ? "create" : "open", STR_ARG(what), text);
	return 2;
}

static int bad_fd(struct shell *sh, struct str what)
{
	say(sh, "%.*s: Bad file descriptor", STR_ARG(what));
	return is_bash(sh) ? 1 : 2;
}

/* bash expands the target once more for that, and runs no command; less so many bytes at its end.
 */
static int ambiguous(struct shell *sh, const struct redir *r, size_t less)
{
	struct strs fields = {0};
	struct str text = word_shown(sh->tmp, r->target);

	sh->unrun = r->target;
	if (!r->several && expand_word(sh, r->target, &fields) && fields.n == 1)
		text = fields.p[0];
	sh->unrun = NULL;
	say(sh, "%.*s: ambiguous redirect", (int)(text.n - less), text.p);
	return 1;
}

/* The target as one string; bash wants exactly one field. */
static int target_text(struct shell *sh, const struct redir *r, struct str *out)
{
	struct strs fields = {0};

	if (!r->several && !expand_word(sh, r->target, &fields))
		return 1;
	if (fields.n != 1)
		return ambiguous(sh, r, 0);
	*out = fields.p[0];
	return 0;
}

/* bash's >&WORD: what that makes of WORD is a word itself. Not 0 after a message. */
static int expanded_again(struct shell *sh, const struct redir *r, struct str *text)
{
	/* a backslash behind which nothing stands is lost */
	struct str before = str_sub(*text, 0, text->n - pattern_ends_open(*text));
	struct redir again = *r;

	again.target = parse_word(sh->tmp, sh->dialect, before, &again.several);
	if (!again.target || (again.target->plain && !again.several)) {
		*text = again.target ? again.target->fixed : before;
		return 0;
	}
	return target_text(sh, &again, text);
}

static bool saved_before(const struct redirs *frame, size_t fd)
{
	for (size_t i = 0; i < frame->saved.n; i++)
		if (frame->saved.p[i].fd == fd)
			return true;
	return false;
}

static void put(struct shell *sh, struct redirs *frame, size_t fd, struct fd value)
{
	struct fd old = fd < sh->nfds ? sh->fds[fd] : (struct fd){0};
	unsigned bit = is_bash(sh) || frame->within || fd > 9 ? 0 : 1u << fd;

	/* the pipe of a $(..) or pipeline does not tell dash that 1 is open again: then 1 is not
	 * put aside */
	if ((sh->closed & bit) && !saved_before(frame, fd))
		old = (struct fd){0};
	sh->closed = value.stream ? sh->closed & ~bit : sh->closed | bit;
	vec_push(sh->tmp, &frame->saved)->fd = fd;
	frame->saved.p[frame->saved.n - 1].old = old;
	fd_put(sh, fd, value);
}

bool redir_own_device(struct str path, size_t *fd)
{
	static const char *const names[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
	uint64_t n;

	for (size_t i = 0; i < 3; i++) {
		if (str_is(path, names[i])) {
			*fd = i;
			return true;
		}
	}
	if (!str_starts(path, S("/dev/fd/")) || !str_number(str_from(path, 8), 10, &n) || n > 255)
		return false;
	*fd = n;
	return true;
}

static bool clobbers(struct shell *sh, const struct redir *r, struct str path)
{
	struct files_stat st;

	if (!(sh->options & OPT_NOCLOBBER) || (r->kind != REDIR_WRITE && r->kind != REDIR_BOTH))
		return false;
	/* nor is anything made behind a link that leads nowhere */
	return files_stat(sh->session->files, path, &st) == 0
		   ? S_ISREG(st.mode)
		   : files_lstat(sh->session->files, path, &st) == 0;
}

static enum stream_mode mode_of(enum redir_kind kind)
{
	switch (kind) {
	case REDIR_READ: return STREAM_READ;
	case REDIR_APPEND:
	case REDIR_BOTH_APPEND: return STREAM_APPEND;
	case REDIR_UPDATE: return STREAM_UPDATE;
	default: return STREAM_WRITE;
	}
}

/* Does R make a file? dash's set -C opens what is there and no regular file as it is. */
static bool creates(struct shell *sh, const struct redir *r, struct str name, struct str path)
{
	struct files_stat st;

	return r->kind != REDIR_READ && !(r->kind == REDIR_WRITE && (sh->options & OPT_NOCLOBBER) &&
					  name.n && files_stat(sh->session->files, path, &st) == 0);
}

/* NAME: what R's target says. */
static int open_file(struct shell *sh, const struct redir *r, struct str name, struct redirs *frame)
{
	struct fd value = {.reads = r->kind == REDIR_READ || r->kind == REDIR_UPDATE,
			   .sealed = r->kind == REDIR_READ};
	struct str path;
	size_t other;
	int err;

	if (redir_own_device(name, &other)) {
		if (!fd_stream(sh, other))
			return failed(sh, name, ENOENT, !value.reads);
		value = sh->fds[other];
	} else {
		path = path_join(sh->tmp, sh->cwd, name);
		if (clobbers(sh, r, path)) {
			if (is_bash(sh))
				say(sh, "%.*s: cannot overwrite existing file", STR_ARG(name));
			else
				failed(sh, name, EEXIST, true);
			return is_bash(sh) ? 1 : 2;
		}
		err = name.n ? stream_open(sh->mem, sh->session->files, path, mode_of(r->kind),
					   &value.stream)
			     : -ENOENT;
		if (err)
			return failed(sh, name, -err, creates(sh, r, name, path));
		*vec_push(sh->tmp, &frame->opened) = value.stream;
	}
	if (r->kind == REDIR_BOTH || r->kind == REDIR_BOTH_APPEND) {
		/* bash opens it as the first that is free, and puts that aside as what 2 was: there
		 * it stays */
		if (is_bash(sh) && !frame->apart && !fd_stream(sh, 2) && fd_stream(sh, 0) &&
		    fd_stream(sh, 1))
			fd_put(sh, 2, value);
		put(sh, frame, (size_t)r->fd, value);
		put(sh, frame, 2, value);
		return 0;
	}
	put(sh, frame, (size_t)r->fd, value);
	return 0;
}

/* dash puts descriptor 2 aside before it finds that there is nothing to take its place: nobody
 * hears of it. */
static bool aside(const struct shell *sh, const struct redir *r, const struct redirs *frame)
{
	return !is_bash(sh) && r->fd == 2 && !frame->within && !saved_before(frame, 2);
}

/* Is a target SOURCE a number as it is written, maybe with a "-" behind it? */
static bool is_literal(struct str source)
{
	uint64_t n;

	return str_number(str_sub(source, 0, source.n - (source.p[source.n - 1] == '-')), 10, &n);
}

/* How bash names a descriptor that is not open: a target that is no number shows as it is written,
 * or gives its place to the other one. */
static struct str duplicated(struct shell *sh, const struct redir *r, struct str text)
{
	struct str source = r->target->source;

	if (!is_bash(sh) || is_literal(source))
		return text;
	return r->fd == (r->kind == REDIR_DUP_OUT) ? word_text(sh->tmp, r->target)
						     : str_fmt(sh->tmp, "%d", r->fd);
}

static int duplicate(struct shell *sh, const struct redir *r, struct str text, struct redirs *frame)
{
	uint64_t n;
	bool moves, open = fd_stream(sh, (size_t)r->fd) != NULL;

	if (str_is(text, "-")) {
		put(sh, frame, (size_t)r->fd, (struct fd){0});
		return 0;
	}
	moves = is_bash(sh) && text.n > 1 && text.p[text.n - 1] == '-' &&
		str_ends(r->target->source, S("-"));
	if (!str_number(str_sub(text, 0, text.n - moves), 10, &n)) {
		if (is_bash(sh) && r->kind == REDIR_DUP_OUT && r->fd == 1) {
			struct redir both = *r;

			both.kind = REDIR_BOTH;
			return expanded_again(sh, r, &text) ? 1 : open_file(sh, &both, text, frame);
		}
		if (!text.n)
			return bad_fd(sh, duplicated(sh, r, text));
		return ambiguous(sh, r, moves);
	}
	if (n == (uint64_t)r->fd)
		return 0; /* open or not */
	if (moves && !fd_stream(sh, n) && !frame->apart && !sh->entering && open)
		put_fd(sh, 2, str_fmt(sh->tmp, "%.*s: redirection error: cannot duplicate fd: Bad "
					       "file descriptor\n",
				      STR_ARG(name_said(sh))));
	if (n >= sh->nfds || !sh->fds[n].stream)
		return aside(sh, r, frame) ? 2
		       : bad_fd(sh, duplicated(sh, r, str_sub(text, 0, text.n - moves)));
	put(sh, frame, (size_t)r->fd, sh->fds[n]);
	if (moves && (frame->apart || open))
		put(sh, frame, n, (struct fd){0});
	else if (moves) /* bash puts it aside only with the other one */
		fd_put(sh, n, (struct fd){0});
	return 0;
}

/* --- here-documents --- */

/* dash's pipe, which a here-document is written to once it is expanded: both ends are open
 * meanwhile. */
struct here_pipe {
	size_t at[2]; /* the descriptors that it takes; SIZE_MAX: none that has a name */
	struct stream *ends[2];
};

static void here_pipe_open(struct shell *sh, struct here_pipe *p)
{
	int fds[2];
	size_t fd = 0;

	*p = (struct here_pipe){0};
	if (pipe2(fds, O_CLOEXEC) != 0)
		return;
	for (size_t i = 0; i < 2; i++, fd++) {
		while (fd < sh->nfds && sh->fds[fd].stream)
			fd++;
		p->at[i] = fd < 10 ? fd : SIZE_MAX;
		p->ends[i] = stream_fd(sh->mem, fds[i], true);
		if (fd < 10)
			fd_put(sh, fd, (struct fd){.stream = p->ends[i], .reads = i == 0});
	}
}

/* What was written to it by what stands in the document. */
static struct str here_pipe_close(struct shell *sh, struct here_pipe *p)
{
	struct str text = S("");
	ssize_t got;
	int n = 0;

	if (!p->ends[0])
		return text;
	if (ioctl(stream_descriptor(p->ends[0]), FIONREAD, &n) == 0 && n > 0) {
		char *room = arena_alloc(sh->tmp, (size_t)n);

		got = stream_read(p->ends[0], room, (size_t)n);
		text = got > 0 ? (struct str){room, (size_t)got} : text;
	}
	for (size_t i = 0; i < 2; i++) {
		stream_close(p->ends[i]);
		if (p->at[i] != SIZE_MAX)
			fd_put(sh, p->at[i], (struct fd){0});
	}
	return text;
}

/* The document could not be expanded: dash leaves the pipe open. */
static void here_pipe_leave(struct shell *sh, struct here_pipe *p)
{
	for (size_t i = 0; i < 2 && p->ends[i]; i++)
		*vec_push(sh->mem, &sh->owned) = p->ends[i];
}

/* The text of R, a here-document or here-string; false after a message. */
static bool here_text(struct shell *sh, const struct redir *r, struct str *text)
{
	struct here_pipe pipe = {0};
	bool good;

	if (r->kind == REDIR_HERE_STRING)
		return expand_unsplit(sh, expand_assign, r->target, text);
	if (!is_bash(sh) && !r->target->plain)
		here_pipe_open(sh, &pipe);
	good = expand_here(sh, r->target, text);
	if (good)
		*text = str_cat(sh->tmp, here_pipe_close(sh, &pipe), *text);
	else
		here_pipe_leave(sh, &pipe);
	return good;
}

static int here(struct shell *sh, const struct redir *r, struct redirs *frame)
{
	struct str text;
	struct blob *b;
	struct stream *s;

	if (!here_text(sh, r, &text)) {
		/* dash: the redirection fails, not the shell */
		if (sh->raised) {
			sh->raised = false;
			sh->flow = FLOW_ON;
		}
		return is_bash(sh) ? 1 : 2;
	}
	if (r->kind == REDIR_HERE_STRING)
		text = str_cat(sh->tmp, text, S("\n"));
	b = blob_copy(text.p, text.n);
	s = stream_source(sh->mem, b);
	blob_unref(b);
	*vec_push(sh->tmp, &frame->opened) = s;
	put(sh, frame, (size_t)r->fd, (struct fd){s, true, text.n, true});
	return 0;
}

static bool is_here(const struct redir *r)
{
	return r->kind == REDIR_HERE || r->kind == REDIR_HERE_STRING;
}

/* dash expands the targets of all before it opens the first; NULL after a message. */
const struct str *redirs_targets(struct shell *sh, const struct redir *list)
{
	struct strs names = {0};

	for (const struct redir *r = list; r; r = r->next) {
		bool fd = r->kind == REDIR_DUP_IN || r->kind == REDIR_DUP_OUT;
		struct str *text = vec_push(sh->tmp, &names);

		*text = S("");
		if (is_here(r))
			continue;
		if (!expand_string(sh, r->target, text))
			return NULL;
		if (fd && !str_is(*text, "-") &&
		    !(text->n == 1 && text->p[0] >= '0' && text->p[0] <= '9')) {
			/* a process of -c reads nothing any more */
			sh->line = sh->parent && !sh->script ? 1 : sh->read;
			fatal(sh, 2, "Syntax error: Bad fd number");
			return NULL;
		}
	}
	return names.p;
}

int redirs_apply(struct shell *sh, const struct redir *list, struct redirs *frame)
{
	const struct str *names = is_bash(sh) || !list ? NULL : redirs_targets(sh, list);

	return !is_bash(sh) && list && !names ? 2 : redirs_open(sh, list, names, frame);
}

int redirs_open(struct shell *sh, const struct redir *list, const struct str *names,
		struct redirs *frame)
{
	for (const struct redir *r = list; r; r = r->next) {
		struct str name = names ? *names++ : S("");
		int err = 0;

		hidden_hide(sh);
		if (is_bash(sh) && !is_here(r))
			err = target_text(sh, r, &name);
		if (err)
			return err;
		if (is_here(r))
			err = here(sh, r, frame);
		else if (r->kind == REDIR_DUP_IN || r->kind == REDIR_DUP_OUT)
			err = duplicate(sh, r, name, frame);
		else
			err = open_file(sh, r, name, frame);
		if (err)
			return err;
	}
	return 0;
}

static bool in_use(const struct shell *sh, const struct stream *s)
{
	for (size_t i = 0; i < sh->nfds; i++)
		if (sh->fds[i].stream == s)
			return true;
	return false;
}

/* An `exec` within may have kept a stream: then it lives as long as the environment. */
void redirs_undo(struct shell *sh, struct redirs *frame)
{
	while (frame->saved.n) {
		size_t fd = frame->saved.p[--frame->saved.n].fd;
		struct fd old = frame->saved.p[frame->saved.n].old;
		unsigned bit = is_bash(sh) || frame->within || fd > 9 ? 0 : 1u << fd;

		sh->closed = old.stream ? sh->closed & ~bit : sh->closed | bit;
		fd_put(sh, fd, old);
	}
	for (size_t i = 0; i < frame->opened.n; i++) {
		if (in_use(sh, frame->opened.p[i]))
			*vec_push(sh->mem, &sh->owned) = frame->opened.p[i];
		else
			stream_close(frame->opened.p[i]);
	}
	frame->opened.n = 0;
}

void redirs_leave(struct shell *sh, const struct redirs *last)
{
	const struct redirs *left = NULL;

	while (sh->redirected && (!last || left != last)) {
		left = sh->redirected;
		for (size_t i = left->saved.n; i--;)
			fd_put(sh, left->saved.p[i].fd, left->saved.p[i].old);
		sh->redirected = left->outer;
	}
}

void redirs_keep(struct shell *sh, struct redirs *frame)
{
	for (size_t i = 0; i < frame->opened.n; i++)
		*vec_push(sh->mem, &sh->owned) = frame->opened.p[i];
	frame->opened.n = 0;
	frame->saved.n = 0;
}
