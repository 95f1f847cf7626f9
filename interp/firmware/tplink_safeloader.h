/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_TPLINK_SAFELOADER_H
#define FIRMWARE_TPLINK_SAFELOADER_H

#include "firmware/internal.h"

enum {
	SAFELOADER_MOST = 32,		/* partitions */
	SAFELOADER_PREAMBLE = 0x14,	/* size and MD5 */
	SAFELOADER_PAYLOAD = 0x1014,
	SAFELOADER_TABLE = 0x800,	/* of a partition table, in the flash and in the image */
	SAFELOADER_LIST = 8,		/* header of a list: its size, then 0 */
};

struct safeloader_partition {
	struct str name;
	uint32_t base, size;	/* bytes */
};

struct safeloader_table {
	struct safeloader_partition p[SAFELOADER_MOST + 1];
	size_t n;
};

/* --- tplink_safeloader_boards.c --- */

struct safeloader_board {
	struct str vendor;	/* unset: none, not even its size */
	struct str support, version_text; /* version_text unset: numbers */
	int trail;		/* the byte behind a list, -1: none */
	unsigned version[3], compatible;
	struct str first, last;	/* partitions of a sysupgrade image */
	bool has_extra;
	unsigned char extra[2];
	struct safeloader_table flash;
	const struct safeloader_row *rows;
};

/* By its id in any case; false when there is none. */
bool safeloader_find_board(struct arena *mem, struct str id, struct safeloader_board *out);
/* What BOARD calls the partition NAME. */
struct str safeloader_name(const struct safeloader_board *board, const char *name);
/*
 * Has TOOL (tool_program; unset: none) other facts about BOARD? It is another release's when it
 * does not hold the board's texts and the flash as we have them.
 */
bool safeloader_is_other(struct arena *mem, const struct safeloader_board *board, struct str tool);

/* --- tplink_safeloader_read.c --- */

const struct safeloader_partition *safeloader_find(const struct safeloader_table *t,
						   const char *name);
/* The MD5 of the salt and B. */
void safeloader_digest(struct arena *mem, struct blob *b, unsigned char *out);
bool safeloader_check(struct firmware_view *v);
void safeloader_show(struct firmware_view *v);
void safeloader_parts(struct firmware_view *v);
/* -i, -x and -z: exit status, or -1 for an image that is not as it should be (nothing done). */
int safeloader_info(struct firmware_run *run, struct str path);
int safeloader_extract(struct firmware_run *run, struct str path, struct str folder);
int safeloader_convert(struct firmware_run *run, struct str path, struct str out);

#endif
