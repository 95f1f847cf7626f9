/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_SIGHT_H
#define IMAGE_SIGHT_H

#include <sys/stat.h>

#include "blob/files.h"

enum {
	SIGHT_DIGEST = 32, /* SHA-256 */
	/* of a sight's WHAT, besides enum files_look: it was removed with all in it, whatever that
	   was */
	SIGHT_ALL = 256,
};

/* What there was to see of a name on the disk: enough to tell whether it is the same again. */
struct sight {
	struct str path;	/* absolute, as it is looked up */
	unsigned what;		/* enum files_look: what counts */
	char kind;		/* 'a'bsent, 'f'ile, 'd' folder, 'l'ink, 'o'ther */
	bool digested;
	mode_t mode;		/* permission bits */
	uint32_t uid, gid;
	uint64_t size, dev, ino;
	struct timespec mtime, ctime;
	unsigned char digest[SIGHT_DIGEST]; /* of bytes, names, target or real path */
};

/* Below, at or above 0: A before, at or after B. */
int sight_time_cmp(struct timespec a, struct timespec b);
/* Look at S->path now, for S->what; bytes are not read yet. */
void sight_take(struct sight *s);
/* The same, of what stat(2) or lstat(2), as S->what wants it, has just said: mode 0 when there
 * was nothing. */
void sight_take_seen(struct sight *s, const struct stat *st);
/* Read the bytes that count, of the file as it was when S was taken. False: it is another by now,
 * or unreadable. */
bool sight_digest(struct sight *s, struct files *files);
/*
 * Is all that counts of S the same now? TRUSTED: a file of the same inode, size and times has the
 * same bytes. What the disk says of it is put into S when only that is new.
 */
bool sight_holds(struct sight *s, struct files *files, bool trusted);
/* The digest of the names in FOLDER that COUNT (ctx CTX) says yes to. False: it can't be read. */
bool sight_digest_names(struct str folder, bool (*counts)(void *ctx, const char *name), void *ctx,
			unsigned char *digest);
/* Does S->path lead where S, which was taken for that, has it? */
bool sight_leads(const struct sight *s);
/* Is S->path a folder now, as S has it? */
bool sight_is_folder(const struct sight *s);

#endif
