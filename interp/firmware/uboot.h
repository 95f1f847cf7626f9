/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_UBOOT_H
#define FIRMWARE_UBOOT_H

#include "firmware/internal.h"

/* --- uboot_names.c: the numbers and names of U-Boot's image headers --- */

struct uboot_name {
	int id;
	const char *name;	/* as -A, -O, -T and -C take it */
	const char *title;	/* "MIPS" */
};
struct uboot_names {
	const char *what;	/* "architecture" */
	const char *unknown;	/* the title of an id that is not in the list */
	const struct uboot_name *p; /* ends with name NULL */
};
extern const struct uboot_names uboot_arch, uboot_os, uboot_type, uboot_comp;

enum {
	UBOOT_OS_LINUX = 5,
	UBOOT_OS_TEE = 26,
	UBOOT_ARCH_PPC = 7,
	UBOOT_TYPE_STANDALONE = 1,
	UBOOT_TYPE_KERNEL = 2,
	UBOOT_TYPE_RAMDISK = 3,
	UBOOT_TYPE_MULTI = 4,
	UBOOT_TYPE_FIRMWARE = 5,
	UBOOT_TYPE_SCRIPT = 6,
	UBOOT_TYPE_FLATDT = 8,
	UBOOT_COMP_NONE = 0,
	UBOOT_COMP_GZIP = 1,
};

/* The number of NAME (any case), or -1. */
int uboot_find(const struct uboot_names *names, struct str name);
/* The title of number ID. */
const char *uboot_title(const struct uboot_names *names, int id);
/* The short name of number ID, or "unknown". */
const char *uboot_short(const struct uboot_names *names, int id);
/* "1234 Bytes = 1.21 KiB = 0.00 MiB\n" */
void uboot_put_size(struct buf *out, uint64_t size);
/* "Thu Jan  1 00:00:00 1970\n" in UTC. */
void uboot_put_time(struct buf *out, uint32_t seconds);

/* --- mkimage's two kinds of image --- */

struct mkimage {
	struct firmware_run *run;
	int os, arch, type, comp;	/* type 0 with list: any */
	uint32_t magic, load, entry;
	struct str name, data, its, dtc, image; /* data and its may be unset */
	uint32_t version;			/* whose bytes and words to make: 202301 */
	uint32_t block, position;	/* of external data; 0: not given */
	bool unit_addresses;		/* complain of them */
	bool has_entry, list, fit, external, empty, xip, quiet, verbose;
};

/* "CMD: text\n" on the run's err, CMD as called; returns 1. */
int mkimage_fail(const struct mkimage *m, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Read a file; NULL after "CMD: Can't open PATH: reason". */
struct blob *mkimage_read(const struct mkimage *m, struct str path);
bool mkimage_write(const struct mkimage *m, struct str path, struct blob *b);
/* The time stamp, from any text of SOURCE_DATE_EPOCH; 0 after a message when it is no year. */
int64_t mkimage_time(const struct mkimage *m);

/* Releases of mkimage from which on a tree has other bytes: year and month. */
enum {
	MKIMAGE_FIT = 201607,	     /* SOURCE_DATE_EPOCH counts; data are packed first */
	MKIMAGE_EXTERNAL = 202010,   /* no bytes by chance behind external data */
	MKIMAGE_DEBIAN = 202301,     /* what is done when there is no mkimage to ask */
	MKIMAGE_NAMES_NODE = 202304, /* one message more for hashes that cannot be made */
	MKIMAGE_ZEROES = 202401,     /* none of the removed data left in front of external data;
				      * messages for hashes on the standard error */
	MKIMAGE_ERRNO = 202501,	     /* the reason for them is errno's text, not libfdt's */
	MKIMAGE_ESTIMATE = 202510,   /* room for hashes by their number, references checked */
	MKIMAGE_LAST = 202510,	     /* the newest that is known here */
};

enum { UIMAGE_HEADER = 64 };
/* Write a legacy image and print its header; the exit status. */
int uimage_build(const struct mkimage *m);
/* As mkimage -l asks of a legacy image: 0, or its code for a wrong magic, header or data CRC. */
int uimage_verify(struct str image, uint32_t magic);
void uimage_print(struct buf *out, struct str image);

/* Compile, hash and write a flattened image tree; the exit status. */
int fit_build(const struct mkimage *m);
/*
 * The device tree at the start of IMAGE, aligned as libfdt needs it (a copy in MEM if it must be)
 * and checked from end to end, so that libfdt may walk it; NULL when it is none.
 */
const void *fit_tree(struct arena *mem, struct str image);
/* The same of what V shows; looked for once. */
const void *firmware_tree(struct firmware_view *v);
/*
 * A flattened image tree as mkimage -l accepts it? Unit addresses are complained about on ERR
 * (NULL: not).
 */
bool fit_verify(struct arena *mem, struct str image, struct buf *err);
/* Print what mkimage -l prints. IMAGE was verified. */
void fit_print(struct arena *mem, struct buf *out, struct str image);
/*
 * The data of image NODE, inside or outside of TREE (IMAGE: the whole file); false when there is
 * none or it reaches out of the file.
 */
bool fit_data(const void *tree, struct str image, int node, struct str *data);
/* The hash ALGO of DATA: its size in bytes, 0 when the algorithm is not known. */
size_t fit_hash(const char *algo, struct str data, unsigned char *out);
enum { FIT_MOST_HASH = 64 };

#endif
