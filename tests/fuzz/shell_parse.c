/* SPDX-License-Identifier: GPL-2.0-only */
/* The shell's parser must end on any text: the first byte chooses the dialect. */
#include <stddef.h>
#include <stdint.h>

#include "shell/ast.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *mem = arena_new();
	const struct node *node;

	if (size)
		parse_text(mem, data[0] & 1 ? SHELL_BASH : SHELL_POSIX,
			   (struct str){(const char *)data + 1, size - 1}, 1, &node);
	arena_free(mem);
	return 0;
}
