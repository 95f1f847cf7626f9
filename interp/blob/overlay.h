/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOB_OVERLAY_H
#define BLOB_OVERLAY_H

#include "base/map.h"
#include "blob/internal.h"

/* The overlay's own shape, for attributes.c, commit.c, files.c, names.c, readers.c, resolve.c and
 * watch.c only. */

struct files_shared {
	uint64_t dev, ino;
};

/* A file that got its bytes anew by rename, or its first ones: who reads it knows it as FROM. */
struct files_moved {
	struct files_shared from, to;
};

struct files {
	struct files_options options;
	struct files_cache *cache;
	bool own_cache;
	struct arena *mem;
	struct map *entries;	/* key -> struct files_entry; also clean ones that a stream holds */
	bool wrote, quiet;
	struct arena *folders_mem;
	struct map *folders;	/* a folder as spelt -> its real path, NUL behind it */
	struct map *mappings;	/* key -> struct blob: large files mapped so far */
	struct files_entry *unstamped; /* written to, and its time is to be set; or NULL */
	unsigned long temp, ino;
	bool programs;		/* since the last commit an entry got a bit to be executed by */
	unsigned readers;	/* streams that read a file and would see what is written to it */
	/* in the order in which it came about, while there are any */
	VEC(struct files_moved) moved;
	VEC(struct files_shared) shared; /* what a stream has open by a descriptor to write to */
};

/* A call's scratch memory; it is freed when the call ends. */
#define FILES_SCRATCH(name)                                                                        \
	struct arena *name __attribute__((cleanup(files_drop_scratch))) = arena_new()
void files_drop_scratch(struct arena **mem);

/*
 * The key of PATH: its folder resolved, the last part too when FOLLOW. In MEM, NUL behind it.
 * The last part may be missing, and then so does *KEY's file. 0 or -errno.
 */
int files_resolve(struct files *f, struct arena *mem, struct str path, bool follow,
		  struct str *key);
/* Forget what was resolved: a folder or a symbolic link went away or moved. */
void files_forget_folders(struct files *f);
void files_forget_mapping(struct files *f, struct str key);

/* The entry of KEY whose bytes aren't on the disk, or NULL. */
struct files_entry *files_dirty(const struct files *f, struct str key);
/* The entry of KEY, dirty or not, or NULL. */
struct files_entry *files_entry(const struct files *f, struct str key);
/* A new dirty entry at KEY (there is none) with B, not borrowed: the reference moves in. */
struct files_entry *files_entry_new(struct files *f, struct str key, struct blob *b, mode_t mode);
/* Take E's name away; its bytes stay while a stream holds it. */
void files_entry_forget(struct files *f, struct files_entry *e);
/* E's name becomes KEY. */
void files_entry_move(struct files *f, struct files_entry *e, struct str key);
/* Does PATH's file system take nothing? Who would make or truncate something is told that before
 * the kernel looks at modes. */
bool files_read_only(const char *path);
/* May a file be made in KEY's folder? 0 or -errno. */
int files_may_make(struct arena *mem, struct str key);
/* The kernel's clock for files: never ahead of what the next write on the disk will get. */
struct timespec files_now(struct files *f);
/* From here on times count that entries have. */
void files_stamp(struct files *f);
/* Does KEY lie below FOLDER? */
bool files_below(struct str key, struct str folder);
int files_commit_entry(struct files *f, struct files_entry *e);
/* E has just been committed: its readers' file has a new inode. */
void files_note_moved(struct files *f, const struct files_entry *e);
/* The file ST lost a name: the kernel may give its inode to another one. */
void files_note_gone(struct files *f, const struct stat *st);

/* Tell the watch: PATH, of which KEY is the name on the disk, is looked at; KEY changes. */
void files_told_look(const struct files *f, struct str path, struct str key, unsigned what);
void files_told_peek(const struct files *f, struct str path, unsigned what);
void files_told_change(struct files *f, struct str key, enum files_change how);
/* What is at PATH on the disk stays, but for what is done to KEY: its bytes go into what will be
 * there. HOW_SEEN is added to what is looked at. */
void files_told_kept(struct files *f, struct str path, struct str key, unsigned how_seen,
		     enum files_change how);
/* What a system call came to: 0 or -errno. */
int files_outcome(int result);

#endif
