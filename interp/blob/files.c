/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file overlay: what a recipe writes, until it is committed. Here: reading, writing, entries.
 * Names and folders are in names.c, paths in resolve.c, the way to the disk in commit.c.
 *
 * A file on the disk is looked at anew (stat) at each read; a large one is mapped and the mapping
 * kept while the file is unchanged as far as cache.c can tell. Our own commits replace files by
 * rename, so what was mapped before keeps its bytes. A process that changes a file in place changes
 * the bytes of the blobs that map it, as it would for any program that has it mapped; the overlay
 * is committed (so nothing unwritten hangs on such a mapping) before a process is started.
 */
#include "blob/overlay.h"

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

enum { MAPPINGS_MOST = 512 };

struct files *files_new(const struct files_options *options)
{
	struct arena *mem = arena_new();
	struct files *f = arena_make(mem, struct files);

	f->options = *options;
	f->own_cache = !options->cache;
	f->cache = f->own_cache ? files_cache_new() : options->cache;
	f->mem = mem;
	f->entries = map_new(mem);
	f->mappings = map_new(mem);
	f->folders_mem = arena_new();
	f->folders = map_new(f->folders_mem);
	return f;
}

static void forget_mappings(struct files *f)
{
	struct str key;
	void *b;

	for (size_t pos = 0; map_next(f->mappings, &pos, &key, &b); map_del(f->mappings, key))
		blob_unref(b);
}

void files_umask(struct files *f, mode_t umask)
{
	f->options.umask = umask;
}

void files_free(struct files *f)
{
	void *e;

	if (!f)
		return;
	for (size_t pos = 0; map_next(f->entries, &pos, NULL, &e);)
		blob_unref(((struct files_entry *)e)->blob);
	forget_mappings(f);
	if (f->own_cache)
		files_cache_free(f->cache);
	arena_free(f->folders_mem);
	arena_free(f->mem);
}

void files_stamp(struct files *f)
{
	if (f->unstamped)
		f->unstamped->mtime = files_cache_clock(f->cache);
	f->unstamped = NULL;
}

struct timespec files_now(struct files *f)
{
	files_stamp(f);
	return files_cache_clock(f->cache);
}

/* --- entries --- */

struct files_entry *files_entry(const struct files *f, struct str key)
{
	return map_get(f->entries, key);
}

struct files_entry *files_dirty(const struct files *f, struct str key)
{
	struct files_entry *e = map_get(f->entries, key);

	return e && e->blob ? e : NULL;
}

struct files_entry *files_entry_new(struct files *f, struct str key, struct blob *b, mode_t mode)
{
	struct files_entry *e = arena_make(f->mem, struct files_entry);

	e->key = str_dup(f->mem, key);
	e->blob = b;
	e->mode = mode & 07777;
	f->programs |= mode & 0111;
	e->uid = e->gid = -1;
	e->mtime = files_now(f);
	e->ino = ((uint64_t)1 << 62) + ++f->ino;
	*map_at(f->entries, key) = e;
	files_told_change(f, key, FILES_CHANGE_WHOLE);
	return e;
}

void files_entry_forget(struct files *f, struct files_entry *e)
{
	map_del(f->entries, e->key);
	e->key = (struct str){NULL, 0};
	if (e->open == 0) {
		blob_unref(e->blob);
		e->blob = NULL;
	} else if (!e->blob) {
		/* Removed from the disk while a stream holds it; what it held is out of reach. */
		e->blob = blob_empty();
	}
}

void files_entry_move(struct files *f, struct files_entry *e, struct str key)
{
	struct files_entry *there = files_entry(f, key);

	if (there)
		files_entry_forget(f, there);
	map_del(f->entries, e->key);
	e->key = str_dup(f->mem, key);
	*map_at(f->entries, key) = e;
	files_told_change(f, key, FILES_CHANGE_WHOLE);
}

/* One write behind the other to one file: its time is asked for when it counts, before anything
 * else gets one. */
static void entry_put(struct files *f, struct files_entry *e, struct blob *b)
{
	blob_unref(e->blob);
	e->blob = b;
	if (f->unstamped != e)
		files_stamp(f);
	f->unstamped = e;
}

/* --- reading --- */

/* The mapping of KEY, when it is of the bytes that FACTS are about. */
static struct blob *known_mapping(struct files *f, struct str key, const struct blob_facts *facts)
{
	struct blob *b = map_get(f->mappings, key);

	if (b && blob_has_facts(b, facts))
		return blob_ref(b);
	files_forget_mapping(f, key);
	return NULL;
}

