/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOB_INTERNAL_H
#define BLOB_INTERNAL_H

#include <sys/stat.h>

#include "blob/blob.h"
#include "blob/files.h"
#include "blob/stream.h"

/* Pieces below this are copied together; files below it are read, not mapped. */
enum { BLOB_SMALL = 64 << 10 };

/* Say that memory is out and end the process with status 2, as arenas do. */
_Noreturn void blob_die_oom(void);

/* The file that a span came from, as it was then. It may have changed or gone since. */
struct blob_origin {
	dev_t dev;
	ino_t ino;
	uint64_t size;
	struct timespec mtime;
	char path[]; /* absolute */
};

/* As blob_file, remembering PATH (NUL-terminated, absolute; NULL: none) as the origin. With PATH
 * FD's offset may move. */
struct blob *blob_file_at(int fd, const char *path);
/* Is ST still the file that O was? */
bool blob_origin_is(const struct blob_origin *o, const struct stat *st);
/* The file whose bytes B is from the first to the last, or NULL. */
const struct blob_origin *blob_whole_file(const struct blob *b);
/* What is known about bytes; a reference (see blob_recall). */
struct blob_facts *blob_facts_new(void);
struct blob_facts *blob_facts_ref(struct blob_facts *facts);
void blob_facts_unref(struct blob_facts *facts); /* NULL is allowed */
/* INTO, of which nothing is known, is about bytes that are probably FROM's: what they begin with
 * may be guessed (blob_shared). */
void blob_facts_guess(struct blob_facts *into, struct blob_facts *from);
/* Those of B, which has them from now on. The caller's reference. */
struct blob_facts *blob_facts_of(struct blob *b);
/* B, new and the caller's alone, holds the bytes that FACTS are about. */
void blob_facts_set(struct blob *b, struct blob_facts *facts);
/* Are FACTS those of B? */
bool blob_has_facts(const struct blob *b, const struct blob_facts *facts);
/* What FACTS say of all SIZE bytes; as blob_recall. */
bool blob_facts_recall(struct blob_facts *facts, const void *kind, uint64_t size, void *value,
		       size_t n);
/* INTO, a longer blob that begins with FROM's bytes, knows what FROM knew. */
void blob_facts_inherit(struct blob *into, const struct blob *from);

/* The span at *POS with its origin (or NULL) and the offset there; *POS stays. False at the end. */
bool blob_span_origin(const struct blob *b, uint64_t pos, struct str *span,
		      const struct blob_origin **origin, uint64_t *at);
/* After write(2) on FD failed: is it worth another try? Waits for room where FD doesn't block. */
bool blob_write_again(int fd);
/* Read FD to its end. NULL with errno set. */
struct blob *blob_read_fd(int fd);

/* The moment, for the two below: to be taken before ST is, and before bytes are read. */
unsigned long files_cache_now(struct files_cache *c);
/* The facts about the file that ST describes, or NULL; a reference. */
struct blob_facts *files_cache_known(struct files_cache *c, const struct stat *st);
/* As above, new ones when there are none. */
struct blob_facts *files_cache_facts(struct files_cache *c, const struct stat *st,
				     unsigned long when);
/* FACTS are about the file that ST describes, which a commit has made. */
void files_cache_put(struct files_cache *c, const struct stat *st, unsigned long when,
		     struct blob_facts *facts);
/* Is the file that ST describes one that a commit of this run made? Small ones are not known. */
bool files_cache_wrote(struct files_cache *c, const struct stat *st);
/* A process STARTS, or has ended. */
void files_cache_process(struct files_cache *c, bool starts);
/* We wrote into a file in place. */
void files_cache_disturb(struct files_cache *c);
void files_disturb(struct files *f);
/*
 * The kernel's clock for files: not behind any time that a file has got, nor ahead of the next one.
 */
struct timespec files_cache_clock(struct files_cache *c);

/*
 * A file that the recipe wrote. It stays at its address until files_free; streams hold on to it
 * through renames and removals, as a descriptor holds on to an inode.
 */
struct files_entry {
	struct str key;		/* unset once the name is gone */
	struct blob *blob;	/* NULL: clean, the bytes are on the disk */
	mode_t mode;		/* permission bits */
	int uid, gid;		/* -1: the process's own */
	struct timespec mtime;
	uint64_t ino;		/* made up, unique among this overlay's */
	unsigned open;		/* streams that hold it */
	/* only grew so far: the first BASE bytes are the disk file's, if it is there */
	bool appended;
	uint64_t base;
	struct timespec opened;	/* MTIME then: equal as long as nothing was done to it */
	struct stat base_st;
};

/* The entry of PATH for writing, made when missing; with TRUNCATE it is empty, else it has the
 * disk file's bytes. -ENXIO: to be written where it is (a device, FIFO or socket; a file in a
 * folder that takes no other). Counts one `open`. */
int files_open_entry(struct files *f, struct str path, bool truncate, struct files_entry **out);
void files_close_entry(struct files *f, struct files_entry *e);
/* The present bytes; the caller drops them. */
int files_entry_blob(struct files *f, struct files_entry *e, struct blob **out);
/* Give E the bytes of B. */
int files_entry_set(struct files *f, struct files_entry *e, struct blob *b);
/* Add B at the end of E. */
int files_entry_append(struct files *f, struct files_entry *e, struct blob *b);
/* The name on the disk of PATH, of a file that was just read, in MEM; unset: it is gone. */
struct str files_key(struct files *f, struct arena *mem, struct str path);
/*
 * *B is what a file had when it was opened for reading, as DEV and INO, by the name KEY: let it be
 * what was written into that file since, while it is not on the disk.
 */
void files_follow(struct files *f, struct str key, uint64_t dev, uint64_t ino, struct blob **b);
/* A descriptor of the file that was OPENED for reading by the name KEY; -1: it cannot be had. */
int files_reader_descriptor(struct files *f, struct str key, const struct files_stat *opened);
/* MORE streams (or -1) follow what they have open for reading. */
void files_reads(struct files *f, int more);
/* Bring E to the disk and open it there with FLAGS; a descriptor or -errno. */
int files_entry_descriptor(struct files *f, struct files_entry *e, int flags);
/* FD, opened to write to a file, stays a stream's: until it is closed, who opens that file writes
 * where it is. */
void files_fd_opened(struct files *f, int fd);
/* A descriptor to read KEY, where a stream has that file open by one, so that it is written to
 * where it is; -1: none has. */
int files_shared_descriptor(struct files *f, struct str key);
void files_fd_closed(struct files *f, int fd);
/* Open PATH as it is on the disk for stream use; a descriptor or -errno. */
int files_open_disk(struct files *f, struct str path, int flags);

#endif
