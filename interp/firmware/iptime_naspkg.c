/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * iptime-naspkg: package for ipTIME NAS devices, header of 1024 bytes, little endian.
 *
 *   0 32  model	32 32 version ("0.0.00")	64 32 date as ctime has it
 *  96  4  size of the payload			       100  4 checksum of it
 * 104  4  offset of the header in flash: behind the boot loader
 * 108  4  offset of the root file system, 112 4 of the application: the end of the payload
 * 116  4  checksum again			       120 16 "EFM_NAS_PKG"
 *
 * nas1dual has, too: 136 4 size, 140 4 checksum, 144 4 end of the payload; there the whole is a
 * multiple of 64 KiB. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>
#include <time.h>

enum {
	HEADER = 1024,
	VERSION = 32,
	DATE = 64,
	SIZE = 96,
	SUM = 100,
	HEADER_AT = 104,
	ROOTFS_AT = 108,
	APP_AT = 112,
	SUM2 = 116,
	MAGIC = 120,
	SIZE3 = 136,
	SUM3 = 140,
	EXTRA_AT = 144,
};

static const struct model {
	const char *name;
	uint32_t loader, block;	/* bytes; block 0: no padding */
	bool more;		/* has the fields from 136 on */
} models[] = {
	{"nas1", 0x40000, 0, false},
	{"nas1dual", 0x100000, 0x10000, true},
};

static const struct model *find(struct str name)
{
	for (size_t i = 0; i < sizeof(models) / sizeof(*models); i++) {
		if (str_is(name, models[i].name))
			return &models[i];
	}
	return NULL;
}

static uint32_t checksum(const struct model *model, struct str data)
{
	uint32_t sum = tool_byte_sum(data.p, data.n);

	return ((uint32_t)strlen(model->name) * 0x19283745u + ~sum) ^ sum;
}

static bool put_date(unsigned char *h, int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;
	char text[64];

	if (!gmtime_r(&t, &tm) || !asctime_r(&tm, text))
		return false;
	tool_put_text(h + DATE, 31, str_z(text));
	return true;
}

static void put_header(unsigned char *h, const struct model *model, struct str data)
{
	uint32_t sum = checksum(model, data), end = (uint32_t)(model->loader + HEADER + data.n);

	tool_put_text(h, 31, str_z(model->name));
	tool_put_text(h + VERSION, 31, S("0.0.00"));
	put_le32(h + SIZE, (uint32_t)data.n);
	put_le32(h + SUM, sum);
	put_le32(h + HEADER_AT, model->loader);
	put_le32(h + ROOTFS_AT, end);
	put_le32(h + APP_AT, end);
	put_le32(h + SUM2, sum);
	tool_put_text(h + MAGIC, 15, S("EFM_NAS_PKG"));
	if (!model->more)
		return;
	put_le32(h + SIZE3, (uint32_t)data.n);
	put_le32(h + SUM3, sum);
	put_le32(h + EXTRA_AT, end);
}

static int iptime_naspkg_run(struct firmware_run *run)
{
	const struct model *model;
	unsigned char h[HEADER] = {0};
	struct blob *data = NULL, *image;
	size_t over;
	int err;

	if (run->argc != 4)
		return firmware_say(run, "\n", "Usage: %.*s <model> <input> <output>",
				    STR_ARG(run->argv[0]));
	model = find(run->argv[1]);
	if (!model)
		return firmware_say(run, "\n", "%.*s: Not supported model", STR_ARG(run->argv[1]));
	err = run->read(run, run->argv[2], &data);
	if (err == -EISDIR || !put_date(h, run->epoch)) {
		blob_unref(data);
		return -1;
	}
	if (err)
		return firmware_fail(run, "%.*s: %s", STR_ARG(run->argv[2]), strerror(-err));
	over = model->block ? (HEADER + blob_size(data)) % model->block : 0;
	if (over)
		firmware_join(&data, blob_run(0, model->block - over));
	put_header(h, model, blob_flat(run->mem, data));
	image = blob_copy(h, HEADER);
	firmware_join(&image, data);
	err = tool_put(run, run->argv[3], image);
	return err ? firmware_fail(run, "%.*s: %s", STR_ARG(run->argv[3]), strerror(-err)) : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	const struct model *model;

	if (image.n < HEADER || memcmp(h + MAGIC, "EFM_NAS_PKG", 12) != 0)
		return false;
	model = find((struct str){image.p, strnlen(image.p, 32)});
	if (!model)
		return false;
	data = str_sub(image, HEADER, get_le32(h + SIZE));
	tool_check_size(v, get_le32(h + SIZE), data.n);
	firmware_compare32(v, "checksum", get_le32(h + SUM), checksum(model, data));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str model = firmware_text(v, h, 32), version = firmware_text(v, h + VERSION, 32);
	ptrdiff_t nl = str_chr((struct str){(const char *)h + DATE, 32}, 10);
	struct str date = firmware_text(v, h + DATE, nl < 0 ? 32 : (size_t)nl);

	firmware_put_field(v, "model", "%.*s", STR_ARG(model));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "date", "%.*s", STR_ARG(date));
	firmware_put_field(v, "payload", "%u bytes", get_le32(h + SIZE));
}

const struct firmware firmware_iptime_naspkg = {
	.name = "iptime-naspkg",
	.format = "ipTIME NAS package",
	.help = "iptime-naspkg MODEL FILE OUTPUT\n",
	.write = iptime_naspkg_run,
	.check = check,
	.show = show,
	.pure = false, /* the time of the run is in the header */
	.header = true,
};
