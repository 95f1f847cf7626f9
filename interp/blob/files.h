/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOB_FILES_H
#define BLOB_FILES_H

#include <sys/stat.h>
#include <time.h>

#include "base/vec.h"
#include "blob/blob.h"

/*
 * The file overlay of one recipe (one thread): regular files that the recipe wrote live here as
 * blobs until files_commit; everything else (folders, links, devices, removals) happens on the
 * disk at once. Reading falls through to the disk. A path is absolute; its folder part is resolved
 * through symbolic links, so two spellings of one file are one file, and the last part is followed
 * too, except by the calls that name the link itself (lstat, unlink, rename, readlink).
 * Every int result is 0 or -errno, as the system call of that name would fail
 * (writing checks the folder and its permission when the file is first written, not at commit).
 */
struct files;

struct files_stat {
	mode_t mode;	/* with the file type */
	uint64_t size;
	struct timespec changed; /* for files_mtime, which tells that the time counts */
	uint64_t dev, ino;
	uint32_t uid, gid, nlink;
	bool unwritten; /* lives in the overlay only, so far */
	bool link_itself; /* files_lstat looked */
};

/* What a look at a name on the disk learns of it. */
enum files_look {
	FILES_LOOK_STATE = 1,	/* is it there, what kind, mode, owner, size */
	FILES_LOOK_TIME = 2,
	FILES_LOOK_BYTES = 4,	/* of a regular file */
	FILES_LOOK_NAMES = 8,	/* of a folder: what it holds */
	FILES_LOOK_TARGET = 16,	/* of a symbolic link */
	FILES_LOOK_REAL = 32,	/* where all symbolic links lead */
	FILES_LOOK_NO_FOLLOW = 64, /* the name itself, not what it links to */
	/* by a process, which may look at names that it is about to replace */
	FILES_LOOK_TOOL = 128,
};

enum files_change {
	FILES_CHANGE_PART,	/* what was there goes into what will be there */
	FILES_CHANGE_WHOLE,	/* made or replaced */
	FILES_CHANGE_GONE,	/* removed, or meant to be */
	FILES_CHANGE_ALL,	/* the same, with all in it, whatever that is */
	FILES_CHANGE_TIME,	/* it gets a time, which counts from now on */
};

/*
 * Who hears what is taken from the disk and what is done to it, through an overlay or
 * (files_looks_at, files_changes) by a process, before it happens: for incremental builds. What the
 * overlay itself holds is not looked at. Perhaps on several threads.
 */
struct files_watch {
	void *ctx;
	/* WHAT: of enum files_look. PATH as it was spelt, absolute; KEY as the overlay names it. */
	void (*looks)(void *ctx, struct str path, struct str key, unsigned what);
	void (*changes)(void *ctx, struct str key, enum files_change how);
	/* Something happened that is not told. */
	void (*unknown)(void *ctx, const char *why);
	/* As looks, but what is seen now goes away: nothing hangs on it but how the next change
	 * goes. NULL: nobody wants to know. */
	void (*peeks)(void *ctx, struct str path, unsigned what);
};

/*
 * What is known about the bytes of files (blob_recall), kept while they are unchanged: for all
 * overlays of a run, on any thread. Free it after them.
 */
struct files_cache;
struct files_cache *files_cache_new(void);
void files_cache_free(struct files_cache *c);

/*
 * Who may say no, of a user who is to read some folders and change nothing: each is asked before,
 * with the name that the file has on the disk, and answers 0 or -errno. What would fail anyway is
 * not asked for.
 */
struct files_gate {
	void *ctx;
	/* The bytes of a file, the names in a folder. */
	int (*reads)(void *ctx, struct str key);
	int (*changes)(void *ctx, struct str key);
};

struct files_options {
	struct files_cache *cache; /* NULL: the overlay has one of its own */
	mode_t umask;
	/* a commit may hard-link COPY to a file with the same bytes and mode that we made */
	bool link_copies;
	/* no other file: programs such as mkfs.ubifs tell a file with two names from two files */
	struct str copy;
	bool read_once; /* no file twice: mappings are not kept for the next time */
	const struct files_watch *watch; /* or NULL */
	const struct files_gate *gate; /* NULL: all is allowed */
};

struct files *files_new(const struct files_options *options);
/* What new files and folders get from now on (the shell's umask command). */
void files_umask(struct files *f, mode_t umask);
/* Drop everything that was not committed. */
void files_free(struct files *f);

