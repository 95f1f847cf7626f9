/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_JFFS2_H
#define FIRMWARE_JFFS2_H

#include "firmware/internal.h"

enum { JFFS2_DIRENT = 0xe001, JFFS2_INODE = 0xe002, JFFS2_DIRENT_SIZE = 40, JFFS2_INODE_SIZE = 68 };

/* A node whose sizes and CRCs are right. */
struct jffs2_node {
	const unsigned char *p;
	unsigned type;
	bool big;		/* byte order */
};

uint32_t jffs2_u32(const struct jffs2_node *n, const unsigned char *p);
unsigned jffs2_u16(const struct jffs2_node *n, const unsigned char *p);
/* FN for each of them. */
void jffs2_each(struct firmware_view *v, void (*fn)(void *ctx, const struct jffs2_node *n),
		void *ctx);

/* --- jffs2_files.c --- */

void jffs2_files(struct firmware_view *v, struct firmware_files *files);

#endif
