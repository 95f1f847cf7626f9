/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_FIRMWARE_H
#define FIRMWARE_FIRMWARE_H

#include "base/opts.h"
#include "base/vec.h"
#include "blob/blob.h"

/*
 * A firmware format: interp/firmware/NAME.c holds the byte map (offset, size, meaning, source) on
 * top, then write, check and show, and last the row `const struct firmware firmware_NAME`. The
 * table is generated from those definitions. A format sees no Makefile, no environment, no clock.
 */

/* One run of a format's tool. */
struct firmware_run {
	struct arena *mem;
	const struct str *argv;	/* argv[0]: the tool's name as called */
	size_t argc;
	struct blob *in;	/* standard input, NULL until asked for with firmware_stdin */
	bool has_epoch;		/* SOURCE_DATE_EPOCH is set */
	int64_t epoch;		/* it, or the time of the run: seconds */
	struct buf *out, *err;	/* standard output and error */
	/* Files, by name as given on the command line. 0 or -errno. "-" is not special here. */
	int (*read)(struct firmware_run *run, struct str path, struct blob **out);
	int (*write)(struct firmware_run *run, struct str path, struct blob *b);
	int (*mtime)(struct firmware_run *run, struct str path, int64_t *seconds);
	struct blob *(*input)(struct firmware_run *run);	/* all of standard input */
	int (*output)(struct firmware_run *run, struct blob *b);	/* bytes to standard output */
	/* Run a program of another project (dtc) with files only; its exit status. */
	int (*command)(struct firmware_run *run, const struct str *argv, size_t argc);
	void *cx;
};

/* What check found out about an image. */
struct firmware_finding {
	bool bad;		/* a checksum, size or field is wrong */
	struct str text;
};

struct firmware_field {
	struct str name, value;
};

/* One image under examination; findings and fields are printed in the order they are added. */
struct firmware_view {
	struct arena *mem;
	struct blob *image;
	VEC(struct firmware_finding) findings;
	VEC(struct firmware_field) fields;
};

struct firmware {
	const char *name;	/* the tool's name: "mktplinkfw" */
	const char *const *aliases; /* NULL: none */
	const char *format;	/* what check calls it: "TP-Link v1 image"; NULL: not a format (padjffs2) */
	const char *help;	/* as an applet's */
	/* Run the tool: exit status, or -1 for an option that is not known here (nothing done yet). */
	int (*write)(struct firmware_run *run);
	/* Is it this format? Then parse it back, verify every checksum, add findings. NULL: none. */
	bool (*check)(struct firmware_view *view);
	/* Print the fields; only called after check said yes. */
	void (*show)(struct firmware_view *view);
	bool pure;
};

/* All rows, NULL at the end. */
const struct firmware *const *firmware_all(void);

/* --- for formats --- */

/* "NAME: text\n" (or, with an empty name, just the text) on run->err; returns 1, the exit status. */
int firmware_fail(struct firmware_run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Read a file; NULL after "NAME: PATH: reason". */
struct blob *firmware_read(struct firmware_run *run, struct str path);
/* Write a file; false after saying why not. */
bool firmware_write(struct firmware_run *run, struct str path, struct blob *b);
void firmware_good(struct firmware_view *v, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void firmware_bad(struct firmware_view *v, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void firmware_put_field(struct firmware_view *v, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Numbers in a header, by byte order. */
void put_be16(unsigned char *p, uint16_t v);
void put_be32(unsigned char *p, uint32_t v);
void put_be64(unsigned char *p, uint64_t v);
void put_le16(unsigned char *p, uint16_t v);
void put_le32(unsigned char *p, uint32_t v);
void put_le64(unsigned char *p, uint64_t v);
uint16_t get_be16(const unsigned char *p);
uint32_t get_be32(const unsigned char *p);
uint64_t get_be64(const unsigned char *p);
uint16_t get_le16(const unsigned char *p);
uint32_t get_le32(const unsigned char *p);
uint64_t get_le64(const unsigned char *p);

#endif