static void keep_mapping(struct files *f, struct str key, struct blob *b)
{
	if (f->options.read_once)
		return;
	if (map_count(f->mappings) >= MAPPINGS_MOST)
		forget_mappings(f);
	*map_at(f->mappings, key) = blob_ref(b);
}

void files_forget_mapping(struct files *f, struct str key)
{
	struct blob *b = map_get(f->mappings, key);

	if (b) {
		map_del(f->mappings, key);
		blob_unref(b);
	}
}

/* The small file KEY, as below. */
static struct blob *take_file(struct files *f, struct str key, int fd, const struct stat *st,
			      unsigned long when)
{
	struct blob *b = blob_file_at(fd, key.p);
	struct blob_facts *facts;

	if (b && st->st_size && blob_size(b) == (uint64_t)st->st_size) {
		facts = files_cache_facts(f->cache, st, when);
		blob_facts_set(b, facts);
		blob_facts_unref(facts);
	}
	return b;
}

/* The large file KEY, open on FD, NULL with errno set. WHEN: before it was looked at. */
static struct blob *map_file(struct files *f, struct str key, int fd, const struct stat *st,
			     unsigned long when)
{
	struct blob_facts *facts = files_cache_facts(f->cache, st, when);
	struct blob *b = known_mapping(f, key, facts);

	if (!b && (b = blob_file_at(fd, key.p)) != NULL && blob_size(b) == (uint64_t)st->st_size) {
		blob_facts_set(b, facts);
		keep_mapping(f, key, b);
	}
	blob_facts_unref(facts);
	return b;
}

/* Linux's numbers; /dev/random and /dev/urandom are of this kind too, and can't be a blob. */
enum { MEMORY_DEVICES = 1, DEV_NULL = 3, DEV_ZERO = 5, DEV_FULL = 7 };

/* What isn't a regular file: read to its end, or endless NULs. */
static int read_special(int fd, const struct stat *st, struct blob **out)
{
	if (S_ISDIR(st->st_mode))
		return -EISDIR;
	if (!S_ISCHR(st->st_mode) || major(st->st_rdev) != MEMORY_DEVICES)
		*out = blob_read_fd(fd);
	else if (minor(st->st_rdev) == DEV_ZERO || minor(st->st_rdev) == DEV_FULL)
		*out = blob_run(0, BLOB_ENDLESS);
	else if (minor(st->st_rdev) == DEV_NULL)
		*out = blob_empty();
	else
		return -ENOTSUP;
	return *out ? 0 : -errno;
}

static int read_open(struct files *f, struct str key, int fd, struct blob **out)
{
	unsigned long when = files_cache_now(f->cache);
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return read_special(fd, &st, out);
	*out = st.st_size < BLOB_SMALL ? take_file(f, key, fd, &st, when)
				       : map_file(f, key, fd, &st, when);
	return *out ? 0 : -errno;
}

/* The disk's bytes at KEY. */
static int read_disk(struct files *f, struct str key, struct blob **out)
{
	int fd, error = files_may_read(f, key);

	if (error)
		return error;
	fd = open(key.p, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	error = read_open(f, key, fd, out);
	close(fd);
	return error;
}

/* Names that mean something else for each process or descriptor aren't resolved to a key. */
static bool is_alias(struct str path)
{
	return str_starts(path, S("/dev/std")) || str_starts(path, S("/dev/fd/")) ||
	       str_starts(path, S("/proc/"));
}

/* May E be opened for what BIT of its owner's mode stands for? Of a file that was another's nobody
 * asks. */
static bool may_open(const struct files_entry *e, mode_t bit)
{
	return (e->mode & bit) || e->uid >= 0 || geteuid() == 0;
}

int files_read(struct files *f, struct str path, struct blob **out)
{
	FILES_SCRATCH(mem);
	struct files_entry *e;
	struct str key;
	int error;

	if (is_alias(path))
		return read_disk(f, str_dup(mem, path), out);
	error = files_resolve(f, mem, path, true, &key);
	if (error)
		return error;
	e = files_dirty(f, key);
	if (e && !may_open(e, S_IRUSR))
		return -EACCES;
	if (e) {
		*out = blob_ref(e->blob);
		return 0;
	}
	key = str_dup(mem, key);
	files_told_look(f, path, key, FILES_LOOK_BYTES);
	return read_disk(f, key, out);
}

bool files_recall(struct files *f, const struct stat *st, const void *kind, void *value, size_t n)
{
	struct blob_facts *facts = files_cache_known(f->cache, st);
	bool known = facts && blob_facts_recall(facts, kind, (uint64_t)st->st_size, value, n);

	blob_facts_unref(facts);
	return known;
}

/* --- writing --- */

/*
 * May KEY be made or replaced? *ST is what is there (st_mode 0: nothing). -ENXIO: it can only be
 * written where it is, as a device, or a file in a folder that takes no other.
 */
static int may_write(struct arena *mem, struct str key, bool truncate, struct stat *st)
{
	const char *path = str_cz(mem, key);

	if (stat(path, st) < 0) {
		if (errno != ENOENT)
			return -errno;
		*st = (struct stat){0};
		return files_may_make(mem, key);
	}
	if (S_ISDIR(st->st_mode))
		return -EISDIR;
	if (!S_ISREG(st->st_mode))
		return -ENXIO;
	if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) < 0)
		return truncate && errno == EACCES && files_read_only(path) ? -EROFS : -errno;
	return files_may_make(mem, key) < 0 ? -ENXIO : 0;
}

