/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One image stage at a time in a tree: two at once would take each other's half-made files away or
 * for whole. The tree's folder is locked (IMAGEMK_TREE, or else where we were started: of a farm of
 * links, the folder of an image Makefile is another tree's too); nothing is left of that, whatever
 * ends us. Where a file system has no such locks, things are as under GNU make. flock(2),
 * /proc/locks in proc(5).
 */
#include "cli/host.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/kin.h"

/* The process that holds the lock on FD; 0: not known. */
static pid_t holder(int fd)
{
	FILE *locks = fopen("/proc/locks", "re");
	unsigned long ino;
	char line[256], kind[16];
	struct stat st;
	long pid, found = 0;

	if (fstat(fd, &st) < 0)
		st.st_ino = 0;
	while (locks && !found && fgets(line, sizeof(line), locks))
		if (sscanf(line, "%*s %15s %*s %*s %ld %*x:%*x:%lu", kind, &pid, &ino) == 3 &&
		    ino == st.st_ino && str_is(str_z(kind), "FLOCK"))
			found = pid;
	if (locks)
		fclose(locks);
	return (pid_t)found;
}

int turn_take(struct command_cx *cx, const atomic_int *interrupted)
{
	struct str tree = env_get(cx->env, S("IMAGEMK_TREE"));
	int fd = open(tree.n ? str_cz(cx->mem, tree) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	pid_t pid;

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (errno != EWOULDBLOCK) {
		close(fd);
		return -1;
	}
	pid = holder(fd);
	/* A recipe of the one that has it called us: it waits for us. */
	if (pid > 0 && kin_is_ancestor(pid)) {
		close(fd);
		return -1;
	}
	diag_say(
	    &cx->say, (struct place){{NULL, 0}, 0}, NULL, (struct str){NULL, 0},
	    "imagemk: another build (process %ld) is at work in this tree; waiting for its end",
	    (long)pid);
	while (flock(fd, LOCK_EX) < 0 && errno == EINTR && !*interrupted)
		;
	return fd;
}

void turn_sweep(struct arena *mem, struct str folder)
{
	DIR *dir = opendir(str_cz(mem, folder));
	struct dirent *e;

	while (dir && (e = readdir(dir)) != NULL)
		if (fnmatch(".*.imagemk-[0-9]*-[0-9]*", e->d_name, 0) == 0)
			unlinkat(dirfd(dir), e->d_name, 0);
	if (dir)
		closedir(dir);
}
