/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_BCMTAG_H
#define FIRMWARE_BCMTAG_H

#include "firmware/internal.h"

/* --- spw303v.c --- */

/*
 * Change the tag of an image, as zyxbcm (ZYXEL) or spw303v does; NAME: the tool in its usage
 * line.
 */
int bcmtag_change(struct firmware_run *run, const char *name, bool zyxel);

#endif
