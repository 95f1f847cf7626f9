/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Starting processes. Nothing of ours (folder, environment, umask, limits, signals) is touched: the
 * child sets them for itself. What a descriptor stands for is handed over as it is where it is one
 * of the process's; a here-document or blob becomes an unlinked file in memory, and output that we
 * collect comes through a pipe that is drained while the process runs.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/ignore.h"
#include "base/path.h"
#include "base/sigmask.h"
#include "shell/builtin.h"
#include "shell/internal.h"
#include "shell/watch.h"

enum { PIPE_ROOM = 1 << 20, CHUNK = 1 << 16 };

enum { READ_AHEAD = 128 << 10 }; /* what a program takes of a pipe at once, at most */

struct handed {
	int from, to; /* FROM -1: TO is closed */
};

struct drain {
	struct stream *stream;
	int read_end, write_end;
};

struct fed {
	size_t fd; /* of the table */
	int file;
	uint64_t size;
};

struct launch {
	struct shell *sh;
	struct shell_program is;
	bool ours;		 /* a program that runs in this process */
	const char *path, *cwd;
	char **argv, **env;
	mode_t umask;
	VEC(struct handed) handed;
	VEC(struct drain) drains;
	VEC(struct fed) fed;
	VEC(int) to_close;	 /* ours, once the child has them */
	struct running *running; /* leave it running here; NULL: wait */
	pid_t parent;		 /* ourselves */
	pid_t pid;		 /* of the process, or */
	struct program *program; /* what runs on a thread */
	sigset_t signals;	 /* to be the child's */
	uint64_t ignored;	 /* by it, as trap_ignored has them */
	struct watch *watch;	 /* what the process does to files; or NULL */
	int error;		 /* written by the child: errno of what failed */
};

/* --- descriptors --- */

static void hand(struct launch *l, int from, size_t to)
{
	*vec_push(l->sh->tmp, &l->handed) = (struct handed){from, (int)to};
}

static int memory_file(void)
{
	return memfd_create("imagemk", MFD_CLOEXEC);
}

/* What is left to read of entry I becomes a file. */
static int feed(struct launch *l, size_t i)
{
	struct blob *b;
	int fd = memory_file(), err;

	if (fd < 0)
		return -errno;
	*vec_push(l->sh->tmp, &l->to_close) = fd;
	err = stream_rest(l->sh->fds[i].stream, &b);
	if (err == 0) {
		err = blob_write_fd(b, fd);
		*vec_push(l->sh->tmp, &l->fed) = (struct fed){i, fd, blob_size(b)};
		blob_unref(b);
	}
	lseek(fd, 0, SEEK_SET);
	hand(l, fd, i);
	return err;
}

static int new_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_ROOM);
	return 0;
}

/* Output that we collect; one pipe per stream, so 2>&1 keeps its order. */
static int drain_to(struct launch *l, size_t i)
{
	struct stream *s = l->sh->fds[i].stream;
	int ends[2], err;

	for (size_t k = 0; k < l->drains.n; k++) {
		if (l->drains.p[k].stream == s) {
			hand(l, l->drains.p[k].write_end, i);
			return 0;
		}
	}
	if (l->running && s != l->running->sink) {
		/* nobody drains while it runs on: a file, read when it ended */
		if (l->running->err < 0)
			l->running->err = memory_file();
		hand(l, l->running->err, i);
		return l->running->err < 0 ? -errno : 0;
	}
	err = new_pipe(ends);
	if (err)
		return err;
	*vec_push(l->sh->tmp, &l->drains) = (struct drain){s, ends[0], ends[1]};
	*vec_push(l->sh->tmp, &l->to_close) = ends[1];
	hand(l, ends[1], i);
	return 0;
}

static int prepare_fds(struct launch *l)
{
	struct shell *sh = l->sh;

	for (size_t i = 0; i < sh->nfds; i++) {
		int fd, err = 0;

		if (!sh->fds[i].stream) {
			if (i <= 2)
				hand(l, -1, i);
			continue;
		}
		fd = stream_descriptor(sh->fds[i].stream);
		if (fd >= 0)
			hand(l, fd, i);
		else
			err = sh->fds[i].reads ? feed(l, i) : drain_to(l, i);
		if (err)
			return err;
	}
	return 0;
}

