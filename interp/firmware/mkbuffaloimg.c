/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkbuffaloimg: Buffalo image with a header of text.
 *
 *   0  126
 *"device:BOARD\nversion:VERSION\nregion:REGION\nRootfsSize:N\nKernelSize:N\nInfoHeadSize:128\n",
 *	     NUL-padded; what does not fit is cut
 * 126    2  0x12 0x32
 * 128    n  data
 * 128+n  1  makes the sum of all bytes 0xff
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <stdio.h>
#include <string.h>

enum { HEADER = 128, MARK = 126 };

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'v', NULL, OPT_VALUE, "VERSION  (0.00_0.00)"},
	{'r', NULL, OPT_VALUE, "REGION  (JP)"},
	{'R', NULL, OPT_VALUE, "N  RootfsSize"},
	{'K', NULL, OPT_VALUE, "N  KernelSize"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct needed {
	int id;
	const char *what;
} needed[] = {
    {'B', "board"},	 {'R', "rootfs_size"}, {'K', "kernel_size"},
    {'i', "input file"}, {'o', "output file"},
};

static void put_header(struct firmware_run *run, unsigned char *h, const struct str *value)
{
	snprintf(
	    (char *)h, HEADER,
	    "device:%s\nversion:%s\nregion:%s\nRootfsSize:%s\nKernelSize:%s\nInfoHeadSize:128\n",
	    str_cz(run->mem, value['B']), value['v'].p ? str_cz(run->mem, value['v']) : "0.00_0.00",
	    value['r'].p ? str_cz(run->mem, value['r']) : "JP", str_cz(run->mem, value['R']),
	    str_cz(run->mem, value['K']));
	h[MARK] = 0x12;
	h[MARK + 1] = 0x32;
}

static int mkbuffaloimg_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char h[HEADER] = {0}, last;
	struct blob *data = NULL, *image;
	struct str flat;
	int err;

	if (!tool_options(run, options, &o))
		return -1;
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!o.value[needed[i].id].p)
			return firmware_error(run, 1, "no %s specified", needed[i].what);
	err = tool_read(run, o.value['i'], ": ", "", &data);
	if (err)
		return err;
	put_header(run, h, o.value);
	flat = blob_flat(run->mem, data);
	last = (unsigned char)(0xff - tool_byte_sum(h, HEADER) - tool_byte_sum(flat.p, flat.n));
	image = blob_copy(h, HEADER);
	firmware_join(&image, data);
	firmware_join(&image, blob_copy(&last, 1));
	return tool_write(run, o.value['o'], ": ", "", image);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	unsigned total;

	if (image.n <= HEADER || !str_starts(image, S("device:")) || p[MARK] != 0x12 ||
	    p[MARK + 1] != 0x32)
		return false;
	image.n = fwtool_payload(image);
	total = tool_byte_sum(image.p, image.n) & 0xff;
	if (total == 0xff)
		firmware_good(v, "sum of all bytes is 0xff");
	else
		firmware_bad(v, "sum of all bytes is 0x%02x, not 0xff", total);
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str head = str_sub(firmware_bytes(v), 0, MARK);

	head.n = strnlen(head.p, head.n);
	tool_put_lines(v, head);
}

const struct firmware firmware_mkbuffaloimg = {
    .name = "mkbuffaloimg",
    .format = "Buffalo image with a text header",
    .help = "mkbuffaloimg -B BOARD -R ROOTFS_SIZE -K KERNEL_SIZE -i FILE -o FILE [-v VERSION] [-r "
	    "REGION]\n",
    .write = mkbuffaloimg_run,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
