/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_TPLINK_H
#define FIRMWARE_TPLINK_H

#include "firmware/internal.h"

/* --- tplink.c: what TP-Link v1 and v2/v3 images share --- */

struct tplink_layout {
	const char *id;
	uint32_t size, load, entry, rootfs; /* bytes, addresses, offset */
};

enum { TPLINK_HEADER = 512, TPLINK_ERROR = 255 };

struct tplink {
	struct firmware_run *run;
	const struct tplink_layout *layout; /* NULL: combined without one */
	const char *kernel_too_big, *rootfs_too_big; /* "kernel image is" */
	struct blob *kernel, *rootfs;	/* rootfs NULL: combined */
	uint32_t reserved, rootfs_at, rootfs_align; /* bytes */
	bool strip, marks;
};

/* "[NAME] *** error: text\n"; returns the exit status 255. */
#define tplink_fail(run, ...) firmware_error(run, TPLINK_ERROR, __VA_ARGS__)
/* By name in any case; LAYOUTS ends with id NULL. */
const struct tplink_layout *tplink_find_layout(const struct tplink_layout *layouts, struct str id);
/* As sscanf(TEXT, "0x%x"): what does not fit leaves *OUT alone. */
void tplink_hex(struct arena *mem, struct str text, uint32_t *out);
/* As strtoul(TEXT, NULL, 0). */
uint32_t tplink_number(struct arena *mem, struct str text);
struct blob *tplink_read(struct firmware_run *run, struct str path);
/* Set rootfs_at and check the sizes: 0, or the exit status after a message. */
int tplink_place(struct tplink *t);
/* HEADER (512 bytes, with the salt where DIGEST_AT says, 0: no digest) and all behind it; written
 * to PATH. */
int tplink_finish(struct tplink *t, unsigned char *header, size_t digest_at, struct str path);
void tplink_free(struct tplink *t);
/* The MD5 of IMAGE with SALT at DIGEST_AT. */
void tplink_digest(struct arena *mem, struct str image, size_t digest_at,
		   const unsigned char *salt, unsigned char *out);
/* Lines of -i: "%-23s: 0x%08x / %8u bytes", without the bytes, and plain text. */
void tplink_print_size(struct buf *out, const char *label, uint32_t v);
void tplink_print_hex(struct buf *out, const char *label, uint32_t v);
void tplink_print_text(struct buf *out, const char *label, struct str text);
void tplink_print_digest(struct buf *out, const char *label, const unsigned char *v,
			 const char *text);
/* Print the digest line(s) of -i. */
void tplink_print_check(struct buf *out, const unsigned char *stored,
			const unsigned char *computed);
/* -x: write the N bytes at OFFSET of IMAGE to FILE-WHAT. */
void tplink_extract(struct firmware_run *run, struct str image, struct str file, const char *what,
		    uint32_t offset, uint32_t n);

#endif