/* --- the child --- */

/* For the child: N open files at most, soft and hard (0: as we have it); 0 or an errno. */
static int set_open_files(uint64_t n)
{
	const struct rlimit limit = {n, n};

	return n && setrlimit(RLIMIT_NOFILE, &limit) < 0 ? errno : 0;
}

static int set_stack(uint64_t n)
{
	struct rlimit limit;

	if (!n || getrlimit(RLIMIT_STACK, &limit) < 0)
		return 0;
	limit.rlim_cur = n;
	return setrlimit(RLIMIT_STACK, &limit) < 0 ? errno : 0;
}

static _Noreturn void child_fails(struct launch *l)
{
	l->error = errno;
	_exit(127);
}

/* What we ignore is no business of a program's; what was ignored from outside stays so. */
static void heed(int sig)
{
	if (ignored_by_us(sig))
		signal(sig, SIG_DFL);
}

/* Runs in the parent's memory until execve: no allocation, no library state. */
static _Noreturn void child(struct launch *l)
{
	int above = 0; /* all that the program gets, so that none is overwritten before its turn */

	for (size_t i = 0; i < l->handed.n; i++)
		if (l->handed.p[i].to >= above)
			above = l->handed.p[i].to + 1;
	for (size_t i = 0; i < l->handed.n; i++) {
		struct handed *h = &l->handed.p[i];

		if (h->from >= 0) {
			int fd = fcntl(h->from, F_DUPFD_CLOEXEC, above);

			if (fd < 0)
				child_fails(l);
			h->from = fd;
		}
	}
	for (size_t i = 0; i < l->handed.n; i++) {
		struct handed *h = &l->handed.p[i];

		if (h->from < 0)
			close(h->to);
		else if (dup2(h->from, h->to) < 0)
			child_fails(l);
	}
	if (chdir(l->cwd) < 0)
		child_fails(l);
	umask(l->umask);
	if (set_open_files(l->sh->open_files) || set_stack(l->sh->session->run->stack))
		child_fails(l);
	/* When we are killed, what would go on writing ends too: the next run must find what we
	 * left. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != l->parent)
		_exit(127);
	heed(SIGPIPE);
	heed(SIGXFSZ);
	for (int i = 1; i < 65; i++)
		if (l->ignored >> (i - 1) & 1)
			signal(i, SIG_IGN);
	sigprocmask(SIG_SETMASK, &l->signals, NULL);
	watch_exec(l->watch, l->path, l->argv, l->env);
	child_fails(l);
}

static pid_t start_process(struct launch *l)
{
	pid_t pid;

	l->parent = getpid();
	sigmask_block(&l->signals);
	pid = vfork();
	if (pid == 0)
		child(l);
	if (pid < 0)
		l->error = errno;
	sigmask_restore(&l->signals);
	return pid;
}

static int wait_status(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return 127;
	return status;
}

/* Only the kernel knows who may raise a limit; a child asks it, which has limits of its own. */
int spawn_open_files(uint64_t from, uint64_t to)
{
	volatile int error = 0;
	sigset_t before;
	pid_t pid;

	sigmask_block(&before);
	pid = vfork();
	if (pid == 0) {
		error = set_open_files(from);
		if (!error)
			error = set_open_files(to);
		_exit(0);
	}
	if (pid < 0)
		error = errno;
	sigmask_restore(&before);
	if (pid > 0)
		wait_status(pid);
	return error;
}

/* --- after the start --- */

static void drain_one(struct drain *d, char *room)
{
	ssize_t n = read(d->read_end, room, CHUNK);

	if (n > 0) {
		stream_write(d->stream, room, (size_t)n);
	} else if (n == 0 || errno != EINTR) {
		close(d->read_end);
		d->read_end = -1;
	}
}

static void drain_all(struct launch *l)
{
	struct pollfd *polls = arena_array(l->sh->tmp, struct pollfd, l->drains.n + 1);
	char *room = l->drains.n ? arena_alloc(l->sh->tmp, CHUNK) : NULL;

	for (;;) {
		nfds_t n = 0;

		for (size_t i = 0; i < l->drains.n; i++) {
			polls[i] = (struct pollfd){.fd = l->drains.p[i].read_end, .events = POLLIN};
			n += polls[i].fd >= 0;
		}
		if (n == 0)
			return;
		if (n > 1 && poll(polls, l->drains.n, -1) < 0)
			continue;
		for (size_t i = 0; i < l->drains.n; i++)
			if (l->drains.p[i].read_end >= 0 && (n == 1 || polls[i].revents))
				drain_one(&l->drains.p[i], room);
	}
}

/* Tell the ladder's owner, who may have to send it a signal. */
static void tell_process(struct shell *sh, pid_t pid, bool runs)
{
	const struct shell_ladder *ladder = sh->session->run->ladder;

	if (ladder && ladder->process)
		ladder->process(ladder->ctx, pid, runs);
}

/* Wait for PID, which is not known any more when its number becomes free. */
static int wait_told(struct shell *sh, pid_t pid)
{
	siginfo_t info;

	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR)
		;
	tell_process(sh, pid, false);
	return wait_status(pid);
}

