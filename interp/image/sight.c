/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looking at a name, and looking again: by inode, size and times first, which costs one system
 * call, by digest where they differ.
 */
#include "image/sight.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "digest/digest.h"

int sight_time_cmp(struct timespec a, struct timespec b)
{
	if (a.tv_sec != b.tv_sec)
		return a.tv_sec < b.tv_sec ? -1 : 1;
	return a.tv_nsec < b.tv_nsec ? -1 : a.tv_nsec > b.tv_nsec;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return sight_time_cmp(a, b) == 0;
}

static char kind_of(mode_t mode)
{
	return S_ISREG(mode) ? 'f' : S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : 'o';
}

/* ST: its mode is 0 when there is nothing. */
static void put(struct sight *s, const struct stat *st)
{
	s->kind = st->st_mode ? kind_of(st->st_mode) : 'a';
	s->mode = st->st_mode & 07777;
	s->uid = st->st_uid;
	s->gid = st->st_gid;
	s->size = s->kind == 'f' ? (uint64_t)st->st_size : 0;
	s->dev = st->st_dev;
	s->ino = st->st_ino;
	s->mtime = st->st_mtim;
	s->ctime = st->st_ctim;
}

static void look(struct sight *s)
{
	struct stat st;
	int result = s->what & FILES_LOOK_NO_FOLLOW ? lstat(s->path.p, &st) : stat(s->path.p, &st);

	if (result < 0)
		st = (struct stat){0};
	put(s, &st);
}

/* --- digests --- */

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Names that a commit under way on some thread uses for a moment, and our own state, are nobody's
 * business. */
static bool is_ours(const char *name)
{
	return name[0] == '.' && strstr(name, ".imagemk-");
}

bool sight_digest_names(struct str folder, bool (*counts)(void *ctx, const char *name), void *ctx,
			unsigned char *digest)
{
	struct arena *mem = arena_new();
	DIR *d = opendir(str_cz(mem, folder));
	struct strs names = {0};
	struct buf text = buf_new(mem);
	struct dirent *item;

	while (d && (item = readdir(d)) != NULL)
		if (!is_ours(item->d_name) && (!counts || counts(ctx, item->d_name)))
			*vec_push(mem, &names) = str_dup(mem, str_z(item->d_name));
	if (names.n)
		qsort(names.p, names.n, sizeof(*names.p), by_name);
	for (size_t i = 0; i < names.n; i++) {
		buf_str(&text, names.p[i]);
		buf_char(&text, '\0');
	}
	digest_bytes(&digest_sha256, text.p, text.n, digest);
	arena_free(mem);
	if (d)
		closedir(d);
	return d != NULL;
}

static bool digest_names(struct sight *s)
{
	return sight_digest_names(s->path, NULL, NULL, s->digest);
}

static bool digest_link(struct sight *s)
{
	char target[PATH_MAX];
	ssize_t n = readlink(s->path.p, target, sizeof(target));

	if (n >= 0)
		digest_bytes(&digest_sha256, target, (size_t)n, s->digest);
	return n >= 0;
}

static bool digest_real(struct sight *s)
{
	char real[PATH_MAX];
	const char *found = realpath(s->path.p, real);

	if (!found)
		found = strerror(errno);
	digest_bytes(&digest_sha256, found, strlen(found), s->digest);
	return true;
}

/* The digest of a file's bytes is kept with what is known of them, and of the file. */
static const char of_bytes;

static bool recall(struct sight *s, struct files *files)
{
	struct stat st = {
	    .st_dev = s->dev,
	    .st_ino = s->ino,
	    .st_size = (off_t)s->size,
	    .st_mtim = s->mtime,
	    .st_ctim = s->ctime,
	};

	return files_recall(files, &st, &of_bytes, s->digest, SIGHT_DIGEST);
}

/* This very program, which make text calls MAKE, is told by what a store begins with: it need not
 * be read. */
static bool is_ourselves(struct sight *s)
{
	static const char text[] = "this program";
	struct stat st;

	if (stat("/proc/self/exe", &st) < 0 || st.st_dev != s->dev || st.st_ino != s->ino)
		return false;
	digest_bytes(&digest_sha256, text, sizeof(text), s->digest);
	return true;
}

