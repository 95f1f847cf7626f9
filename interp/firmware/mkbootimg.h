/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_MKBOOTIMG_H
#define FIRMWARE_MKBOOTIMG_H

#include "firmware/internal.h"

#include "digest/digest.h"

/* mkbootimg's command line, as the program on PATH reads it; mkbootimg.c has the format. */

/* AOSP's script; osm0sis' program before and since it has header version 3; none that is known. */
enum bootimg_kind { BOOTIMG_SCRIPT, BOOTIMG_2020, BOOTIMG_2021, BOOTIMG_OTHER };

/* In the order of the image; osm0sis' --dt instead of the two before it. */
enum bootimg_part { KERNEL, RAMDISK, SECOND, DTBO, DTB, DT, PARTS };

enum bootimg_option {
	O_KERNEL = KERNEL,
	O_RAMDISK = RAMDISK,
	O_SECOND = SECOND,
	O_DTBO = DTBO,
	O_DTB = DTB,
	O_DT = DT,
	O_CMDLINE = PARTS,
	O_BOARD,
	O_BASE,
	O_KERNEL_OFFSET,
	O_RAMDISK_OFFSET,
	O_SECOND_OFFSET,
	O_TAGS_OFFSET,
	O_DTB_OFFSET,
	O_OS_VERSION,
	O_OS_PATCH_LEVEL,
	O_PAGESIZE,
	O_VERSION,
	O_HASH,
	O_OUTPUT,
	OPTIONS,
};

/* What one text of the script has otherwise. */
struct bootimg_script {
	const char *sha256;
	uint32_t most;	     /* header version */
	size_t short_header; /* what versions from 3 on say of their size */
	size_t line;	     /* as much of the command line is in its first field */
	size_t line_most, short_line_most, board_most; /* up to version 2; from 3 on; bytes */
	bool all_addresses;			       /* of parts that are not there, too */
	bool needs_dtb;				       /* version 2 does */
	bool dtbo; /* takes one; others divide sizes to a fraction, which is no offset */
	bool day;  /* a patch level without one is none */
};

struct bootimg {
	struct firmware_run *run;
	enum bootimg_kind kind;
	const struct bootimg_script *script; /* of a script; else NULL */
	struct str value[OPTIONS];	     /* unset: not given */
	bool id;			     /* print it */
	uint32_t page;			     /* bytes */
	uint32_t version;		     /* of the header */
	uint32_t os;			     /* version and patch level as in the header */
	const struct digest *hash;
};

/* Fill in all but run: 0, an exit status after a message, or -1: to be declined. */
int bootimg_options(struct bootimg *j);
/* The base address and the offset that option IS tells; false: to be declined. */
bool bootimg_address(const struct bootimg *j, enum bootimg_option is, uint32_t otherwise,
		     uint64_t *out);

#endif
