/* SPDX-License-Identifier: GPL-2.0-only */
/* Execution environments, their descriptors, and what they say. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "shell/builtin.h"

struct shell *env_new(struct session *session, enum shell_dialect dialect, struct env base)
{
	struct arena *mem = arena_new();
	struct shell *sh = arena_make(mem, struct shell);

	sh->session = session;
	sh->process = &sh->own;
	sh->mem = mem;
	sh->tmp = arena_new();
	sh->dialect = dialect;
	sh->base = base;
	sh->env_cache = base; /* until something changes */
	sh->line = 1;
	sh->subst_status = -1;
	sh->trap_status = -1;
	sh->name = S("sh");
	sh->nfds = 10;
	sh->fds = arena_array(mem, struct fd, sh->nfds);
	return sh;
}

void env_free(struct shell *sh)
{
	struct arena *mem = sh->mem;

	process_end(&sh->own);
	arena_free(sh->tmp);
	arena_free(mem);
}

struct shell *env_script(struct shell *sh, enum shell_dialect dialect, struct env env)
{
	struct shell *sub = env_new(sh->session, dialect, env);

	sub->own.parent = sh->process;
	if (takes_place(sh))
		sub->process = sh->process;
	sub->nfds = sh->nfds;
	sub->fds = arena_array(sub->mem, struct fd, sh->nfds);
	memcpy(sub->fds, sh->fds, sh->nfds * sizeof(*sh->fds));
	sub->cwd = str_dup(sub->mem, sh->cwd);
	sub->umask = sub->umask_before = sh->umask;
	sub->open_files = sh->open_files;
	sub->ignored = trap_ignored(sh);
	return sub;
}

struct shell *env_subshell(struct shell *sh)
{
	struct arena *mem = arena_new();
	struct shell *sub = arena_make(mem, struct shell);

	*sub = *sh;
	sub->parent = sh;
	sub->mem = mem;
	sub->own = (struct process){.parent = sh->process};
	sub->process = &sub->own;
	sub->vars = NULL;
	sub->functions = NULL;
	sub->tracked = NULL;
	sub->untracked = false;
	sub->fds = arena_array(mem, struct fd, sh->nfds);
	memcpy(sub->fds, sh->fds, sh->nfds * sizeof(*sh->fds));
	sub->traps = (struct strs){0};
	sub->unexpanded = sub->entering = sub->stage = sub->catches = sub->by_errexit =
	    sub->no_paths = sub->no_empty = sub->of_number = sub->no_names = sub->dropped_text =
		false;
	sub->last = NULL;
	sub->no_fork = sub->execs = sub->gives_way = false;
	sub->later = NULL;
	sub->hidden = NULL;
	sub->whole_stage = NULL;
	sub->stage_signal = 0;
	sub->pipe_wrote = sub->pipe_last = 0;
	sub->random = 0;
	sub->last_room = 0; /* what $_ is stays the parent's */
	sub->flow = FLOW_ON;
	sub->exit_indirect = sub->exit_loops = sub->text_loops = 0;
	sub->raised = sub->out_of_text = sub->unwinds = false;
	sub->paren_body = NULL;
	sub->builtin = (struct str){0};
	sub->loops = is_bash(sh) ? 0 : sh->loops;
	sub->saved = NULL;
	sub->frame = NULL;
	sub->pipe_status.p = NULL;
	sub->pipe_status.n = sub->pipe_status.cap = 0;
	for (size_t i = 0; i < sh->pipe_status.n; i++)
		*vec_push(mem, &sub->pipe_status) = sh->pipe_status.p[i];
	sub->async = NULL;
	sub->owned.p = NULL;
	sub->owned.n = sub->owned.cap = 0;
	sub->subst_status = -1;
	return sub;
}

