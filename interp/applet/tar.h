/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_TAR_H
#define APPLET_TAR_H

#include "applet/internal.h"
#include "base/map.h"

/* tar: options (tar.c), writing members (tar_write.c), reading archives (tar_read.c). */

enum { TAR_BLOCK = 512, TAR_RECORD = 10240 };

struct tar {
	struct applet_cx *cx;
	char mode;		/* c r x t */
	char filter;		/* z j J, 0: none */
	struct str archive;	/* unset or "-": standard streams */
	bool verbose, numeric, ustar, keep_mode, to_output;
	uint64_t strip;		/* parts to leave out of the front of names */
	struct strs excludes;	/* patterns */
	bool has_uid, has_gid, has_mtime, no_owner;
	uint32_t uid, gid;
	struct str uname, gname; /* with has_uid, has_gid: unset means look it up */
	struct timespec mtime;
	struct str mode_change;
	struct str dir;		/* where -C has led */
	struct blob *out;	/* the archive so far */
	/* "dev:ino" or "/PATH" -> struct str, the member that has the bytes */
	struct map *links;
	struct map *told;	/* prefixes of names that are left out, each with what of */
	bool too_long;		/* for ustar: nothing is written, the real tool is to do it */
	bool several;		/* more than one name was given */
	int status;
};

/* Does --exclude name it, or a folder of it? */
bool tar_excluded(struct tar *t, struct str name);
/* Add NAME (as given, from t->dir) and what is in it. */
void tar_add(struct tar *t, struct str name);
/* List or extract the members of ARCHIVE that NAMES select; false: not known here, nothing done. */
bool tar_read(struct tar *t, const struct blob *archive, const struct strs *names);
/* NAME as tar lists it: what does not print is escaped, in the C locale also what is not ASCII. */
struct str tar_shown(struct tar *t, struct str name);
/* The size of ARCHIVE's members without the zero blocks behind them; UINT64_MAX: not an archive. */
uint64_t tar_members_size(struct tar *t, const struct blob *archive);

#endif
