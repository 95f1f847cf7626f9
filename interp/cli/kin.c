/* SPDX-License-Identifier: GPL-2.0-only */
/* Which processes descend from which; proc(5). Without /proc: just the process itself. */
#include "cli/kin.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIELD_PARENT = 4, FIELD_STARTED = 22 };

struct seen {
	pid_t parent;
	unsigned long long started;
};

static ssize_t read_file(pid_t pid, const char *what, char *text, size_t room)
{
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid, what);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, text, room - 1);
	if (fd >= 0)
		close(fd);
	text[n < 0 ? 0 : n] = '\0';
	return n;
}

/* False: there is none, or it has ended and only its parent does not know yet. */
static bool look(pid_t pid, struct seen *out)
{
	char text[1024], *p;

	*out = (struct seen){0};
	if (read_file(pid, "stat", text, sizeof(text)) <= 0)
		return false;
	p = strrchr(text, ')'); /* the name before it may hold anything */
	if (!p || p[1] != ' ' || p[2] == 'Z' || p[2] == 'X')
		return false;
	p += 2;
	for (int field = 3; field < FIELD_STARTED && p; field++) {
		p = strchr(p, ' ');
		p = p ? p + 1 : NULL;
		if (p && field + 1 == FIELD_PARENT)
			out->parent = (pid_t)strtol(p, NULL, 10);
	}
	out->started = p ? strtoull(p, NULL, 10) : 0;
	return p != NULL;
}

static bool is_in(pid_t pid, const struct victim *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].pid == pid)
			return true;
	return false;
}

/* Add those whose parent is in the list; a list that grew has to be gone through again. */
static size_t add_children(struct victim *list, size_t n, size_t most)
{
	DIR *proc = opendir("/proc");
	struct dirent *e;

	while (proc && n < most && (e = readdir(proc)) != NULL) {
		pid_t pid = (pid_t)strtol(e->d_name, NULL, 10);
		struct seen seen;

		if (pid > 0 && !is_in(pid, list, n) && look(pid, &seen) &&
		    is_in(seen.parent, list, n))
			list[n++] = (struct victim){pid, seen.started};
	}
	if (proc)
		closedir(proc);
	return n;
}

size_t kin_add(pid_t pid, struct victim *list, size_t n, size_t most)
{
	size_t before;
	struct seen seen;

	if (!is_in(pid, list, n) && n < most) {
		look(pid, &seen);
		list[n++] = (struct victim){pid, seen.started};
	}
	do {
		before = n;
		n = add_children(list, n, most);
	} while (n > before);
	return n;
}

bool kin_kill(const struct victim *v, int number)
{
	struct seen seen;

	if (!look(v->pid, &seen) || seen.started != v->started)
		return false;
	return kill(v->pid, number) == 0;
}

void kin_name(pid_t pid, char *name, size_t room)
{
	char comm[32], line[4096], *base;
	size_t n;

	name[0] = '\0';
	if (read_file(pid, "comm", comm, sizeof(comm)) <= 0)
		return;
	n = strcspn(comm, "\n");
	comm[n] = '\0';
	snprintf(name, room, "%s", comm);
	if (n < 15 || read_file(pid, "cmdline", line, sizeof(line)) <= 0)
		return;
	/* The kernel keeps 15 bytes; the name is longer. */
	base = strrchr(line, '/') ? strrchr(line, '/') + 1 : line;
	if (strncmp(base, comm, n) == 0)
		snprintf(name, room, "%s", base);
}

bool kin_is_ancestor(pid_t pid)
{
	struct seen seen = {.parent = getppid()};

	while (seen.parent > 1 && seen.parent != pid)
		if (!look(seen.parent, &seen))
			return false;
	return seen.parent == pid;
}