/* bash's EXIT trap runs before a signal ends the shell. */
static void trap_killed(struct shell *sh)
{
	int killed = sh->session->killed;

	if (sh->parent || !is_bash(sh) || killed == SIGKILL)
		return;
	sh->session->killed = 0;
	sh->flow = FLOW_ON;
	sh->status = 0; /* the kill's */
	trap_run(sh, "EXIT");
	sh->session->killed = killed;
}

/* bash: is SH the process of a command of what -c is given, or of one in that? */
static bool is_of_text(const struct shell *sh)
{
	while (sh->whole_stage && sh->whole_stage->kind == NODE_SIMPLE)
		sh = sh->parent;
	return !sh->parent && !sh->script;
}

/* Does bash leave the subshell SH by way of what undoes redirections of the shells around? */
static bool leaves_redirs(const struct shell *sh)
{
	if ((sh->flow == FLOW_DISCARD || (sh->flow == FLOW_EXIT && sh->forced)) && !sh->catches &&
	    is_of_text(sh))
		return true;
	if (sh->flow == FLOW_DISCARD)
		return sh->whole || !(within_text(sh) || sh->dropped_text);
	return sh->flow == FLOW_EXIT && (sh->left_to || (sh->forced && sh->unwound));
}

int env_end(struct shell *sh)
{
	/* dash: a return without a status that ends what a trap started gives the trap's */
	if (!is_bash(sh) && sh->flow == FLOW_RETURN && sh->bare_return && sh->trap_status >= 0)
		sh->status = sh->trap_status;
	if (!sh->parent && sh->traps.n && !sh->session->killed && sh->flow == FLOW_ON)
		interrupted(sh);
	if (sh->session->killed) {
		trap_killed(sh);
		sh->status = 128 + sh->session->killed;
		if (sh->parent)
			sh->parent->flow = FLOW_EXIT;
		else if (sh->session->run->killed_by)
			*sh->session->run->killed_by =
			    sh->session->killed +
			    ((sh->session->replaced || sh->session->died) && sh->session->dumped
				 ? 128
				 : 0);
		if (!sh->parent)
			sh->session->killed = 0;
	} else {
		if (is_bash(sh) && sh->parent && leaves_redirs(sh))
			redirs_leave(sh, sh->flow == FLOW_EXIT ? sh->left_to : NULL);
		/*
		 * bash's trace shows the trap of ( ) one level deeper; $(..) is that deep already
		 */
		bool deeper = sh->parent && sh->indirect == sh->parent->indirect;
		/* who reads the script counts loops anew behind an error */
		bool anew = is_bash(sh) && sh->flow == FLOW_DISCARD && !within_text(sh);
		/* it left from where it was, still in its loops */
		bool within = is_bash(sh) && sh->flow == FLOW_EXIT &&
			      (!sh->forced || (!sh->unwound && !within_text(sh)));
		unsigned before = sh->indirect;

		sh->indirect += deeper;
		if (!deeper && sh->flow == FLOW_EXIT && sh->exit_indirect)
			sh->indirect = sh->exit_indirect;
		if (within)
			sh->loops = sh->exit_loops;
		else if (is_bash(sh) && sh->flow != FLOW_EXIT && sh->text_loops)
			sh->loops = sh->text_loops - 1;
		else if (anew)
			sh->loops = 0;
		/* whoever asks for the status of ( ), -e counts in there */
		if (sh->parent && is_bash(sh))
			sh->tested = 0;
		trap_run(sh, "EXIT");
		sh->indirect = before;
	}
	for (size_t i = 0; i < sh->owned.n; i++)
		stream_close(sh->owned.p[i]);
	files_umask(sh->session->files, sh->parent ? sh->parent->umask : sh->umask_before);
	process_end(&sh->own);
	return sh->status & 255;
}

/* --- descriptors --- */

struct stream *fd_stream(struct shell *sh, size_t fd)
{
	return fd < sh->nfds ? sh->fds[fd].stream : NULL;
}

