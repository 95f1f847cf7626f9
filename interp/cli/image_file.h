/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_IMAGE_FILE_H
#define CLI_IMAGE_FILE_H

#include "firmware/parts.h"

/* A file on the disk taken apart, for check and diff. */
struct image_file {
	struct blob *blob;
	struct firmware_walk *walk;
	const char *why;	/* it could not be opened */
};

/* MEM must outlive F. False: F->why. */
bool image_file_open(struct arena *mem, struct image_file *f, struct str path);
void image_file_close(struct image_file *f);

#endif
