/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_PTGEN_H
#define FIRMWARE_PTGEN_H

#include "firmware/internal.h"

/* What ptgen's command line (ptgen.c) and its tables (ptgen_table.c) share. */

enum {
	PTGEN_SECTOR = 512,
	PTGEN_ENTRIES = 128,	/* of a GPT */
	PTGEN_TABLE_SECTORS = 32,
	PTGEN_FIRST_ENTRY = 2,
	PTGEN_SLOTS = 4,	/* of an MBR */
};

struct ptgen_guid {
	unsigned char b[16];
};

struct ptgen_part {
	uint64_t at;		/* sector, once placed */
	int64_t start, size;	/* KiB; start 0: behind the one before */
	unsigned char type;
	bool hybrid, required, bootable, has_guid;
	struct ptgen_guid guid;
	uint64_t attributes;
	unsigned index;
	const char *name;	/* NULL: none */
};

/* As whose tool it is to do. */
enum ptgen_release {
	PTGEN_2021, /* from March 2021 to September 2025: GPTs without a place or size of their own
		     */
	PTGEN_2025, /* until March 2026 */
	PTGEN_NOW,
};

struct ptgen {
	struct firmware_run *run;
	enum ptgen_release release;
	struct str out;
	/* PTGEN_ENTRIES of them and one more for options behind the last */
	struct ptgen_part *parts;
	unsigned n, index, type;
	bool used[PTGEN_ENTRIES];
	struct ptgen_part next;	/* name, hybrid, required and bootable of the next partition */
	int heads, sectors, active, align;
	bool verbose, skip_null, gpt, no_stub, split, alternate;
	uint32_t disk_id;
	struct ptgen_guid guid;
	uint64_t first_entry, last_usable; /* sectors; last_usable 0: behind the last partition */
};

/* Text and newline on the run's err; returns 1. */
int ptgen_fail(struct ptgen *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Place the partitions, print where they lie, write the file or files: the exit status. */
int ptgen_mbr(struct ptgen *j);
int ptgen_gpt(struct ptgen *j);

#endif
