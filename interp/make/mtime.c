/* SPDX-License-Identifier: GPL-2.0-only */
/* Modification times of files, cached in the table. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "make/graph.h"
#include "make/job.h"
#include "make/options.h"

#define PER_SECOND ((stamp)1 << 30) /* seconds and nanoseconds share a number */

stamp stamp_of(int64_t seconds, long ns)
{
	return (stamp)seconds * PER_SECOND + (stamp)ns + STAMP_FIRST;
}

/* A NUL-terminated copy of NAME: in BUF when it fits. */
static const char *zname(struct make *mk, char *buf, size_t size, struct str name)
{
	if (name.n >= size)
		return str_cz(mk->mem, name);
	memcpy(buf, name.p, name.n);
	buf[name.n] = '\0';
	return buf;
}

/* -L: the newest of the links that NAME goes through, at least T. */
static stamp newest_link(struct make *mk, struct str name, stamp t)
{
	char target[4096];
	struct stat st;

	for (int hops = 0; hops < 64; hops++) {
		const char *z = str_cz(mk->mem, name);
		stamp own;
		ssize_t n;

		name_counts(mk, name, MAKE_LOOKS_REAL);
		if (fstatat(mk->g->cwd, z, &st, AT_SYMLINK_NOFOLLOW) < 0) {
			if (errno != ENOENT && errno != ENOTDIR)
				make_perror(mk, "lstat: ", name);
			return t;
		}
		if (!S_ISLNK(st.st_mode))
			return t;
		own = stamp_of(st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
		if (own > t)
			t = own;
		n = readlinkat(mk->g->cwd, z, target, sizeof(target));
		if (n < 0) {
			make_perror(mk, "readlink: ", name);
			return t;
		}
		if (target[0] == '/' || str_chr(name, '/') < 0)
			name = str_dup(mk->mem, (struct str){target, (size_t)n});
		else
			name =
			    str_fmt(mk->mem, "%.*s/%.*s", STR_ARG(path_dir(name)), (int)n, target);
	}
	return t;
}

stamp name_mtime(struct make *mk, struct str name)
{
	char buf[1024];
	struct stat st;
	stamp t = STAMP_NONE;
	int status;

	if (!name_counts(mk, name, MAKE_LOOKS_TIME))
		return STAMP_NONE;
	do
		status = fstatat(mk->g->cwd, zname(mk, buf, sizeof(buf), name), &st, 0);
	while (status < 0 && errno == EINTR);
	if (status == 0) {
		t = stamp_of(st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	} else if (errno != ENOENT && errno != ENOTDIR) {
		make_perror(mk, "stat: ", name);
		return STAMP_NONE;
	}
	return mk->o->check_symlinks ? newest_link(mk, name, t) : t;
}

/* Say once that a file comes from the future. */
static void check_skew(struct make *mk, struct file *f, stamp t)
{
	struct timespec ts;
	double ahead;
	char text[100];

	if (mk->g->skew_seen || t == STAMP_NONE || t == STAMP_NEW || f->updated || mk->g->now >= t)
		return;
	clock_gettime(CLOCK_REALTIME, &ts);
	mk->g->now = stamp_of(ts.tv_sec, ts.tv_nsec);
	if (mk->g->now >= t)
		return;
	ahead = (double)((t - STAMP_FIRST) / PER_SECOND) - (double)ts.tv_sec +
		((double)((t - STAMP_FIRST) % PER_SECOND) - (double)ts.tv_nsec) / 1e9;
	snprintf(text, sizeof(text), ahead >= 99 ? "%.0f" : "%.2g",
		 ahead >= 99 ? (double)(uint64_t)ahead : ahead);
	make_error(mk, (struct place){0},
		   "Warning: File '%.*s' has modification time %s s in the future",
		   STR_ARG(f->name), text);
	mk->g->skew_seen = true;
}

/* F is "archive(member)"; *MISSING: there is no such archive. */
static stamp member_mtime(struct make *mk, struct file *f, bool search, struct str archive,
			  struct str member, bool *missing)
{
	struct file *a = file_get(mk, archive);
	stamp t = file_mtime_again(mk, a, search);
	int64_t date;

	a = file_real(a);
	if (search && !str_eq(a->hname, archive)) {
		struct str name =
		    str_fmt(mk->mem, "%.*s(%.*s)", STR_ARG(a->hname), STR_ARG(member));

		if (str_eq(a->name, a->hname))
			file_rename(mk, f, name);
		else
			file_rehash(mk, f, name);
		f = file_real(f);
	}
	f->low_resolution = true;
	*missing = t == STAMP_NONE;
	if (*missing)
		return STAMP_NONE;
	archive_name(f->hname, &archive, &member);
	date = archive_date(mk, archive, member);
	return date <= 0 ? STAMP_NONE : stamp_of(date, 0);
}

/* F isn't where its name says: look along VPATH. *F may become another entry. */
static stamp found_mtime(struct make *mk, struct file **f, bool *renamed)
{
	stamp t = STAMP_UNKNOWN;
	struct file *file = *f;
	struct str name = vpath_search(mk, file->name, &t, NULL, NULL), dir;

	if (!name.p && str_starts(file->name, S("-l")))
		name = library_search(mk, file->name, &t);
	if (!name.p)
		return STAMP_NONE;
	if (t != STAMP_UNKNOWN)
		file->mtime = t;
	dir = str_sub(name, 0, name.n > file->name.n ? name.n - file->name.n - 1 : 0);
	if (vpath_in_gpath(mk, dir)) {
		file_rename(mk, file, name);
		*f = file_real(file);
		*renamed = true;
		return file_mtime(mk, *f);
	}
	file_rehash(mk, file, name);
	*f = file_real(file);
	return t == STAMP_OLD || t == STAMP_NEW ? t : name_mtime(mk, name);
}

/* Keep T in all entries of F's name that may have it: not in double-colon rules still to be looked
 * at. */
static void store(struct file *f, stamp t)
{
	bool updated;

	if (f->double_colon)
		f = f->double_colon;
	updated = f->updated;
	for (; f; f = f->prev) {
		/* Named by .INTERMEDIATE but there before make started: not make's to delete. */
		if (t != STAMP_NONE && f->state == STATE_NOT_STARTED && !f->tried_implicit &&
		    f->intermediate)
			f->intermediate = false;
		if (f->updated == updated)
			f->mtime = t;
	}
}

stamp file_mtime_again(struct make *mk, struct file *f, bool search)
{
	struct str archive, member;
	bool renamed = false, missing;
	stamp t;

	if (archive_name(f->name, &archive, &member)) {
		t = member_mtime(mk, f, search, archive, member, &missing);
		if (missing)
			/* not kept: to .DELETE_ON_ERROR it is then a member that changed */
			return t;
		f = file_real(f);
	} else {
		t = name_mtime(mk, f->name);
		if (t == STAMP_NONE && search && !f->ignore_vpath)
			t = found_mtime(mk, &f, &renamed);
		if (renamed)
			return t;
	}
	check_skew(mk, f, t);
	store(f, t);
	return t;
}

stamp file_mtime(struct make *mk, struct file *f)
{
	return f->mtime != STAMP_UNKNOWN ? f->mtime : file_mtime_again(mk, f, true);
}

stamp file_mtime_no_search(struct make *mk, struct file *f)
{
	return f->mtime != STAMP_UNKNOWN ? f->mtime : file_mtime_again(mk, f, false);
}

/* Rewrite the first byte of the open file: its time changes, its content not. */
static bool rewrite_byte(int fd)
{
	struct stat st;
	char c = 'x';

	if (fstat(fd, &st) < 0 || pread(fd, &c, 1, 0) < 0 || pwrite(fd, &c, 1, 0) < 0)
		return false;
	return st.st_size > 0 || ftruncate(fd, 0) == 0;
}

bool name_touch(struct make *mk, struct str name)
{
	int fd = name_create(mk, mk->mem, name, O_RDWR);
	bool good;

	if (fd < 0) {
		make_perror(mk, "touch: open: ", name);
		return false;
	}
	good = rewrite_byte(fd);
	if (!good)
		make_perror(mk, "touch: ", name);
	close(fd);
	return good;
}
