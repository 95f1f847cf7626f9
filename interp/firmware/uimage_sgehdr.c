/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uimage_sgehdr: SGE's longer header of a uImage (uimage_long.c): behind the usual 64 bytes
 *
 *  64 64  model		128 16 software version		144 16 hardware version
 *
 * Source: firmware-utils.
 */
#include "firmware/uimage_long.h"

enum { MODEL_SIZE = 64, SOFTWARE = 64, HARDWARE = 80, VERSION_SIZE = 16, MORE = 96 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  uImage"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'m', NULL, OPT_VALUE, "MODEL"},
	{'h', NULL, OPT_VALUE, "VERSION  of the hardware"},
	{'s', NULL, OPT_VALUE, "VERSION  of the software"},
	{0, NULL, OPT_NONE, NULL},
};

static int uimage_sgehdr_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str value[128] = {0};
	unsigned char more[MORE];
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		value[id] = o.value;
	}
	if (!value['i'].p || !value['o'].p || !value['m'].p || !value['h'].p || !value['s'].p)
		return -1;
	tool_put_text(more, MODEL_SIZE, value['m']);
	tool_put_text(more + SOFTWARE, VERSION_SIZE, value['s']);
	tool_put_text(more + HARDWARE, VERSION_SIZE, value['h']);
	return uimage_lengthen(run, value['i'], value['o'], more, MORE);
}

const struct firmware firmware_uimage_sgehdr = {
    .name = "uimage_sgehdr",
    .help = "uimage_sgehdr -i FILE -o FILE -m MODEL -h HARDWARE -s SOFTWARE: SGE's header of a "
	    "uImage\n",
    .write = uimage_sgehdr_run,
    .pure = true,
};
