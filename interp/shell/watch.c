/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What processes do to files, as the kernel tells it: see seccomp_unotify(2). The child puts a
 * filter on itself, sends us the filter's descriptor, and becomes the program; from then on each
 * call that names a file waits until we say "go on". The path is read from the caller's memory
 * then; a program that changes it meanwhile could fool us, but none has a reason to.
 */
#include "shell/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/path.h"
#include "base/sigmask.h"
#include "shell/shell.h"
#include "shell/watch_calls.h"

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define NATIVE_ARCH AUDIT_ARCH_RISCV64
#else
#define NATIVE_ARCH 0 /* nothing is watched */
#endif

#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP 1UL
#endif

enum {
	LINGER_MS = 50,	/* a child's children may need a moment to be gone */
	PIECE = 256,	/* paths are short; a part of every page */
	FILTER_MOST = 2 * WATCH_CALLS_MOST + 32,
};

struct watch {
	struct files *files;	/* NULL: nobody wants to hear any more */
	pthread_mutex_t lock;	/* around FILES and STATE */
	struct sock_filter filter[FILTER_MOST];
	struct sock_fprog program;
	/* the call that becomes the program carries it: nobody can answer yet */
	uint64_t cookie;
	int sockets[2];		/* from the child */
	int listener;		/* -1: there is none */
	int over;		/* an eventfd: the child is gone */
	enum { LISTENS, ENDED, ALONE } state; /* of the thread; ALONE: it frees W */
	pthread_cond_t changed;
};

/* --- the filter --- */

static void put(struct watch *w, unsigned short code, uint32_t k, unsigned char yes,
		unsigned char no)
{
	w->filter[w->program.len++] = (struct sock_filter){code, yes, no, k};
}