/* What the process did not read of a here-document is still there for the next command. */
static void give_back(struct launch *l)
{
	for (size_t i = 0; i < l->fed.n; i++) {
		struct fed *f = &l->fed.p[i];
		off_t at = lseek(f->file, 0, SEEK_CUR);
		struct fd *fd = &l->sh->fds[f->fd];

		if (at >= 0 && (uint64_t)at < f->size && fd->size >= f->size)
			stream_seek(fd->stream, fd->size - f->size + (uint64_t)at);
		if (at >= 0)
			stream_leave(fd->stream, 0, READ_AHEAD);
	}
}

/* Keep the signal of STATUS, as waitpid gave it; the exit status. */
static int decode(struct shell *sh, int status)
{
	int sig = WIFEXITED(status) ? 0 : WTERMSIG(status);

	sh->session->signalled = sig;
	sh->session->dumped = sig && WCOREDUMP(status);
	return sig ? 128 + sig : WEXITSTATUS(status);
}

static void close_all(struct launch *l)
{
	for (size_t i = 0; i < l->to_close.n; i++) {
		bool is_fed = false;

		for (size_t k = 0; k < l->fed.n; k++)
			is_fed |= l->fed.p[k].file == l->to_close.p[i];
		if (!is_fed)
			close(l->to_close.p[i]);
	}
}

static void close_fed(struct launch *l)
{
	for (size_t i = 0; i < l->fed.n; i++)
		close(l->fed.p[i].file);
}

static void report(struct shell *sh, enum shell_rung rung, struct str tool, const char *reason)
{
	const struct shell_ladder *ladder = sh->session->run->ladder;

	if (ladder && ladder->started)
		ladder->started(ladder->ctx, rung, tool, str_z(reason));
}

static void prepare_strings(struct launch *l)
{
	struct shell *sh = l->sh;

	l->cwd = str_cz(sh->tmp, sh->cwd);
	l->argv = arena_array(sh->tmp, char *, l->is.argc + 1);
	for (size_t i = 0; i < l->is.argc; i++)
		l->argv[i] = str_cz(sh->tmp, l->is.argv[i]);
	l->env = env_block(sh->tmp, l->is.env);
}

/* Does the caller of the shell run it? *REASON: why it is a process. */
static bool is_ours(struct launch *l, const char **reason)
{
	const struct shell_programs *p = l->sh->session->run->programs;

	if (!p || !p->takes(p->ctx, &l->is, reason))
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (!l->sh->fds[i].stream || stream_is_closed(l->sh->fds[i].stream)) {
			*reason = "a closed descriptor";
			return false;
		}
	}
	if (l->sh->open_files) {
		*reason = "ulimit -n";
		return false;
	}
	return true;
}

static struct program *start_program(struct launch *l)
{
	VEC(struct fd_at) fds = {0};

	for (size_t i = 0; i < l->handed.n; i++)
		*vec_push(l->sh->tmp, &fds) =
		    (struct fd_at){l->handed.p[i].to, l->handed.p[i].from};
	l->is.fds = (struct fd_table){fds.p, fds.n};
	return program_start(l->sh->session->run->programs, &l->is);
}

