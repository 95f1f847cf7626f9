/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mktplinkfw-kernel: a kernel behind TP-Link's v1 header, as the boot loader of a RE450 wants it.
 * mktplinkfw.c has the map; there is no digest, no size of the whole and no root file system, and
 * the hardware's revision is 0. The kernel is filled with NULs to whole words. mktplinkfw's row
 * recognises it as a combined image. Source: firmware-utils of 17.01.
 */
#include "firmware/tplink.h"

enum {
	VENDOR = 0x04, VENDOR_SIZE = 24, VERSION = 0x1c, VERSION_SIZE = 36, HARDWARE = 0x40,
	LOAD = 0x74, ENTRY = 0x78, KERNEL_AT = 0x80, KERNEL_SIZE = 0x84,
};

static const struct opt options[] = {
	{'E', NULL, OPT_VALUE, "ADDR  kernel entry point (0x...)"},
	{'H', NULL, OPT_VALUE, "ID  hardware id"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'L', NULL, OPT_VALUE, "ADDR  kernel load address (0x...)"},
	{'N', NULL, OPT_VALUE, "VENDOR  vendor name"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'V', NULL, OPT_VALUE, "VERSION  image version"},
	{0, NULL, OPT_NONE, NULL},
};

static int put(struct firmware_run *run, const struct str *value, const unsigned char *h,
	       struct blob *kernel)
{
	struct blob *all = blob_copy(h, TPLINK_HEADER);
	int err;

	firmware_join(&all, kernel);
	firmware_join(&all, blob_run(0, (4 - blob_size(all) % 4) % 4));
	err = tool_write(run, value['o'], ": ", "", all);
	if (!err)
		firmware_say(run, "\n", "[%.*s] firmware file \"%.*s\" completed",
			     STR_ARG(firmware_name(run)), STR_ARG(value['o']));
	return err;
}

static int mktplinkfw_kernel_write(struct firmware_run *run)
{
	unsigned char h[TPLINK_HEADER] = {1};
	struct tool_options o = {0};
	uint32_t load = 0, entry = 0;
	struct blob *kernel;

	if (!tool_options(run, options, &o))
		return -1;
	if (o.value['L'].p)
		tplink_hex(run->mem, o.value['L'], &load);
	if (o.value['E'].p)
		tplink_hex(run->mem, o.value['E'], &entry);
	if (!load || !entry)
		return tplink_fail(run, "kernel loading address and entry point must be specified");
	if (!o.value['k'].p)
		return tplink_fail(run, "no kernel image specified");
	kernel = tplink_read(run, o.value['k']);
	if (!kernel)
		return TPLINK_ERROR;
	if (!o.value['o'].p) {
		blob_unref(kernel);
		return tplink_fail(run, "no output file specified");
	}
	tool_put_text(h + VENDOR, VENDOR_SIZE,
		      o.value['N'].p ? o.value['N'] : S("TP-LINK Technologies"));
	tool_put_text(h + VERSION, VERSION_SIZE, o.value['V'].p ? o.value['V'] : S("ver. 1.0"));
	if (o.value['H'].p)
		put_be32(h + HARDWARE, tplink_number(run->mem, o.value['H']));
	put_be32(h + LOAD, load);
	put_be32(h + ENTRY, entry);
	put_be32(h + KERNEL_AT, TPLINK_HEADER);
	put_be32(h + KERNEL_SIZE, (uint32_t)blob_size(kernel));
	return put(run, o.value, h, kernel);
}

const struct firmware firmware_mktplinkfw_kernel = {
	.name = "mktplinkfw-kernel",
	.help = "mktplinkfw-kernel -L ADDR -E ADDR -k FILE -o FILE [-H ID] [-N VENDOR]\n"
		"  [-V VERSION]\n",
	.write = mktplinkfw_kernel_write,
	.pure = true,
};