static void load(struct watch *w, size_t offset)
{
	put(w, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* The 32 bits of call argument N that are its lower or (HIGH) its upper half. */
static size_t half(unsigned n, bool high)
{
	bool second = high == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

	return offsetof(struct seccomp_data, args) + 8 * n + (second ? 4 : 0);
}

/* Is the accumulator K? Then the next instruction is left out. */
static void unless(struct watch *w, uint32_t k)
{
	put(w, BPF_JMP | BPF_JEQ | BPF_K, k, 1, 0);
}

static void answer(struct watch *w, uint32_t action)
{
	put(w, BPF_RET | BPF_K, action, 0, 0);
}

/* Call C is to be told, unless it names no file: the program that we start, an empty path, none. */
static void put_call(struct watch *w, const struct watch_call *c)
{
	size_t skip;

	put(w, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)c->number, 0, 0);
	skip = w->program.len - 1u;
	if (c->number == SYS_execveat) {
		load(w, half(5, false));
		put(w, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)w->cookie, 0, 3);
		load(w, half(5, true));
		put(w, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(w->cookie >> 32), 0, 1);
		answer(w, SECCOMP_RET_ALLOW);
	}
	if (c->number == SYS_utimensat) { /* of a descriptor */
		load(w, half(1, false));
		put(w, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
		load(w, half(1, true));
		put(w, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
		answer(w, SECCOMP_RET_ALLOW);
	}
	if (c->empty_flag_at) {
		load(w, half(c->empty_flag_at, false));
		put(w, BPF_JMP | BPF_JSET | BPF_K, AT_EMPTY_PATH, 0, 1);
		answer(w, SECCOMP_RET_ALLOW);
	}
	answer(w, SECCOMP_RET_USER_NOTIF);
	w->filter[skip].jf = (unsigned char)(w->program.len - skip - 1);
}

static void build(struct watch *w)
{
	size_t n;
	const struct watch_call *calls = watch_calls(&n);

	load(w, offsetof(struct seccomp_data, arch));
	unless(w, NATIVE_ARCH);
	answer(w, SECCOMP_RET_USER_NOTIF); /* another architecture's call: known for nothing */
	load(w, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < n; i++)
		put_call(w, &calls[i]);
	answer(w, SECCOMP_RET_ALLOW);
	w->program.filter = w->filter;
}

/* --- the child --- */

static int send_descriptor(int socket, int fd)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = {{0}};
	char byte = 0;
	struct iovec io = {&byte, 1};
	struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1};
	struct cmsghdr *c;

	if (fd >= 0) {
		m.msg_control = control.room;
		m.msg_controllen = sizeof(control.room);
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	}
	return sendmsg(socket, &m, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

static int install(const struct watch *w)
{
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
			    &w->program);
}

/*
 * Put the filter on this child of ours. Whoever isn't privileged must promise never to become it.
 */
static int install_somehow(const struct watch *w)
{
	int fd = install(w);

	if (fd < 0 && errno == EACCES && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		fd = install(w);
	return fd;
}

void watch_exec(struct watch *w, const char *path, char *const *argv, char *const *env)
{
	int fd = -1;

	if (!w) {
		execve(path, argv, env);
		return;
	}
	fd = install_somehow(w);
	if (fd >= 0 && send_descriptor(w->sockets[1], fd) < 0)
		_exit(127); /* its calls would wait for ever */
	if (fd < 0)
		execve(path, argv, env);
	else
		syscall(SYS_execveat, AT_FDCWD, path, argv, env, 0, w->cookie);
}

/* --- listening --- */

static int receive_descriptor(int socket)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	char byte;
	struct iovec io = {&byte, 1};
	struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room,
			   .msg_controllen = sizeof(control.room)};
	struct cmsghdr *c;
	int fd = -1;

	if (recvmsg(socket, &m, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) <= 0)
		return -1;
	c = CMSG_FIRSTHDR(&m);
	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

/* The text at ADDRESS of process PID, up to its NUL; false: it can't be read. */
static bool read_text(pid_t pid, uint64_t address, char *out, size_t n)
{
	size_t done = 0;

	while (done < n) {
		size_t page = PIECE - (address + done) % PIECE,
		       want = page < n - done ? page : n - done;
		struct iovec to = {out + done, want};
		struct iovec from = {(void *)(uintptr_t)(address + done), want};
		ssize_t got = process_vm_readv(pid, &to, 1, &from, 1, 0);

		if (got <= 0)
			return false;
		if (memchr(out + done, '\0', (size_t)got))
			return true;
		done += (size_t)got;
	}
	return false;
}

/* The folder that DIRFD of PID means. */
static bool folder_of(pid_t pid, int dirfd, char *out, size_t n)
{
	char link[64];
	ssize_t got;

	if (dirfd == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/%d/cwd", pid);
	else
		snprintf(link, sizeof(link), "/proc/%d/fd/%d", pid, dirfd);
	got = readlink(link, out, n - 1);
	out[got > 0 ? got : 0] = '\0';
	return got > 0 && out[0] == '/';
}

struct watched_path {
	char text[2 * PATH_MAX];
	size_t n;
};

/* The path that argument AT of Q's call names, absolute; false: unknown. An empty one (a
 * descriptor's file) has n 0. */
static bool path_of(const struct seccomp_notif *q, int dirfd, unsigned at, struct watched_path *out)
{
	char path[PATH_MAX];
	size_t n = 0;

	out->n = 0;
	if (!q->data.args[at])
		return true;
	if (!read_text((pid_t)q->pid, q->data.args[at], path, sizeof(path)))
		return false;
	if (!path[0])
		return true;
	if (path[0] != '/') {
		if (!folder_of((pid_t)q->pid, dirfd, out->text, PATH_MAX))
			return false;
		n = strlen(out->text);
		if (n > 1)
			out->text[n++] = '/';
	}
	memcpy(out->text + n, path, strlen(path) + 1);
	out->n = n + strlen(path);
	return true;
}

static void tell(struct watch *w, const struct watch_call *c, const struct seccomp_notif *q)
{
	struct watched_path path[2];
	struct watch_names names = {.n = 0};
	bool known = true;

	for (unsigned i = 0; i < 2 && (i == 0 || c->path_at[1]); i++) {
		int dirfd = c->folder_at[i] < 0 ? AT_FDCWD : (int)q->data.args[c->folder_at[i]];

		if (c->path_at[i] < 0)
			continue;
		known = known && path_of(q, dirfd, (unsigned)c->path_at[i], &path[i]);
		names.p[names.n++] = (struct str){path[i].text, known ? path[i].n : 0};
	}
	pthread_mutex_lock(&w->lock);
	if (w->files && known)
		watch_tell(w->files, c, q, &names);
	else if (w->files)
		files_unknown(w->files, "a process whose memory can't be read");
	pthread_mutex_unlock(&w->lock);
}

static void unknown(struct watch *w, const char *why)
{
	pthread_mutex_lock(&w->lock);
	if (w->files)
		files_unknown(w->files, why);
	pthread_mutex_unlock(&w->lock);
}

/* One call. False: nobody is there any more. */
static bool serve(struct watch *w)
{
	union {
		struct seccomp_notif q;
		char room[512];
	} in = {.room = {0}};
	union {
		struct seccomp_notif_resp r;
		char room[512];
	} out = {.room = {0}};
	const struct watch_call *c;

	if (ioctl(w->listener, SECCOMP_IOCTL_NOTIF_RECV, &in) < 0)
		return errno == EINTR || errno == ENOENT; /* it is gone already */
	c = in.q.data.arch == NATIVE_ARCH ? watch_call(in.q.data.nr) : NULL;
	if (c)
		tell(w, c, &in.q);
	else
		unknown(w, "a program of another architecture");
	out.r.id = in.q.id;
	out.r.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	return ioctl(w->listener, SECCOMP_IOCTL_NOTIF_SEND, &out) == 0 || errno == ENOENT ||
	       errno == EINTR;
}

static void watch_free(struct watch *w)
{
	for (int i = 0; i < 2; i++)
		if (w->sockets[i] >= 0)
			close(w->sockets[i]);
	if (w->listener >= 0)
		close(w->listener);
	if (w->over >= 0)
		close(w->over);
	pthread_cond_destroy(&w->changed);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

static void become(struct watch *w, int state)
{
	pthread_mutex_lock(&w->lock);
	if (state == ALONE) {
		files_unknown(w->files, "a process was left running");
		w->files = NULL;
	}
	w->state = state;
	pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
}

/*
 * Until nobody is left whose calls could be told. Who outlives the child must not be kept waiting.
 */
static void *listen_to(void *arg)
{
	struct watch *w = arg;
	struct pollfd polls[2] = {{w->listener, POLLIN, 0}, {w->over, POLLIN, 0}};
	bool over = false, alone = false;

	for (;;) {
		int n = poll(polls, over ? 1 : 2, over && !alone ? LINGER_MS : -1);

		if (n < 0 && errno != EINTR)
			break;
		if (n > 0 && polls[0].revents && !(polls[0].revents & POLLIN))
			break;
		if (n > 0 && polls[0].revents && !serve(w)) {
			unknown(w, "a process that could not be watched to its end");
			break;
		}
		if (n == 0) {
			become(w, ALONE);
			alone = true;
		}
		over |= n > 0 && (polls[1].revents & POLLIN);
	}
	/* Whoever still waits for an answer, which should not be, gets none for ever: a failed call
	 * is better. */
	close(w->listener);
	w->listener = -1;
	if (alone)
		watch_free(w);
	else
		become(w, ENDED);
	return NULL;
}

static bool start_listening(struct watch *w)
{
	enum { STACK = 256 << 10 };
	pthread_attr_t attr;
	pthread_t thread;
	sigset_t before;
	bool good;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, STACK);
	sigmask_block(&before);
	good = pthread_create(&thread, &attr, listen_to, w) == 0;
	sigmask_restore(&before);
	pthread_attr_destroy(&attr);
	return good;
}

/* --- for spawn.c --- */

/* "Go on" is an answer from Linux 5.5 on. */
static bool kernel_lets_go_on(void)
{
	struct utsname name;
	int major, minor;

	return uname(&name) == 0 && sscanf(name.release, "%d.%d", &major, &minor) == 2 &&
	       (major > 5 || (major == 5 && minor >= 5));
}

static struct watch *make(struct files *files)
{
	struct watch *w = NATIVE_ARCH && kernel_lets_go_on() ? calloc(1, sizeof(*w)) : NULL;

	if (!w)
		return NULL;
	w->files = files;
	w->listener = w->over = w->sockets[0] = w->sockets[1] = -1;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->changed, NULL);
	if (getrandom(&w->cookie, sizeof(w->cookie), GRND_NONBLOCK) == sizeof(w->cookie) &&
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, w->sockets) == 0 &&
	    (w->over = eventfd(0, EFD_CLOEXEC)) >= 0) {
		build(w);
		return w;
	}
	watch_free(w);
	return NULL;
}

