/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_UBIFS_H
#define FIRMWARE_UBIFS_H

#include "firmware/internal.h"

enum {
	UBIFS_MAGIC = 0x06101831,
	UBIFS_HEADER = 24,
	UBIFS_INODE = 0,
	UBIFS_DATA = 1,
	UBIFS_ENTRY = 2,
	UBIFS_SUPERBLOCK = 6,
	UBIFS_SUPERBLOCK_SIZE = 4096,
};

struct ubifs_node {
	const unsigned char *p;
	size_t size;
	unsigned type;
	bool right;		/* its CRC is */
};

/* The node at AT of IMAGE; false when there is none. */
bool ubifs_node(struct str image, size_t at, struct ubifs_node *n);

/* --- ubifs_files.c --- */

void ubifs_files(struct firmware_view *v, struct firmware_files *files);

#endif
