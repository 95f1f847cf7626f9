/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bcm4908kernel: a kernel for Broadcom's CFE on BCM4908, little endian.
 *
 *  0 4  load address	4 4 entry point (0x80000 both)
 *  8 4  size of the kernel
 * 12 4  "BRCM"		16 4 0
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

enum { HEADER = 20, LOAD = 0x80000, SIZE = 8, MAGIC = 12, FAILED = 256 - EIO };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  kernel"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

/* What cannot be opened is answered with a usage text: not here. */
static int bcm4908kernel_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	bool known = tool_options(run, options, &o), good;
	unsigned char h[HEADER];
	struct blob *kernel = NULL, *image = blob_empty();
	int err;

	if (!known || !o.value['i'].p || !o.value['o'].p || run->read(run, o.value['i'], &kernel)) {
		blob_unref(image);
		return -1;
	}
	good = blob_read(kernel, 0, h, HEADER) == HEADER;
	if (!good)
		firmware_say(run, "\n", "Failed to read %d bytes from input file", HEADER);
	else if (memcmp(h + MAGIC, "BRCM", 4) == 0) {
		firmware_say(run, "\n", "Input file already contains BCM4908 kernel header");
		good = false;
	}
	memset(h, 0, HEADER);
	put_le32(h, LOAD);
	put_le32(h + 4, LOAD);
	put_le32(h + SIZE, (uint32_t)blob_size(kernel));
	memcpy(h + MAGIC, "BRCM", 4);
	if (good) {
		firmware_join(&image, blob_copy(h, HEADER));
		firmware_join(&image, blob_ref(kernel));
	}
	blob_unref(kernel);
	err = tool_put(run, o.value['o'], image);
	return err ? -1 : good ? 0 : FAILED;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < HEADER || memcmp(h + MAGIC, "BRCM", 4) != 0 || get_le32(h) != LOAD)
		return false;
	if (get_le32(h + SIZE) > image.n - HEADER)
		firmware_bad(v, "the header says %u bytes, there are %zu", get_le32(h + SIZE),
			     image.n - HEADER);
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "load address", "0x%08x", get_le32(h));
	firmware_put_field(v, "entry point", "0x%08x", get_le32(h + 4));
	firmware_put_field(v, "kernel", "%u bytes", get_le32(h + SIZE));
}

const struct firmware firmware_bcm4908kernel = {
	.name = "bcm4908kernel",
	.format = "BCM4908 kernel",
	.help = "bcm4908kernel -i KERNEL -o FILE\n",
	.write = bcm4908kernel_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
