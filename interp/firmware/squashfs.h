/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_SQUASHFS_H
#define FIRMWARE_SQUASHFS_H

#include "firmware/internal.h"

/* --- squashfs_files.c --- */

/* The files of a row that check said yes to, with nothing bad. */
void squashfs_files(struct firmware_view *v, struct firmware_files *files);

#endif
