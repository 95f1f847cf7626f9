/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_DEVICE_DTS_H
#define IMAGE_DEVICE_DTS_H

#include "image/dts.h"
#include "image/model.h"

/* One name of a device's DEVICE_DTS. */
struct device_dts {
	struct str name;
	struct dts_source source; /* PATH unset: not in the tree */
	const struct dts *dts;	/* NULL: not in the tree, or with errors */
	struct str said;	/* those, whole lines */
};

struct device_dtses {
	struct device_dts *p;
	size_t n, cap;
};

/* The device tree sources of D, of T. In MEM, but paths live with CACHE. */
struct device_dtses device_dts_read(struct dts_cache *cache, struct arena *mem,
				    const struct target *t, const struct device_model *d);

#endif
