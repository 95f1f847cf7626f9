/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_FIRMWARE_H
#define FIRMWARE_FIRMWARE_H

#include <time.h>

#include "base/opts.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "codec/codec.h"

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
	struct str program;	/* the file that would be started in our place; unset: none */
	struct str own;		/* what tool_program read of it, once it was asked */
	bool asked;
	struct blob *in;	/* standard input; NULL until input was called */
	bool has_epoch;		/* SOURCE_DATE_EPOCH is set */
	int64_t epoch;		/* it, or the time of the run: seconds */
	struct str epoch_text;	/* it as it is written; unset when it is not set */
	int64_t now;		/* the time of the run, for the tools that ask no variable */
	unsigned mode;		/* of a file that it makes, as in the row; write may change it */
	struct buf *out, *err;	/* standard output and error */
	/* Files, by name as given on the command line. 0 or -errno. "-" is not special here. */
	/* *OUT is the caller's to drop; untouched when there is none */
	int (*read)(struct firmware_run *run, struct str path, struct blob **out);
	/* B stays the caller's (tool_put, tool_write and python_write drop it) */
	int (*write)(struct firmware_run *run, struct str path, struct blob *b);
	int (*mtime)(struct firmware_run *run, struct str path, int64_t *seconds);
	/* SECONDS in the zone of the run; false: one that cannot be told. */
	bool (*local)(struct firmware_run *run, int64_t seconds, struct tm *out);
	/* all of standard input; it stays the run's */
	struct blob *(*input)(struct firmware_run *run);
	/* the same into *OUT, which is the caller's; it stays to be read unless write does it all.
	 * 0 or -errno. */
	int (*peek)(struct firmware_run *run, struct blob **out);
	/* bytes to standard output; B stays the caller's. 0 or -errno. */
	int (*output)(struct firmware_run *run, struct blob *b);
	/* Run a program of another project (dtc) with files only; its exit status. */
	int (*command)(struct firmware_run *run, const struct str *argv, size_t argc);
	/* Remove a file of ours (mkimage's temporary one); NULL: it stays. */
	int (*remove)(struct firmware_run *run, struct str path);
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

/* Something inside an image, as a row's parts tells it. */
struct firmware_inside {
	struct str name, bytes;
	bool unpacked;		/* bytes are not a part of the image's */
};

struct firmware_walk;
struct firmware_files;

/* One image under examination; findings and fields are printed in the order they are added. */
struct firmware_view {
	struct arena *mem;
	struct str bytes; /* from its first on; behind its end there may be others */
	/* set by check: how many of them it takes, or its header does (below); the next image is
	 * looked for behind. 0, or more than there are: all */
	uint64_t extent;
	/* set by check of a row with a trailer: where in BYTES the image begins that ends there */
	uint64_t offset;
	struct firmware_walk *walk; /* NULL: nothing is unpacked */
	struct blob *unpacked;	/* what firmware_unpack made */
	const void *tree;	/* kept by firmware_tree (uboot.h) */
	VEC(struct firmware_finding) findings;
	VEC(struct firmware_field) fields;
	VEC(struct firmware_inside) inside; /* set by parts */
};

/* By what a release of a tool is known. */
struct firmware_mark {
	const char *text;   /* that is in it; NULL: any */
	const char *beside; /* a tool that lies beside it; NULL: none */
};

