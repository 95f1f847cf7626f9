/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkbrncmdline: a kernel for Arcadyan's BRN boot loader that brings its own command line.
 *
 * The kernel's first 32 bytes become MIPS code, a lui and an ori each, that sets a0, a1 and a3 to 0
 * and a2 to the address behind the kernel, where there is an array: a big-endian address for each
 * argument, 0, then the arguments with their NULs. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CODE = 32, LOAD = 0x80002000, LUI = 0x3c04, ORI = 0x3484 };

static const struct opt options[] = {
	{'a', NULL, OPT_VALUE, "ADDR  load address (0x80002000)"},
	{'i', NULL, OPT_VALUE, "FILE  kernel"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

/* Register a0 + N gets V. */
static void put_load(unsigned char *p, unsigned n, uint32_t v)
{
	put_be16(p, (uint16_t)(LUI + n));
	put_be16(p + 2, (uint16_t)(v >> 16));
	put_be16(p + 4, (uint16_t)(ORI + n + (n << 5)));
	put_be16(p + 6, (uint16_t)v);
}

/* ADDRESS: where the array is. */
static struct blob *make_array(struct firmware_run *run, struct strs args, uint32_t address)
{
	struct buf b = buf_new(run->mem);
	uint32_t at = address + 4 * ((uint32_t)args.n + 1);
	unsigned char p[4];

	for (size_t i = 0; i < args.n; i++) {
		put_be32(p, at);
		buf_put(&b, p, 4);
		at += (uint32_t)args.p[i].n + 1;
	}
	put_be32(p, 0);
	buf_put(&b, p, 4);
	for (size_t i = 0; i < args.n; i++) {
		buf_str(&b, args.p[i]);
		buf_char(&b, 0);
	}
	return blob_copy(b.p, b.n);
}

static int mkbrncmdline_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	bool known = tool_options(run, options, &o);
	struct blob *kernel = NULL, *image;
	unsigned char code[CODE];
	uint32_t load = LOAD;
	int err, cannot;

	if (!known || !o.operands.n || !o.value['i'].p || !o.value['o'].p ||
	    (o.value['a'].p && !tool_any_whole(run, o.value['a'], &load)))
		return -1;
	err = run->read(run, o.value['i'], &kernel);
	if (err == -EISDIR || (!err && blob_size(kernel) < CODE)) {
		blob_unref(kernel);
		return -1;
	}
	load += err ? 0 : (uint32_t)blob_size(kernel);
	for (unsigned i = 0; i < 4; i++)
		put_load(code + 8 * i, i, i == 2 ? load : 0);
	image = err ? blob_empty() : blob_copy(code, CODE);
	if (!err) {
		firmware_join(&image, blob_slice(kernel, CODE, blob_size(kernel)));
		firmware_join(&image, make_array(run, o.operands, load));
		blob_unref(kernel);
	}
	cannot = tool_put(run, o.value['o'], image);
	if (cannot)
		return firmware_say(run, "\n", "Error opening '%.*s' for writing: %s",
				    STR_ARG(o.value['o']), strerror(-cannot));
	return err ? firmware_say(run, "\n", "Error mapping file '%.*s': %s",
				  STR_ARG(o.value['i']), strerror(-err)) : 0;
}

const struct firmware firmware_mkbrncmdline = {
	.name = "mkbrncmdline",
	.help = "mkbrncmdline -i KERNEL -o FILE [-a ADDR] ARG...\n",
	.write = mkbrncmdline_run,
	.pure = true,
};
