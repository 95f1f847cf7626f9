/* SPDX-License-Identifier: GPL-2.0-only */
/* Fuzz: any bytes into every format's check and show, and into the examination of a whole file. */
#include <stddef.h>
#include <stdint.h>

#include "firmware/firmware.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *mem = arena_new();
	struct blob *image = blob_copy(data, size);
	struct firmware_parts parts = {0};

	for (const struct firmware *const *f = firmware_all(); *f; f++) {
		struct firmware_view v = {.mem = mem, .image = image};

		if ((*f)->check && (*f)->check(&v) && (*f)->show)
			(*f)->show(&v);
	}
	if (firmware_examine(mem, image, &parts)) {
		for (size_t i = 0; i < parts.n; i++) {
			if (parts.p[i].row->show)
				parts.p[i].row->show(&parts.p[i].view);
		}
		firmware_examined(&parts);
	}
	blob_unref(image);
	arena_free(mem);
	return 0;
}
