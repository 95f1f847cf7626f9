/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkdniimg: NETGEAR image by Delta Networks.
 *
 *   0  128  "device:BOARD\nversion:VVERSION\nregion:REGION\n" and with -H "hd_id:ID\n", NUL-padded
 * 128    n  data
 * 128+n  1  makes the sum of all bytes 0xff
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <stdio.h>
#include <string.h>

enum { HEADER = 128 };

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'v', NULL, OPT_VALUE, "VERSION  (1.00.00)"},
	{'r', NULL, OPT_VALUE, "REGION"},
	{'H', NULL, OPT_VALUE, "ID  hardware id"},
	{0, NULL, OPT_NONE, NULL},
};

/* HEADER bytes and a NUL; what does not fit is cut, and its last byte is NUL. */
static void put_header(struct firmware_run *run, char *h, const struct str *option)
{
	int n = snprintf(h, HEADER, "device:%s\nversion:V%s\nregion:%s\n",
			 str_cz(run->mem, option['B']), str_cz(run->mem, option['v']),
			 str_cz(run->mem, option['r']));

	if (n < HEADER - 1 && option['H'].p)
		snprintf(h + n, (size_t)(HEADER - n), "hd_id:%s\n", str_cz(run->mem, option['H']));
}

static int mkdniimg_run(struct firmware_run *run)
{
	struct tool_options o = {.value = {['v'] = S("1.00.00"), ['r'] = S("")}};
	char header[HEADER] = {0};
	unsigned char last;
	struct blob *data = NULL, *image;
	int err;

	if (!tool_options(run, options, &o))
		return -1;
	if (!o.value['B'].p)
		return firmware_error(run, 1, "no board specified");
	err = tool_need_files(run, o.value);
	if (err)
		return err;
	err = run->read(run, o.value['i'], &data);
	if (err)
		return firmware_error(run, 1, "stat failed on %.*s: %s", STR_ARG(o.value['i']),
				      strerror(-err));
	put_header(run, header, o.value);
	image = blob_copy(header, sizeof(header));
	firmware_join(&image, data);
	last = (unsigned char)(0xff - tool_byte_sum_blob(image, 0));
	firmware_join(&image, blob_copy(&last, 1));
	return tool_write(run, o.value['o'], ": ", "", image);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned total;

	if (image.n <= HEADER || !str_starts(image, S("device:")))
		return false;
	image.n = fwtool_payload(image);
	total = tool_byte_sum(image.p, image.n);
	v->extent = HEADER;
	if ((total & 0xff) == 0xff)
		firmware_good(v, "sum of all bytes is 0xff");
	else
		firmware_bad(v, "sum of all bytes is 0x%02x, not 0xff", total & 0xff);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str head = str_sub(firmware_bytes(v), 0, HEADER);

	head.n = strnlen(head.p, head.n);
	tool_put_lines(v, head);
}

const struct firmware firmware_mkdniimg = {
    .name = "mkdniimg",
    .format = "NETGEAR DNI image",
    .help = "mkdniimg -B BOARD -i FILE -o FILE [-v VERSION] [-r REGION] [-H ID]\n",
    .write = mkdniimg_run,
    .since = tool_gives_reasons,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
