/* SPDX-License-Identifier: GPL-2.0-only */
/* System calls that name files, as rows: where the name stands and what the call does to it. */
#include "shell/watch_calls.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "base/path.h"

typedef void teller(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		    const struct str *p);

enum { TOOL = FILES_LOOK_TOOL };

/* --- what calls do --- */

static void opens(struct files *files, struct str path, uint64_t flags)
{
	bool writes = (flags & O_ACCMODE) != O_RDONLY;
	bool made = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);

	if ((flags & O_TMPFILE) == O_TMPFILE)
		return; /* no name yet */
	if (flags & O_PATH)
		files_looks_at(files, path, TOOL | FILES_LOOK_STATE);
	else if (flags & O_DIRECTORY)
		files_looks_at(files, path, TOOL | FILES_LOOK_STATE | FILES_LOOK_NAMES);
	else if (!made && !(flags & O_TRUNC))
		files_looks_at(files, path, TOOL | FILES_LOOK_STATE | FILES_LOOK_BYTES);
	if (writes || (flags & O_TRUNC))
		files_changes(files, path,
			      made || (flags & O_TRUNC) ? FILES_CHANGE_WHOLE : FILES_CHANGE_PART);
	if (writes || (flags & O_TRUNC))
		files_unshare(files, path);
}

static void open_flags(struct files *files, const struct watch_call *c,
		       const struct seccomp_notif *q, const struct str *p)
{
	opens(files, p[0], q->data.args[c->more_at]);
}

static void open_how(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		     const struct str *p)
{
	uint64_t flags;
	struct iovec to = {&flags, sizeof(flags)};
	struct iovec from = {
	    (void *)(uintptr_t)(q->data.args[c->more_at] + offsetof(struct open_how, flags)),
	    sizeof(flags)};

	if (process_vm_readv((pid_t)q->pid, &to, 1, &from, 1, 0) == sizeof(flags))
		opens(files, p[0], flags);
	else
		files_unknown(files, "a process whose memory can't be read");
}

static void creats(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		   const struct str *p)
{
	(void)c, (void)q;
	files_changes(files, p[0], FILES_CHANGE_WHOLE);
}

/* Asked for by path, so its time may count: programs that only read a file open it. */
static void looks(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		  const struct str *p)
{
	bool itself = c->more_at >= 0 && (q->data.args[c->more_at] & AT_SYMLINK_NOFOLLOW);

	files_looks_at(files, p[0], TOOL | FILES_LOOK_STATE | FILES_LOOK_TIME |
		       (itself ? FILES_LOOK_NO_FOLLOW : 0));
}

static void looks_itself(struct files *files, const struct watch_call *c,
			 const struct seccomp_notif *q, const struct str *p)
{
	(void)c, (void)q;
	files_looks_at(files, p[0],
		       TOOL | FILES_LOOK_STATE | FILES_LOOK_TIME | FILES_LOOK_NO_FOLLOW);
}

static void may(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		const struct str *p)
{
	(void)c, (void)q;
	files_looks_at(files, p[0], TOOL | FILES_LOOK_STATE);
}

static void reads_link(struct files *files, const struct watch_call *c,
		       const struct seccomp_notif *q, const struct str *p)
{
	(void)c, (void)q;
	files_looks_at(files, p[0],
		       TOOL | FILES_LOOK_STATE | FILES_LOOK_TARGET | FILES_LOOK_NO_FOLLOW);
}

static void becomes(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		    const struct str *p)
{
	(void)c, (void)q;
	files_looks_at(files, p[0], TOOL | FILES_LOOK_STATE | FILES_LOOK_BYTES);
}

static void renames(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		    const struct str *p)
{
	if (c->more_at >= 0 && q->data.args[c->more_at]) /* two names change places, and the like */
		files_unknown(files, "a special rename");
	files_looks_at(files, p[0],
		       TOOL | FILES_LOOK_STATE | FILES_LOOK_BYTES | FILES_LOOK_NO_FOLLOW);
	files_changes(files, p[0], FILES_CHANGE_GONE);
	files_changes(files, p[1], FILES_CHANGE_WHOLE);
}

static void links(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		  const struct str *p)
{
	(void)c, (void)q;
	files_looks_at(files, p[0],
		       TOOL | FILES_LOOK_STATE | FILES_LOOK_BYTES | FILES_LOOK_NO_FOLLOW);
	files_changes(files, p[1], FILES_CHANGE_WHOLE);
}

static void gone(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		 const struct str *p)
{
	(void)c, (void)q;
	files_changes(files, p[0], FILES_CHANGE_GONE);
}

static void whole(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		  const struct str *p)
{
	(void)c, (void)q;
	files_changes(files, p[0], FILES_CHANGE_WHOLE);
}

static void part(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		 const struct str *p)
{
	(void)c, (void)q;
	files_looks_at(files, p[0], TOOL | FILES_LOOK_STATE | FILES_LOOK_BYTES);
	files_changes(files, p[0], FILES_CHANGE_PART);
}

static void times(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		  const struct str *p)
{
	(void)c, (void)q;
	files_looks_at(files, p[0], TOOL | FILES_LOOK_STATE | FILES_LOOK_BYTES);
	files_changes(files, p[0], FILES_CHANGE_TIME);
}

