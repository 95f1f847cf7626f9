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
	struct timespec mtime;
	uint64_t dev, ino;
	uint32_t uid, gid, nlink;
	bool unwritten; /* lives in the overlay only, so far */
};

/*
 * What is known about the bytes of files (blob_recall), kept while they are unchanged: for all
 * overlays of a run, on any thread. Free it after them.
 */
struct files_cache;
struct files_cache *files_cache_new(void);
void files_cache_free(struct files_cache *c);

struct files_options {
	struct files_cache *cache; /* NULL: the overlay has one of its own */
	mode_t umask;
	bool link_copies;	/* a commit may hard-link a file equal to another (same bytes and mode) */
};

struct files *files_new(const struct files_options *options);
/* What new files and folders get from now on (the shell's umask command). */
void files_umask(struct files *f, mode_t umask);
/* Drop everything that was not committed. */
void files_free(struct files *f);

/* All bytes of PATH; the caller drops the blob. -EISDIR, -ENOENT, ... */
int files_read(struct files *f, struct str path, struct blob **out);
/* Make PATH a regular file with the bytes of B; an existing file keeps its mode, a new one gets
 * 0666 less the umask. Devices and FIFOs are written through. */
int files_write(struct files *f, struct str path, struct blob *b);
int files_append(struct files *f, struct str path, struct blob *b);
int files_stat(struct files *f, struct str path, struct files_stat *out);
int files_lstat(struct files *f, struct str path, struct files_stat *out);
int files_unlink(struct files *f, struct str path);
int files_rename(struct files *f, struct str from, struct str to);
/* A second name for the same bytes (overlay) or a hard link (disk). */
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
int files_realpath(struct files *f, struct arena *mem, struct str path, struct str *out);

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
/* Paths read from the disk and written so far: for incremental builds. In MEM. */
void files_touched(struct files *f, struct arena *mem, struct strs *read, struct strs *written);

#endif
