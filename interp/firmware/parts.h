/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_PARTS_H
#define FIRMWARE_PARTS_H

#include "firmware/firmware.h"

/*
 * A file taken apart: a tree of pieces, each a format, padding or unknown, with what is inside of
 * it. `imagemk check` prints it, `imagemk diff` compares two. What a piece has inside its row's
 * `parts` says (volumes of a UBI, what a compressed stream becomes); where a row knows only its
 * header, what follows is searched for magics. Everything that a hostile file could drive up has a
 * bound: depth, pieces, bytes unpacked, bytes looked at.
 */

enum firmware_kind { FIRMWARE_FORMAT, FIRMWARE_UNKNOWN, FIRMWARE_PADDING };

struct firmware_piece {
	enum firmware_kind kind;
	/* what its container calls it; may be empty. Of the file: its name as given */
	struct str name;
	uint64_t offset;	/* from the start of the file, or of the bytes that were unpacked */
	struct str bytes;	/* not empty, but of an empty file */
	bool unpacked;		/* not a part of its container's bytes: offsets in it begin anew */
	const struct firmware *row; /* of a format; else NULL */
	struct firmware_view view; /* of a format: fields and findings */
	struct firmware_piece *inside, *next; /* in order of offsets */
};

struct firmware_walk;

/* Take IMAGE apart, a file called NAME. MEM and IMAGE must outlive what is returned. */
struct firmware_walk *firmware_take_apart(struct arena *mem, struct blob *image, struct str name);
/* The file itself; its row is set when one format covers it all. */
const struct firmware_piece *firmware_top(const struct firmware_walk *w);
/* What was left out because a bound was reached; NULL: nothing. */
const char *firmware_left_out(const struct firmware_walk *w);
/* Drop what was unpacked; the pieces stay, their bytes do not. */
void firmware_walk_end(struct firmware_walk *w);
/* How many findings of P and all inside of it are bad. */
size_t firmware_piece_bad(const struct firmware_piece *p);
/* "padding", "unknown" or the format's name. */
const char *firmware_piece_is(const struct firmware_piece *p);

/* One file in a file system or archive. */
struct firmware_file {
	struct str path;	/* without "./" and "/" in front; the root is "" */
	uint32_t mode;		/* as stat's, with the kind; 0: not known */
	uint32_t uid, gid;
	uint64_t size;
	struct str link;	/* of a symbolic link: where to */
	uint32_t device;	/* of a device file: as stored */
	unsigned char digest[32]; /* SHA-256 of a regular file's bytes */
	bool unread;		/* they could not be read */
};

struct firmware_files {
	VEC(struct firmware_file) v;
	const char *trouble;	/* why the list is not whole; NULL: it is */
};

/* The files in P, by path, each path once; false when P's format has none or none that is known
 * here. */
bool firmware_list(struct arena *mem, const struct firmware_piece *p, struct firmware_files *files);

#endif