struct watch *watch_new(struct files *files, struct str path)
{
	struct watch *w;

	if (!files_watched(files))
		return NULL;
	files_looks_at(files, path, FILES_LOOK_TOOL | FILES_LOOK_STATE | FILES_LOOK_BYTES);
	w = make(files);
	if (!w)
		files_unknown(files, "a process, which can't be watched here");
	return w;
}

bool shell_can_watch(void)
{
	struct watch *w = make(NULL);
	pid_t pid = w ? vfork() : -1;
	int status = 1;

	if (pid == 0)
		_exit(install_somehow(w) < 0);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (w)
		watch_free(w);
	return pid > 0 && status == 0;
}

void watch_begin(struct watch *w)
{
	if (!w)
		return;
	w->listener = receive_descriptor(w->sockets[0]);
	/* caller and thread take turns on one processor, where the kernel can (6.6) */
	if (w->listener >= 0)
		ioctl(w->listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS,
		      SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
	if (w->listener >= 0 && start_listening(w))
		return;
	/* Without an answer its calls fail: closing the descriptor lets it notice. */
	files_unknown(w->files, "a process, which can't be watched here");
	w->state = ENDED;
	if (w->listener >= 0)
		close(w->listener);
	w->listener = -1;
}

void watch_end(struct watch *w)
{
	bool alone;

	if (!w)
		return;
	eventfd_write(w->over, 1);
	pthread_mutex_lock(&w->lock);
	while (w->state == LISTENS)
		pthread_cond_wait(&w->changed, &w->lock);
	alone = w->state == ALONE;
	pthread_mutex_unlock(&w->lock);
	if (!alone)
		watch_free(w);
}