static bool read_bytes(struct sight *s, struct files *files)
{
	struct blob *b;

	if (files_read(files, s->path, &b) != 0)
		return false;
	digest_blob(&digest_sha256, b, s->digest);
	if (blob_size(b) == s->size)
		blob_remember(b, &of_bytes, s->size, s->digest, SIGHT_DIGEST);
	blob_unref(b);
	return true;
}

static bool digest_file(struct sight *s, struct files *files)
{
	struct sight now = *s;

	if (!recall(s, files) && !is_ourselves(s) && !read_bytes(s, files))
		return false;
	look(&now);
	return now.kind == 'f' && now.ino == s->ino && now.dev == s->dev && now.size == s->size &&
	       same_time(now.mtime, s->mtime);
}

/* Is there something to digest, other than a file's bytes? */
static bool has_small(const struct sight *s)
{
	return s->what & FILES_LOOK_REAL || s->kind == 'l' ||
	       (s->kind == 'd' && s->what & (FILES_LOOK_NAMES | FILES_LOOK_BYTES));
}

static bool digest_small(struct sight *s)
{
	return s->what & FILES_LOOK_REAL ? digest_real(s)
	       : s->kind == 'l'		 ? digest_link(s)
					 : digest_names(s);
}

static bool has_bytes(const struct sight *s)
{
	return s->kind == 'f' && s->what & FILES_LOOK_BYTES;
}

static void take_small(struct sight *s)
{
	s->digested = has_small(s) && digest_small(s);
}

void sight_take(struct sight *s)
{
	look(s);
	take_small(s);
}

void sight_take_seen(struct sight *s, const struct stat *st)
{
	put(s, st);
	take_small(s);
}

bool sight_digest(struct sight *s, struct files *files)
{
	if (!s->digested && has_bytes(s))
		s->digested = digest_file(s, files);
	return s->digested || !(has_bytes(s) || has_small(s));
}

/* --- again --- */

static bool same_state(const struct sight *a, const struct sight *b)
{
	unsigned others = FILES_LOOK_STATE | FILES_LOOK_TIME | FILES_LOOK_BYTES | FILES_LOOK_NAMES |
			  FILES_LOOK_TARGET;

	if (!(a->what & others)) /* nothing but where it leads */
		return (a->kind == 'a') == (b->kind == 'a');
	return a->kind == b->kind && a->mode == b->mode && a->uid == b->uid && a->gid == b->gid &&
	       a->size == b->size;
}

static bool same_inode(const struct sight *a, const struct sight *b)
{
	return a->dev == b->dev && a->ino == b->ino && same_time(a->mtime, b->mtime) &&
	       same_time(a->ctime, b->ctime);
}

bool sight_holds(struct sight *s, struct files *files, bool trusted)
{
	struct sight now = *s;

	look(&now);
	if (!same_state(s, &now))
		return false;
	if (s->kind == 'a')
		return !(s->what & FILES_LOOK_REAL) || sight_leads(s);
	if (trusted && same_inode(s, &now) && !(s->what & FILES_LOOK_REAL))
		return true;
	if (s->what & FILES_LOOK_TIME && (s->kind == 'f' || s->kind == 'd') &&
	    !same_time(s->mtime, now.mtime))
		return false;
	now.digested = false;
	if (has_small(&now))
		now.digested = digest_small(&now);
	if (!sight_digest(&now, files) ||
	    (s->digested && memcmp(now.digest, s->digest, SIGHT_DIGEST) != 0))
		return false;
	*s = now;
	return true;
}

bool sight_is_folder(const struct sight *s)
{
	struct sight now = *s;

	now.what |= FILES_LOOK_NO_FOLLOW;
	look(&now);
	return now.kind == 'd' && same_state(s, &now);
}

bool sight_leads(const struct sight *s)
{
	struct sight now = *s;

	return digest_real(&now) && !memcmp(now.digest, s->digest, SIGHT_DIGEST);
}