/* Make the entry of KEY over what the disk has. */
static int entry_over_disk(struct files *f, struct arena *mem, struct str key, bool truncate,
			   struct files_entry **out)
{
	struct files_entry *e = files_entry(f, key);
	struct blob *b = NULL;
	struct stat st;
	int error;

	files_told_peek(f, key, FILES_LOOK_STATE);
	error = may_write(mem, key, truncate, &st);
	if (error == -ENXIO && S_ISREG(st.st_mode))
		files_commit(f, NULL); /* what was copied of it may lie in it */
	if (error)
		return error;
	if (!truncate)
		files_told_look(f, key, key, FILES_LOOK_BYTES);
	files_told_change(f, key, truncate ? FILES_CHANGE_WHOLE : FILES_CHANGE_PART);
	if (truncate || !st.st_mode)
		b = blob_empty();
	else if ((error = read_disk(f, str_dup(mem, key), &b)) != 0)
		return error;
	if (!e)
		e = files_entry_new(f, key, NULL, st.st_mode);
	e->mode = st.st_mode ? st.st_mode & 07777 : 0666 & ~f->options.umask;
	e->uid = st.st_mode && st.st_uid != geteuid() ? (int)st.st_uid : -1;
	e->gid = st.st_mode && st.st_gid != getegid() ? (int)st.st_gid : -1;
	e->appended = !truncate;
	e->base = blob_size(b);
	e->base_st = st;
	entry_put(f, e, b);
	files_stamp(f);
	e->opened = e->mtime;
	*out = e;
	return 0;
}

static struct files_shared *shared_at(struct files *f, const struct stat *st)
{
	for (size_t i = 0; i < f->shared.n; i++)
		if (f->shared.p[i].dev == st->st_dev && f->shared.p[i].ino == st->st_ino)
			return &f->shared.p[i];
	return NULL;
}

void files_fd_opened(struct files *f, int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		*vec_push(f->mem, &f->shared) = (struct files_shared){st.st_dev, st.st_ino};
}

void files_fd_closed(struct files *f, int fd)
{
	struct stat st;
	struct files_shared *s = f->shared.n && fstat(fd, &st) == 0 ? shared_at(f, &st) : NULL;

	if (s)
		*s = f->shared.p[--f->shared.n];
}

static bool is_shared(struct files *f, struct str key)
{
	struct stat st;

	return f->shared.n && stat(key.p, &st) == 0 && shared_at(f, &st);
}

int files_shared_descriptor(struct files *f, struct str key)
{
	return key.p && f->shared.n && !files_dirty(f, key) && is_shared(f, key)
		   ? open(key.p, O_RDONLY | O_CLOEXEC)
		   : -1;
}

/* The dirty entry of PATH, made when missing. */
static int entry_at(struct files *f, struct str path, bool truncate, struct files_entry **out)
{
	FILES_SCRATCH(mem);
	struct str key;
	int error;

	if (is_alias(path))
		return -ENXIO;
	if (str_ends(path, S("/"))) {
		error = files_resolve(f, mem, path_join(mem, path_dir(path), path_base(path)),
				      false, &key);
		return error ? error : -EISDIR;
	}
	error = files_resolve(f, mem, path, true, &key);
	if (error)
		return error;
	*out = files_dirty(f, key);
	error = *out ? 0 : files_may_change(f, key);
	if (error)
		return error;
	if (!*out && is_shared(f, key))
		return -ENXIO;
	if (!*out)
		return entry_over_disk(f, mem, key, truncate, out);
	if (!may_open(*out, S_IWUSR))
		return -EACCES;
	if (truncate) {
		(*out)->appended = false;
		entry_put(f, *out, blob_empty());
	}
	return 0;
}