struct firmware {
	const char *name;	/* the tool's name: "mktplinkfw" */
	const char *const *aliases; /* NULL: none */
	/* the tool is a script of the tree with this file name; NULL: it is none */
	const char *script;
	/* SHA-256 of each of that script's texts that write stands for, NULL last */
	const char *const *texts;
	/* what check calls it: "TP-Link v1 image"; NULL: not a format (padjffs2) */
	const char *format;
	const char *help;	/* as an applet's */
	/*
	 * Run the tool: exit status, or -1 for an option that is not known here (nothing done yet).
	 */
	int (*write)(struct firmware_run *run);
	/* The marks of the releases that write does as, an empty one last: a tree's own tool that
	 * lacks one of them is started. NULL: all releases do alike, or write tells them apart. */
	const struct firmware_mark *since;
	/* Letters of options whose values are names in a table of the tool's (boards): a tree's own
	 * tool that has no such name is started. NULL: none. */
	const char *named;
	/*
	 * Is it this format? Then parse it back, verify every checksum, add findings. NULL: none.
	 */
	bool (*check)(struct firmware_view *view);
	/* Print the fields; only called after check said yes. */
	void (*show)(struct firmware_view *view);
	/* What is inside, by firmware_put_part; after check said yes. NULL: nothing, or what
	 * follows the header. */
	void (*parts)(struct firmware_view *view);
	/* The files of a file system or archive into FILES, in any order; after check said yes.
	 * NULL: it is none. */
	void (*files)(struct firmware_view *view, struct firmware_files *files);
	/* the bytes that it begins with: where they stand in other images, at any offset, check is
	 * asked; NULL: too few for that */
	const char *magic;
	size_t n_magic;
	unsigned mode;	/* of a file that it makes, less the umask; 0: 0666 */
	bool pure;
	bool header;	/* check's extent is a header: all that follows is inside of it */
	/*
	 * check is strict enough to be believed inside of other images, with a magic or without:
	 * it is asked at each block of 256 bytes, and an image with a bad finding there, or where a
	 * container says that something begins, is told as a damaged one. Without it such an image
	 * is none there.
	 */
	bool strong;
	bool trailer;	/* check looks at the end of the file: it is tried whatever the start is */
};

/* All rows, NULL at the end. */
const struct firmware *const *firmware_all(void);
/* The row of the tool or alias NAME, or NULL. */
const struct firmware *firmware_find(struct str name);

/* Are these BYTES of a file a program's, and not this one's? */
bool firmware_is_program(struct str bytes);
/* Has the tree a tool of its own? */
bool firmware_has_own(struct firmware_run *run);
/* Has the tree a tool of its own of a release that FW's write does not do as? That is to be run. */
bool firmware_is_other(struct firmware_run *run, const struct firmware *fw);
/* The row that stands for the script whose text has this SHA-256, or NULL. */
const struct firmware *firmware_of_script(struct str sha256);
/* Is there a row for scripts in a file called NAME? */
bool firmware_has_script(struct str name);

/* How many findings of VIEW are bad. */
size_t firmware_count_bad(const struct firmware_view *view);

/* --- for formats --- */

/*
 * "NAME: text\n" (or, with an empty name, just the text) on run->err; returns 1, the exit status.
 */
int firmware_fail(struct firmware_run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The text and END on run->err, for tools whose messages have a form of their own; returns 1. */
int firmware_say(struct firmware_run *run, const char *end, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* "[NAME] *** error: text\n" on run->err; returns STATUS. */
int firmware_error(struct firmware_run *run, int status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Read a file, the caller's to drop; NULL after "NAME: PATH: reason". */
struct blob *firmware_read(struct firmware_run *run, struct str path);
/* Append PIECE to *TO (NULL: start); takes over both references. */
void firmware_join(struct blob **to, struct blob *piece);
/* The file name part of argv[0]. */
struct str firmware_name(const struct firmware_run *run);
/* All bytes of the view, which are the walk's. */
static inline struct str firmware_bytes(const struct firmware_view *v)
{
	return v->bytes;
}
/* N bytes of the image from OFFSET on are a part of their own; what reaches out of the image is
 * cut, nothing is none. */
void firmware_put_part(struct firmware_view *v, struct str name, uint64_t offset, uint64_t n);
/* B, which is taken over, was put together from the image's bytes. */
void firmware_put_made(struct firmware_view *v, struct str name, struct blob *b);
/* How many bytes may still be put together or unpacked. */
size_t firmware_room(const struct firmware_view *v);
/*
 * In check: the image begins with a stream of KIND, FORMAT in messages. With a walk it is unpacked:
 * a finding, and the extent is its end.
 */
void firmware_unpack(struct firmware_view *v, enum codec_kind kind);
/* The parts of such a row. */
void firmware_unpacked_parts(struct firmware_view *v);
/* V as a field's text: printable bytes up to the first NUL or N, others as '.'. */
struct str firmware_text(struct firmware_view *v, const void *p, size_t n);
/* One finding: "NAME HEX" good, or bad with both values, by whether the N bytes are the same. */
void firmware_compare(struct firmware_view *v, const char *name, const unsigned char *stored,
		      const unsigned char *computed, size_t n);
void firmware_compare32(struct firmware_view *v, const char *name, uint32_t stored,
			uint32_t computed);
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
