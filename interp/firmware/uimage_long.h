/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_UIMAGE_LONG_H
#define FIRMWARE_UIMAGE_LONG_H

#include "firmware/internal.h"

/* TO: the uImage FROM with the N bytes at MORE behind its header. Exit status, or -1: decline. */
int uimage_lengthen(struct firmware_run *run, struct str from, struct str to,
		    const unsigned char *more, size_t n);

#endif
