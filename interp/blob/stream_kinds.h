/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOB_STREAM_KINDS_H
#define BLOB_STREAM_KINDS_H

#include "blob/internal.h"

/* What a stream is made of, for stream.c and stream_read.c. */

enum kind { CLOSED, NOTHING, DESCRIPTOR, SOURCE, SINK, CALL, FILE_ENTRY };

struct stream {
	enum kind kind;
	bool owned, append;	 /* of a descriptor; of a file */
	bool readable, writable; /* of a file, of nothing; of nothing */
	bool shared;		 /* a descriptor that FILES know of */
	int fd;
	uint64_t offset;	  /* of a source or a file */
	uint64_t left, ahead;	  /* of a source that is a pipe: see stream_leave */
	struct blob *blob;	  /* what a source reads, what a sink has */
	struct str path;	  /* of a source that is a file; else unset */
	struct str key;		  /* its name on the disk; may be unset */
	struct files_stat opened; /* it, when it was opened */
	struct files *files;
	struct files_entry *entry;
	int (*put)(void *ctx, struct str text);
	void *ctx;
};

#endif
