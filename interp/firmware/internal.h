/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_INTERNAL_H
#define FIRMWARE_INTERNAL_H

#include "firmware/firmware.h"

/* The generated table, NULL at the end. */
extern const struct firmware *const firmware_rows[];

#endif
