/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_MKWRGIMG_H
#define FIRMWARE_MKWRGIMG_H

#include "firmware/internal.h"

/* --- mkwrgimg.c: the newer kind's row is a file of its own --- */

int mkwrggimg_write(struct firmware_run *run);
bool mkwrggimg_check(struct firmware_view *v);
void mkwrggimg_show(struct firmware_view *v);

#endif