void fd_put(struct shell *sh, size_t fd, struct fd value)
{
	if (fd >= sh->nfds) {
		size_t n = fd + 4;
		struct fd *more = arena_array(sh->mem, struct fd, n);

		memcpy(more, sh->fds, sh->nfds * sizeof(*more));
		sh->fds = more;
		sh->nfds = n;
	}
	sh->fds[fd] = value;
}

int put_fd(struct shell *sh, int fd, struct str text)
{
	struct stream *s = fd_stream(sh, (size_t)fd);

	int err;

	if (!s)
		return -EBADF;
	err = text.n ? stream_write(s, text.p, text.n) : 0;
	if (s == sh->pipe && text.n)
		sh->pipe_wrote = stream_size(s);
	return err;
}

int put_out(struct shell *sh, struct str name, struct str text)
{
	int err = put_fd(sh, 1, text);

	if (err == 0 || text.n == 0) /* they look when there is something to write */
		return 0;
	if (is_bash(sh))
		say(sh, "%.*s: write error: %s", STR_ARG(name), errno_text(-err));
	else
		say(sh, "%.*s: %.*s: I/O error", STR_ARG(name), STR_ARG(name));
	return 1;
}

/* --- messages --- */

const char *errno_text(int err)
{
	return strerrordesc_np(err) ? strerrordesc_np(err) : "Unknown error";
}

struct str name_said(const struct shell *sh)
{
	/* bash names the file that the function is from ("environment": -c), or that is read */
	return is_bash(sh) && sh->calls && sh->calls->source.n ? sh->calls->source : sh->name;
}

static void say_text(struct shell *sh, const char *fmt, va_list ap)
{
	struct buf out = buf_new(sh->tmp);
	struct str name = name_said(sh);

	buf_fmt(&out, is_bash(sh) ? "%.*s: line %u: " : "%.*s: %u: ", STR_ARG(name), sh->line);
	if (!is_bash(sh) && sh->blame.n)
		buf_fmt(&out, "%.*s: ", STR_ARG(sh->blame));
	buf_str(&out, str_vfmt(sh->tmp, fmt, ap));
	buf_char(&out, '\n');
	put_fd(sh, 2, buf_view(&out));
}

void say(struct shell *sh, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_text(sh, fmt, ap);
	va_end(ap);
}

/* bash: a message ends the shell where it is. */
static void note_exit(struct shell *sh)
{
	sh->exit_indirect = sh->indirect + 1;
	sh->exit_loops = sh->loops;
}

void fatal(struct shell *sh, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_text(sh, fmt, ap);
	va_end(ap);
	sh->status = status;
	sh->flow = FLOW_EXIT;
	sh->raised = !is_bash(sh);
	sh->forced = is_bash(sh) && !(sh->options & OPT_ERREXIT);
	sh->unwound = sh->forced && !within_text(sh);
	if (!sh->forced)
		note_exit(sh);
	pipe_status_set(sh, is_bash(sh) ? 1 : status); /* whatever the shell ends with */
}

void drop_whole(struct shell *sh)
{
	sh->status = 1;
	sh->flow = FLOW_DISCARD;
	sh->whole = true;
}

void expansion_failed(struct shell *sh)
{
	sh->status = is_bash(sh) ? 1 : 2;
	pipe_status_set(sh, 1);
	sh->flow = is_bash(sh) ? FLOW_DISCARD : FLOW_EXIT;
	sh->raised = !is_bash(sh);
}

void reported(struct shell *sh)
{
	if (!is_bash(sh) || !(sh->options & OPT_ERREXIT))
		return;
	sh->status = sh->status ? sh->status : 1;
	sh->flow = FLOW_EXIT;
	note_exit(sh);
}

void expansion_fatal(struct shell *sh)
{
	int before = sh->subst_status > 0 ? sh->subst_status : sh->status;

	expansion_failed(sh);
	if (is_bash(sh) && (sh->options & OPT_ERREXIT)) {
		sh->status = before ? before : sh->status;
		sh->flow = FLOW_EXIT;
		note_exit(sh);
	}
}
