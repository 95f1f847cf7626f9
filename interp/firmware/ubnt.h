/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_UBNT_H
#define FIRMWARE_UBNT_H

#include "firmware/internal.h"

/* --- ubnt.c: the image that mkfwimage and mkfwimage2 make --- */

enum { UBNT_VERSION = 256, UBNT_NAME = 16 };

struct ubnt_part {
	struct str name;
	uint32_t index, base, memory, entry, size; /* size: of its place in the flash */
	struct blob *data;
};

/* Header with MAGIC (4 bytes) and VERSION, the N parts (whose data is dropped), and a signature. */
struct blob *ubnt_make(struct str magic, struct str version, struct ubnt_part *parts, size_t n,
		       bool rsa);
/* "ERROR: text" as both tools say it, with a newline; returns STATUS. */
int ubnt_fail(struct firmware_run *run, int status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Read the part called NAME, number I of its image: 0, or the tools' code after their words; -1:
 * decline. */
int ubnt_read(struct firmware_run *run, struct str path, size_t i, struct ubnt_part *part,
	      int *code);
/* Write IMAGE (dropped) to PATH: exit status. */
int ubnt_write(struct firmware_run *run, struct str path, struct blob *image);
bool ubnt_check(struct firmware_view *v);
void ubnt_show(struct firmware_view *v);

#endif
