/* SPDX-License-Identifier: GPL-2.0-only */
/* uimage_padhdr: a uImage's header made longer by NULs (uimage_long.c). Source: firmware-utils. */
#include "firmware/uimage_long.h"

#include <stdlib.h>

enum { USUAL = 32, MOST = 1 << 24 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  uImage"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'l', NULL, OPT_VALUE, "N  bytes (32)"},
	{0, NULL, OPT_NONE, NULL},
};

static int uimage_padhdr_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str value[128] = {0};
	int id, n, size = USUAL;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		value[id] = o.value;
		n = id == 'l' ? (int)strtol(str_cz(run->mem, o.value), NULL, 0) : 0;
		if (n > 0)
			size = n;
	}
	if (!value['i'].p || !value['o'].p || size > MOST)
		return -1;
	return uimage_lengthen(run, value['i'], value['o'], arena_zalloc(run->mem, 1, (size_t)size),
			       (size_t)size);
}

const struct firmware firmware_uimage_padhdr = {
	.name = "uimage_padhdr",
	.help = "uimage_padhdr -i FILE -o FILE [-l N]: make a uImage's header longer\n",
	.write = uimage_padhdr_run,
	.pure = true,
};
