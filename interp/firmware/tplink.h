/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_TPLINK_H
#define FIRMWARE_TPLINK_H

#include "firmware/internal.h"

/* What TP-Link's v1 and v2/v3 images share. */

enum { TPLINK_HEADER = 512, TPLINK_ERROR = 255 };

/*
 * The block of digests, addresses, places and sizes that both headers have, v1 at 0x4c and v2/v3 at
 * 0x40: offsets in it. All numbers are big endian, all places and sizes bytes.
 */
enum {
	TPLINK_DIGEST = 0x00, TPLINK_UNKNOWN2 = 0x10, TPLINK_DIGEST2 = 0x14,
	TPLINK_UNKNOWN3 = 0x24, TPLINK_LOAD = 0x28, TPLINK_ENTRY = 0x2c, TPLINK_TOTAL = 0x30,
	TPLINK_KERNEL_AT = 0x34, TPLINK_KERNEL_SIZE = 0x38, TPLINK_ROOTFS_AT = 0x3c,
	TPLINK_ROOTFS_SIZE = 0x40, TPLINK_BOOT_AT = 0x44, TPLINK_BOOT_SIZE = 0x48,
};

struct tplink_layout {
	const char *id;
	uint32_t size, load, entry, rootfs; /* bytes, addresses, offset */
};

/* Where the two differ by data. */
struct tplink_format {
	size_t block; /* where the block above is in the header */
	unsigned char salt[16], boot_salt[16]; /* the latter: with a boot loader inside */
	const struct tplink_layout *layouts; /* ends with id NULL */
};

/* One run of either tool. */
struct tplink {
	struct firmware_run *run;
	const struct tplink_format *format;
	const char *kernel_too_big, *rootfs_too_big; /* "kernel image is" */
	/* the options that both know; unset: not given */
	struct str kernel_name, rootfs_name, out, inspect, layout_id, hardware, revision;
	struct str version, numbers; /* numbers: "A.B.C", then in number */
	uint32_t reserved, rootfs_at, rootfs_align; /* bytes */
	uint32_t load, entry; /* addresses */
	int number[3];
	bool combined, extract, little /* addresses */, strip, marks;
	/* what they name */
	const struct tplink_layout *layout; /* NULL: combined without one */
	struct blob *kernel, *rootfs;	/* rootfs NULL: combined */
};

/* "[NAME] *** error: text\n"; returns the exit status 255. */
#define tplink_fail(run, ...) firmware_error(run, TPLINK_ERROR, __VA_ARGS__)
/* As sscanf(TEXT, "0x%x"): what does not fit leaves *OUT alone. */
void tplink_hex(struct arena *mem, struct str text, uint32_t *out);
/* As strtoul(TEXT, NULL, 0). */
uint32_t tplink_number(struct arena *mem, struct str text);
/* The file at PATH; NULL after a message. */
struct blob *tplink_read(struct firmware_run *run, struct str path);

/* --- tplink.c: an image is made; 0, or the exit status after a message --- */

/* Take one of the options that both tools know; false: another one. */
bool tplink_take(struct tplink *t, int id, struct str value);
/* Find the layout, which gives the addresses and the root file system's place if no option did. */
int tplink_apply_layout(struct tplink *t);
/* Read the kernel and, unless combined, the root file system; do they fit the layout? */
int tplink_read_inputs(struct tplink *t);
/* Is there an output, and are the numbers of the version three? */
int tplink_check_version(struct tplink *t);
/* Fill in HEADER's block, and in place of the digest the salt where there is to be one. */
void tplink_put_block(const struct tplink *t, unsigned char *header);
/* HEADER (512 bytes) gets its digest, and is written with all behind it. */
int tplink_finish(struct tplink *t, unsigned char *header);
void tplink_free(struct tplink *t);

/* --- tplink_inspect.c: one is read. IMAGE, H: with a whole header --- */

/* Lines of -i: "%-23s: 0x%08x / %8u bytes", without the bytes, and plain text. */
void tplink_print_size(struct buf *out, const char *label, uint32_t v);
void tplink_print_hex(struct buf *out, const char *label, uint32_t v);
void tplink_print_text(struct buf *out, const char *label, struct str text);
/* Lines of -i: the digests and what is between them. */
void tplink_print_digests(const struct tplink *t, struct str image);
/* Lines of -i: addresses, places and sizes. */
void tplink_print_places(const struct tplink *t, const unsigned char *h);
/* -x: write the kernel and the root file system to files beside the image. */
void tplink_extract(const struct tplink *t, struct str image);

/* A bad finding when WHAT, whose place and then its size are at P, reaches out of the file. */
void tplink_check_place(struct firmware_view *v, const char *what, const unsigned char *p);
/* Compare the digest; metadata may be behind what it is made of. */
void tplink_check_digest(struct firmware_view *v, const struct tplink_format *format);
/* Fields for the addresses, places and sizes of the block at P. */
void tplink_show_places(struct firmware_view *v, const unsigned char *p);
/* The parts that the block at P names. */
void tplink_put_parts(struct firmware_view *v, const unsigned char *p);

#endif
