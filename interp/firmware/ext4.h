/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_EXT4_H
#define FIRMWARE_EXT4_H

#include "firmware/internal.h"

/* --- ext4_files.c --- */

void ext4_files(struct firmware_view *v, struct firmware_files *files);

#endif
