/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_DIFFER_INTERNAL_H
#define FIRMWARE_DIFFER_INTERNAL_H

#include "firmware/differ.h"

struct differ {
	struct arena *mem;
	struct firmware_differences *out;
};

void differ_say(struct differ *d, enum firmware_differs kind, struct str where, struct str name,
		struct str old, struct str new);
/*
 * The values in which two JSON texts differ; false: nothing was said, they are none or too large.
 */
bool differ_json(struct differ *d, struct str old, struct str new, struct str where);

#endif
