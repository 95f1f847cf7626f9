/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "firmware/parts.h"

/* What check says of a file, worst last. */
enum check_verdict { CHECK_GOOD, CHECK_UNKNOWN, CHECK_BAD, CHECK_UNREAD };

/* A file as JSON: check_version 1; see imagemk(1). LEFT_OUT: why not all was looked at, or NULL. */
void check_json(struct buf *out, const struct firmware_piece *top, enum check_verdict verdict,
		const char *left_out);
/* One that could not be read, and why. */
void check_json_unread(struct buf *out, struct str path, const char *why);

#endif