/* All bytes of PATH; the caller drops the blob. -EISDIR, -ENOENT, ... */
int files_read(struct files *f, struct str path, struct blob **out);
/*
 * What is remembered (blob_remember) of all bytes of the file that ST describes, which is neither
 * found by a name nor read. False: nothing is, or it may have changed since.
 */
bool files_recall(struct files *f, const struct stat *st, const void *kind, void *value, size_t n);
/* Make PATH a regular file with the bytes of B; an existing file keeps its mode, a new one gets
 * 0666 less the umask. Devices and FIFOs are written through. */
int files_write(struct files *f, struct str path, struct blob *b);
int files_append(struct files *f, struct str path, struct blob *b);
int files_stat(struct files *f, struct str path, struct files_stat *out);
int files_lstat(struct files *f, struct str path, struct files_stat *out);
/* As files_stat or (not FOLLOW) files_lstat; of a name that is about to be replaced, so the watch
 * need not know. */
int files_peek(struct files *f, struct str path, bool follow, struct files_stat *out);
/* When what ST says of PATH was modified. */
struct timespec files_mtime(struct files *f, struct str path, const struct files_stat *st);
/* From now on (QUIET) looks are not told to the watch: what is seen goes away. */
void files_quiet(struct files *f, bool quiet);
int files_unlink(struct files *f, struct str path);
int files_rename(struct files *f, struct str from, struct str to);
/* A hard link; what is not on the disk yet is committed for it. */
int files_link(struct files *f, struct str from, struct str to);
int files_symlink(struct files *f, struct str target, struct str path);
int files_readlink(struct files *f, struct arena *mem, struct str path, struct str *target);
int files_mkdir(struct files *f, struct str path, mode_t mode); /* MODE less the umask */
int files_rmdir(struct files *f, struct str path);
int files_chmod(struct files *f, struct str path, mode_t mode);
int files_chown(struct files *f, struct str path, int uid, int gid);
/* Set the modification time; FOLLOW a symbolic link or not. */
int files_touch(struct files *f, struct str path, struct timespec mtime, bool follow);
/* The names in folder PATH without "." and "..", in byte order, overlay included. */
int files_list(struct files *f, struct arena *mem, struct str path, struct strs *names);
/* PATH made absolute, symbolic links resolved (as realpath); every part but the last must exist. */
/*
 * Are A and B, names of one file, that only because F's user links copies? Then they pass for two.
 */
bool files_is_copy(struct files *f, struct str a, struct str b);
int files_realpath(struct files *f, struct arena *mem, struct str path, struct str *out);
/* Where PATH leads on the disk, in MEM; unset when that can't be opened. */
struct str files_real(struct arena *mem, struct str path);

/*
 * Bring what was written to the disk, each file whole or not at all (temporary name in the same
 * folder, rename; an unmodified rest of another file is cloned where the file system can).
 * The first failure stops it: *BAD is the path, the temporary file is gone, the rest stays dirty.
 * Called when a recipe ends and before an outside process starts.
 */
int files_commit(struct files *f, struct str *bad);
/* The words for its failure ERR (an errno). */
const char *files_error_text(int err);
/* Is there an executable file called NAME, in whatever folder, that was not committed yet? */
bool files_has_program(const struct files *f, struct str name);
/* To be called before a process is started that may change files, and when it has ended. */
void files_process_starts(struct files *f);
void files_process_ended(struct files *f);
/* Was anything written, made or removed through F? */
bool files_wrote(const struct files *f);
/* Is F watched? If so, what others do for its user can be told: see struct files_watch. */
bool files_watched(const struct files *f);
/* Who watches F; NULL: nobody. */
const struct files_watch *files_watch_of(const struct files *f);
void files_looks_at(struct files *f, struct str path, unsigned what);
void files_changes(struct files *f, struct str path, enum files_change how);
void files_unknown(struct files *f, const char *why);
/* Ask F's gate: may KEY, a real name, be read, changed? 0 or -errno. */
int files_may_read(const struct files *f, struct str key);
int files_may_change(const struct files *f, struct str key);
/*
 * A process is about to write into PATH in place. Where it is a second name of a file because F's
 * user links copies, it becomes a file of its own first. On any thread.
 */
void files_unshare(struct files *f, struct str path);

#endif
