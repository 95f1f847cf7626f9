/* SPDX-License-Identifier: GPL-2.0-only */
/* Finds and reads what a device's DEVICE_DTS names, as include/image.mk does: in DEVICE_DTS_DIR,
 * else in DTS_DIR. */
#include "image/device_dts.h"

struct device_dtses device_dts_read(struct dts_cache *cache, struct arena *mem,
				    const struct target *t, const struct device_model *d)
{
	static const char *const folders[] = {"DEVICE_DTS_DIR", "DTS_DIR"};
	struct str names = model_expanded(d, S("DEVICE_DTS")), name;
	struct device_dtses all = {0};
	struct strs dirs = {0};

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		struct str dir = model_expanded(d, str_z(folders[i]));

		if (dir.n)
			*vec_push(mem, &dirs) = dir;
	}
	while (str_word(&names, &name)) {
		struct device_dts *one = vec_push(mem, &all);
		struct dts *dts = arena_make(mem, struct dts);

		*one = (struct device_dts){.name = name};
		dts_find(cache, mem, t->board, name, &dirs, &one->source);
		if (!one->source.path.n)
			continue;
		if (dts_read(cache, mem, one->source.path, &one->source.includes, dts))
			one->dts = dts;
		else
			one->said = dts->said;
	}
	return all;
}
