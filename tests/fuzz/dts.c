/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fuzz: any bytes as a device tree source. It is read twice with one cache: what a reading leaves
 * behind in it must not change the next one. Includes find nothing but the folder's other files:
 * there are none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "image/dts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file of its own, written anew each time: the reader takes regular files only. */
static void put(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0) {
		char name[] = "fuzz-dts.XXXXXX";

		fd = mkstemp(name);
		if (fd < 0 || rename(name, "input.dts") != 0)
			abort();
	}
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
}

static void same(bool is)
{
	if (!is)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *mem = arena_new();
	struct dts_cache *cache = dts_cache_new(S("."));
	struct dts first, second;
	bool ok;

	put(data, size);
	ok = dts_read(cache, mem, S("input.dts"), NULL, &first);
	same(ok == (first.said.n == 0));
	same(dts_read(cache, mem, S("input.dts"), NULL, &second) == ok);
	same(str_eq(first.said, second.said) && first.partitions.n == second.partitions.n);
	same(first.compatibles.n == second.compatibles.n && first.missing.n == second.missing.n);
	for (size_t i = 0; i < first.partitions.n; i++) {
		const struct dts_partition *p = &first.partitions.p[i];

		same(p->flash < first.flashes.n && p->parent < (ptrdiff_t)i);
		same(dts_partition(&first, p->label) != NULL);
	}
	for (size_t i = 0; i < first.aliases.n; i++)
		dts_alias(&first, first.aliases.p[i].name);
	dts_cache_free(cache);
	arena_free(mem);
	return 0;
}