/* Start it, one way or the other; 0 or -errno. */
static int start(struct launch *l)
{
	pid_t pid;

	if (l->ours)
		l->program = start_program(l);
	l->ours = l->program != NULL;
	if (l->ours)
		return 0;
	prepare_strings(l);
	files_process_starts(l->sh->session->files);
	l->watch = watch_new(l->sh->session->files, l->is.path);
	pid = start_process(l);
	watch_begin(l->watch);
	if (pid > 0 && !l->error) {
		l->pid = pid;
		tell_process(l->sh, pid, true);
		return 0;
	}
	if (pid > 0)
		wait_status(pid);
	watch_end(l->watch);
	files_process_ended(l->sh->session->files);
	return -l->error;
}

/* Wait for the end of the process PID (that WATCH watches) or of PROGRAM; as waitpid tells it. */
static int wait_end(struct shell *sh, pid_t pid, struct watch *watch, struct program *program)
{
	int status;

	if (program) {
		status = program_wait(program);
		/* what it did to files, it did on its own: look at them anew */
		files_process_starts(sh->session->files);
	} else {
		status = wait_told(sh, pid);
		watch_end(watch);
	}
	files_process_ended(sh->session->files);
	return status;
}

static void give_up(struct launch *l)
{
	for (size_t i = 0; i < l->drains.n; i++)
		close(l->drains.p[i].read_end);
	close_fed(l);
}

bool spawn_refused(struct shell *sh, const struct str *argv, size_t argc, const char *reason)
{
	const struct shell_gate *gate = sh->session->run->gate;

	return gate && gate->refuses(gate->ctx, argv, argc, reason);
}

int spawn_run(struct shell *sh, enum shell_rung rung, struct str path, const struct str *argv,
	      size_t argc, const char *reason)
{
	struct launch l = {.sh = sh,
			   .path = str_cz(sh->tmp, path),
			   .umask = sh->umask,
			   .ignored = trap_ignored(sh)};
	struct str bad = {0};
	struct running *r = sh->async;
	int err;

	if (spawn_refused(sh, argv, argc, reason))
		return 126;
	err = files_commit(sh->session->files, &bad);
	if (err) {
		say(sh, "%.*s: %s", STR_ARG(bad), files_error_text(-err));
		return 1;
	}
	l.is = (struct shell_program){.path = path_join(sh->tmp, sh->cwd, path), .argv = argv,
				      .argc = argc, .env = vars_env_of(sh, path), .cwd = sh->cwd,
				      .umask = sh->umask,
				      .watch = files_watch_of(sh->session->files)};
	l.ours = is_ours(&l, &reason);
	l.running = r && fd_stream(sh, 1) == r->sink ? r : NULL;
	if (l.running)
		l.running->err = -1;
	tell_use(sh, SHELL_USES_PROCESS, argv, argc);
	err = prepare_fds(&l);
	if (!err)
		err = start(&l);
	close_all(&l);
	if (err) {
		give_up(&l);
		return err;
	}
	if (!l.ours)
		report(sh, rung, argv[0], reason);
	if (l.running && l.drains.n == 1) {
		*l.running = (struct running){.pid = l.pid,
					      .program = l.program,
					      .watch = l.watch,
					      .out = l.drains.p[0].read_end,
					      .err = l.running->err};
		close_fed(&l);
		return 0;
	}
	drain_all(&l);
	err = wait_end(sh, l.pid, l.watch, l.program);
	give_back(&l);
	close_fed(&l);
	return decode(sh, err);
}

int running_finish(struct shell *sh, struct running *r)
{
	int status = wait_end(sh, r->pid, r->watch, r->program), signalled = sh->session->signalled;
	struct blob *b;

	if (r->err >= 0) {
		b = blob_file(r->err);
		if (b && fd_stream(sh, 2))
			stream_put(fd_stream(sh, 2), b);
		blob_unref(b);
		close(r->err);
	}
	decode(sh, status);
	r->signal = sh->session->signalled;
	r->dumped = sh->session->dumped;
	if (!is_bash(sh) && !WIFEXITED(status)) /* it says it of every stage */
		spawn_died(sh, S(""));
	sh->session->signalled = signalled;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
