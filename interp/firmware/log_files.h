/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_LOG_FILES_H
#define FIRMWARE_LOG_FILES_H

#include "firmware/internal.h"
#include "firmware/parts.h"

/* The files of a file system that is a log (JFFS2, UBIFS): of each thing the record with the
 * highest version counts. */

struct log_entry {		/* a name in a directory */
	uint32_t parent, ino;	/* INO 0: removed */
	uint64_t version;
	struct str name;
};

struct log_inode {
	uint32_t ino, mode, uid, gid, device;
	uint64_t version, size;
	struct str link;	/* unset: none, or it is in the data */
};

struct log_data {
	uint32_t ino;
	uint64_t version, offset;
	size_t size;		/* unpacked */
	unsigned how;		/* as the format says */
	struct str packed;
};

struct log {
	struct arena *mem;	/* of the lists, for as long as they are needed */
	VEC(struct log_entry) entries;
	VEC(struct log_inode) inodes;
	VEC(struct log_data) data;
	/* D->size bytes of D into OUT; false: not known, or damaged. */
	bool (*unpack)(const struct log_data *d, unsigned char *out);
};

/* The files below inode ROOT into FILES. */
void log_list(struct firmware_view *v, struct log *log, uint32_t root,
	      struct firmware_files *files);

#endif
