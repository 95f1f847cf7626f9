/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_INTERNAL_H
#define FIRMWARE_INTERNAL_H

#include "firmware/firmware.h"

/* The generated table, NULL at the end. */
extern const struct firmware *const firmware_rows[];

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
	uint32_t block, position;	/* of external data; 0: not given */
	bool has_entry, list, fit, external, empty, xip, quiet, verbose;
};

/* "CMD: text\n" on the run's err, CMD as called; returns 1. */
int mkimage_fail(const struct mkimage *m, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Read a file; NULL after "CMD: Can't open PATH: reason". */
struct blob *mkimage_read(const struct mkimage *m, struct str path);
bool mkimage_write(const struct mkimage *m, struct str path, struct blob *b);

enum { UIMAGE_HEADER = 64 };
/* Write a legacy image and print its header; the exit status. */
int uimage_build(const struct mkimage *m);
/* Is it a legacy image with the right checksums? As mkimage -l asks. */
bool uimage_verify(struct str image, uint32_t magic);
void uimage_print(struct buf *out, struct str image);

/* Compile, hash and write a flattened image tree; the exit status. */
int fit_build(const struct mkimage *m);
/*
 * The device tree at the start of IMAGE, aligned as libfdt needs it (a copy in MEM if it must be)
 * and checked from end to end, so that libfdt may walk it; NULL when it is none.
 */
const void *fit_tree(struct arena *mem, struct str image);
/* A flattened image tree as mkimage -l accepts it? Unit addresses are complained about on OUT. */
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

/* --- jffs2_marks.c --- */

/* The marker that tells JFFS2 that nothing comes behind it. */
extern const unsigned char jffs2_end_mark[4];
/*
 * LEN rounded up to the smallest alignment in MASK (a set of powers of two, 1 KiB and up), taking
 * every alignment that LEN then has out of MASK.
 */
uint64_t jffs2_next_mark(uint64_t len, uint32_t *mask);

/* --- fwtool.c --- */

/* How many bytes of IMAGE are in front of the metadata and signatures at its end. */
size_t fwtool_payload(struct str image);

/* --- ini.c: configuration files as ubinize reads them --- */

struct ini;
/* Parse TEXT; NULL after messages in ERR, which name the file PATH. */
struct ini *ini_parse(struct arena *mem, struct str text, struct str path, struct buf *err);
size_t ini_sections(const struct ini *ini);
/* Section I's name, in lower case. */
struct str ini_section(const struct ini *ini, size_t i);
/* The value of KEY in SECTION; unset when it is not there, empty when it is. */
struct str ini_get(const struct ini *ini, struct str section, const char *key);

/* --- ubinize.c, ubi.c: UBI --- */

enum {
	UBI_EC_MAGIC = 0x55424923,	/* "UBI#" */
	UBI_VID_MAGIC = 0x55424921,	/* "UBI!" */
	UBI_HEADER = 64,		/* each of the two */
	UBI_HEADER_CRC = 60,
	UBI_RECORD = 172,		/* of the volume table */
	UBI_RECORD_CRC = 168,
	UBI_RECORD_NAME = 16,
	UBI_NAME_MOST = 127,
	UBI_VOLUMES_MOST = 128,
	UBI_LAYOUT_VOLUME = 0x7fffefff,
	UBI_DYNAMIC = 1,
	UBI_STATIC = 2,
	UBI_AUTORESIZE = 1,
	UBI_SKIP_CHECK = 2,
};
/* UBI's CRC-32: the usual one without the inversion at the end. */
uint32_t ubi_crc(const void *p, size_t n);

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
int tplink_fail(struct firmware_run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* By name in any case; LAYOUTS ends with id NULL. */
const struct tplink_layout *tplink_find_layout(const struct tplink_layout *layouts, struct str id);
/* As sscanf(TEXT, "0x%x"): what does not fit leaves *OUT alone. */
void tplink_hex(struct arena *mem, struct str text, uint32_t *out);
/* As strtoul(TEXT, NULL, 0). */
uint32_t tplink_number(struct arena *mem, struct str text);
struct blob *tplink_read(struct firmware_run *run, struct str path);
/* Set rootfs_at and check the sizes: 0, or the exit status after a message. */
int tplink_place(struct tplink *t);
/* HEADER (512 bytes, with the salt where DIGEST_AT says, 0: no digest) and all behind it; written to PATH. */
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
void tplink_print_check(struct buf *out, const unsigned char *stored, const unsigned char *computed);
/* -x: write the N bytes at OFFSET of IMAGE to FILE-WHAT. */
void tplink_extract(struct firmware_run *run, struct str image, struct str file, const char *what,
		    uint32_t offset, uint32_t n);

#endif
