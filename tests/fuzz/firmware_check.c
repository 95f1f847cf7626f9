/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any bytes into every format's check and show, and a whole file taken apart, with what is
 * inside of it and the files of its file systems.
 */
#include <stddef.h>
#include <stdint.h>

#include "firmware/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every byte of every piece must be there to be read. */
static volatile unsigned char seen;

static void list_all(struct arena *mem, const struct firmware_piece *p)
{
	struct firmware_files files;

	for (; p; p = p->next) {
		firmware_list(mem, p, &files);
		for (size_t i = 0; i < p->bytes.n; i += 64)
			seen = (unsigned char)p->bytes.p[i];
		list_all(mem, p->inside);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *mem = arena_new();
	struct blob *image = blob_copy(data, size);
	struct firmware_walk *walk;

	for (const struct firmware *const *f = firmware_all(); *f; f++) {
		struct firmware_view v = {.mem = mem, .bytes = blob_flat(mem, image)};

		if ((*f)->check && (*f)->check(&v) && (*f)->show)
			(*f)->show(&v);
	}
	walk = firmware_take_apart(mem, image, S("fuzz"));
	list_all(mem, firmware_top(walk));
	firmware_walk_end(walk);
	blob_unref(image);
	arena_free(mem);
	return 0;
}
