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

static unsigned sum(const struct blob *b)
{
	uint64_t pos = 0;
	struct str span;
	unsigned total = 0;

	while (blob_next(b, &pos, &span)) {
		for (size_t i = 0; i < span.n; i++)
			total += (unsigned char)span.p[i];
	}
	return total;
}

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
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str option[128] = {['v'] = S("1.00.00"), ['r'] = S("")};
	char header[HEADER] = {0};
	unsigned char last;
	struct blob *data = NULL, *image;
	int id, err;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		option[id] = o.value;
	}
	if (!option['B'].p)
		return firmware_error(run, 1, "no board specified");
	if (!option['i'].p)
		return firmware_error(run, 1, "no input file specified");
	if (!option['o'].p)
		return firmware_error(run, 1, "no output file specified");
	err = run->read(run, option['i'], &data);
	if (err)
		return firmware_error(run, 1, "stat failed on %.*s: %s", STR_ARG(option['i']),
				      strerror(-err));
	put_header(run, header, option);
	image = blob_copy(header, sizeof(header));
	firmware_join(&image, data);
	last = (unsigned char)(0xff - sum(image));
	firmware_join(&image, blob_copy(&last, 1));
	err = run->write(run, option['o'], image);
	blob_unref(image);
	if (err)
		return firmware_error(run, 1, "could not open \"%.*s\" for writing: %s",
				      STR_ARG(option['o']),
			    strerror(-err));
	return 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned total = 0;

	if (image.n <= HEADER || !str_starts(image, S("device:")))
		return false;
	image.n = fwtool_payload(image);
	for (size_t i = 0; i < image.n; i++)
		total += (unsigned char)image.p[i];
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
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