static int write_through(struct files *f, struct str path, struct blob *b, int how)
{
	int fd = files_open_disk(f, path, O_WRONLY | how), error;

	if (fd < 0)
		return fd;
	error = blob_write_fd(b, fd);
	return close(fd) < 0 && !error ? -errno : error;
}

int files_open_disk(struct files *f, struct str path, int flags)
{
	FILES_SCRATCH(mem);
	bool tells = f->options.watch || f->options.gate;
	struct str key = path;
	int fd, error;

	if (tells && !is_alias(path) && files_resolve(f, mem, path, true, &key) == 0) {
		if ((flags & O_ACCMODE) == O_RDONLY || !(flags & O_TRUNC))
			files_told_look(f, path, key, FILES_LOOK_BYTES);
		if ((flags & O_ACCMODE) != O_RDONLY)
			files_told_change(f, key,
					  flags & O_TRUNC ? FILES_CHANGE_WHOLE : FILES_CHANGE_PART);
	}
	error = (flags & O_ACCMODE) != O_WRONLY ? files_may_read(f, key) : 0;
	if (!error && (flags & O_ACCMODE) != O_RDONLY)
		error = files_may_change(f, key);
	if (error)
		return error;
	fd = open(str_cz(mem, path), flags | O_CLOEXEC | O_NOCTTY);
	return fd < 0 ? -errno : fd;
}

int files_write(struct files *f, struct str path, struct blob *b)
{
	struct files_entry *e;
	int error = entry_at(f, path, true, &e);

	if (error == -ENXIO)
		return write_through(f, path, b, O_TRUNC);
	if (!error)
		entry_put(f, e, blob_ref(b));
	return error;
}

int files_append(struct files *f, struct str path, struct blob *b)
{
	struct files_entry *e;
	int error = entry_at(f, path, false, &e);

	if (error == -ENXIO)
		return write_through(f, path, b, O_APPEND);
	return error ? error : files_entry_append(f, e, b);
}

/* --- for streams --- */

int files_open_entry(struct files *f, struct str path, bool truncate, struct files_entry **out)
{
	int error = entry_at(f, path, truncate, out);

	if (!error)
		(*out)->open++;
	return error;
}

void files_close_entry(struct files *f, struct files_entry *e)
{
	if (--e->open > 0)
		return;
	if (!e->key.p) {
		blob_unref(e->blob);
		e->blob = NULL;
	} else if (!e->blob) {
		files_entry_forget(f, e);
	}
}

/* Make a clean entry dirty again, with the disk's present bytes. */
static int wake_clean(struct files *f, struct files_entry *e)
{
	FILES_SCRATCH(mem);

	return entry_over_disk(f, mem, str_dup(mem, e->key), false, &e);
}

static int wake(struct files *f, struct files_entry *e)
{
	return e->blob ? 0 : wake_clean(f, e);
}

int files_entry_blob(struct files *f, struct files_entry *e, struct blob **out)
{
	if (!e->blob)
		return read_disk(f, e->key, out);
	*out = blob_ref(e->blob);
	return 0;
}

struct str files_key(struct files *f, struct arena *mem, struct str path)
{
	struct str key;

	return files_resolve(f, mem, path, true, &key) == 0 ? key : (struct str){0};
}

int files_entry_set(struct files *f, struct files_entry *e, struct blob *b)
{
	int error = wake(f, e);

	if (error)
		return error;
	e->appended = false;
	entry_put(f, e, blob_ref(b));
	return 0;
}

int files_entry_append(struct files *f, struct files_entry *e, struct blob *b)
{
	int error = wake(f, e);

	if (!error)
		entry_put(f, e, blob_cat(e->blob, b));
	return error;
}

int files_entry_descriptor(struct files *f, struct files_entry *e, int flags)
{
	int error = e->key.p && e->blob ? files_commit_entry(f, e) : 0;

	if (error)
		return error;
	return e->key.p ? files_open_disk(f, e->key, flags) : -ENOENT;
}

/* --- processes --- */

void files_process_starts(struct files *f)
{
	files_cache_process(f->cache, true);
}

void files_process_ended(struct files *f)
{
	files_cache_process(f->cache, false);
}

void files_disturb(struct files *f)
{
	files_cache_disturb(f->cache);
}