/*
 * Local services (names of users) are asked by every program; another machine may answer anything.
 */
static void connects(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		     const struct str *p)
{
	sa_family_t family = AF_UNSPEC;
	struct iovec to = {&family, sizeof(family)};
	struct iovec from = {(void *)(uintptr_t)q->data.args[1], sizeof(family)};

	(void)c, (void)p;
	if (process_vm_readv((pid_t)q->pid, &to, 1, &from, 1, 0) != sizeof(family) ||
	    family == AF_INET || family == AF_INET6)
		files_unknown(files, "a process that uses the network");
}

static void beyond(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		   const struct str *p)
{
	(void)c, (void)q, (void)p;
	files_unknown(files, "a process that does more than can be watched");
}

/* --- the rows --- */

#define AT(name, folder, path, flags, more, does)                                                  \
	{                                                                                          \
		SYS_##name, {path, 0}, {folder, -1}, flags, more, does                             \
	}
#define PLAIN(name, more, does) {SYS_##name, {0, 0}, {-1, -1}, 0, more, does}
#define NOT(name) {SYS_##name, {-1, 0}, {-1, -1}, 0, -1, beyond}

static const struct watch_call rows[] = {
	AT(openat, 0, 1, 0, 2, open_flags),
	AT(openat2, 0, 1, 0, 2, open_how),
	AT(newfstatat, 0, 1, 3, 3, looks),
	AT(statx, 0, 1, 2, 2, looks),
	AT(faccessat, 0, 1, 0, -1, may),
	AT(faccessat2, 0, 1, 3, -1, may),
	AT(readlinkat, 0, 1, 0, -1, reads_link),
	PLAIN(execve, -1, becomes),
	AT(execveat, 0, 1, 4, -1, becomes),
#ifdef SYS_renameat
	{SYS_renameat, {1, 3}, {0, 2}, 0, -1, renames},
#endif
	{SYS_renameat2, {1, 3}, {0, 2}, 0, 4, renames},
	{SYS_linkat, {1, 3}, {0, 2}, 0, -1, links},
	AT(symlinkat, 1, 2, 0, -1, whole),
	AT(unlinkat, 0, 1, 0, -1, gone),
	AT(mkdirat, 0, 1, 0, -1, whole),
	AT(mknodat, 0, 1, 0, -1, whole),
	AT(fchmodat, 0, 1, 0, -1, part),
	AT(fchownat, 0, 1, 4, -1, part),
	AT(utimensat, 0, 1, 3, -1, times),
	PLAIN(truncate, -1, part),
	PLAIN(setxattr, -1, part),
	PLAIN(lsetxattr, -1, part),
	PLAIN(removexattr, -1, part),
	PLAIN(lremovexattr, -1, part),
	{SYS_connect, {-1, 0}, {-1, -1}, 0, -1, connects},
	NOT(chroot), NOT(mount), NOT(umount2), NOT(pivot_root), NOT(io_uring_setup), NOT(ptrace),
	NOT(open_by_handle_at), NOT(setns), NOT(bpf), NOT(process_vm_writev),
#ifdef SYS_open
	PLAIN(open, 1, open_flags),
	PLAIN(creat, -1, creats),
	PLAIN(stat, -1, looks),
	PLAIN(lstat, -1, looks_itself),
	PLAIN(access, -1, may),
	PLAIN(readlink, -1, reads_link),
	{SYS_rename, {0, 1}, {-1, -1}, 0, -1, renames},
	{SYS_link, {0, 1}, {-1, -1}, 0, -1, links},
	{SYS_symlink, {1, 0}, {-1, -1}, 0, -1, whole},
	PLAIN(unlink, -1, gone),
	PLAIN(rmdir, -1, gone),
	PLAIN(mkdir, -1, whole),
	PLAIN(mknod, -1, whole),
	PLAIN(chmod, -1, part),
	PLAIN(chown, -1, part),
	PLAIN(lchown, -1, part),
	PLAIN(utime, -1, times),
	PLAIN(utimes, -1, times),
	AT(futimesat, 0, 1, 0, -1, times),
#endif
};

_Static_assert(sizeof(rows) / sizeof(*rows) <= WATCH_CALLS_MOST, "the filter has no room for them");

const struct watch_call *watch_calls(size_t *n)
{
	*n = sizeof(rows) / sizeof(*rows);
	return rows;
}

const struct watch_call *watch_call(int number)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].number == number)
			return &rows[i];
	return NULL;
}

/* Names that are the process's own or the kernel's, and say nothing of the tree. */
static bool is_about_itself(struct str path)
{
	return path_is_virtual(path) || str_is(path, "/proc") || str_is(path, "/dev") ||
	       str_is(path, "/sys");
}

void watch_tell(struct files *files, const struct watch_call *c, const struct seccomp_notif *q,
		const struct watch_names *names)
{
	for (unsigned i = 0; i < names->n; i++)
		if (names->p[i].n == 0)
			return; /* a descriptor's file: it was opened before */
	if (names->n == 1 && is_about_itself(names->p[0]))
		return;
	if (names->n == 2 && is_about_itself(names->p[0])) { /* a file without a name gets one */
		files_changes(files, names->p[1], FILES_CHANGE_WHOLE);
		return;
	}
	c->tell(files, c, q, names->p);
}
