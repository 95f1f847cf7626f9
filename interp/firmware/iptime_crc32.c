/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * iptime-crc32: image of ipTIME routers, little endian.
 *
 *   0  8  model	 8 8 version ("00_000")		16 32 0
 *  48  4  size of the payload
 *  52  4  CRC-32, not inverted at the end, of these 56 bytes (0 here) and the payload
 *
 * The payload is behind it, of one model at 0x800. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 56, VERSION = 8, SIZE = 48, CRC = 52 };

static const struct model {
	const char *name;
	size_t payload;		/* its offset */
} models[] = {
	{"a6004mx", 0x800}, {"ax2002m", HEADER}, {"ax2004m", HEADER}, {"ax3000m", HEADER},
	{"ax3000q", HEADER}, {"ax3kse", HEADER}, {"ax3ksm", HEADER}, {"ax6000m", HEADER},
	{"ax7800m", HEADER}, {"ax8004m", HEADER},
};

static const struct model *find(struct str name)
{
	for (size_t i = 0; i < sizeof(models) / sizeof(*models); i++) {
		if (str_is(name, models[i].name))
			return &models[i];
	}
	return NULL;
}

static int iptime_crc32_run(struct firmware_run *run)
{
	const struct model *model;
	unsigned char h[HEADER] = {0};
	struct blob *data = NULL, *image;
	int err;

	if (run->argc != 4)
		return firmware_say(run, "\n", "Usage: %.*s <model> <input> <output>",
				    STR_ARG(run->argv[0]));
	model = find(run->argv[1]);
	/* A fork's may know others. */
	if (model ? tool_lacks_name(run, model->name) : firmware_has_own(run))
		return -1;
	if (!model)
		return firmware_say(run, "\n", "%.*s: Not supported model", STR_ARG(run->argv[1]));
	err = run->read(run, run->argv[2], &data);
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_fail(run, "%.*s: %s", STR_ARG(run->argv[2]), strerror(-err));
	tool_put_text(h, 8, str_z(model->name));
	tool_put_text(h + VERSION, 8, S("00_000"));
	put_le32(h + SIZE, (uint32_t)blob_size(data));
	put_le32(h + CRC, ~digest_crc32_blob(digest_crc32(0, h, HEADER), data));
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_run(0, model->payload - HEADER));
	firmware_join(&image, data);
	err = tool_put(run, run->argv[3], image);
	return err ? firmware_fail(run, "%.*s: %s", STR_ARG(run->argv[3]), strerror(-err)) : 0;
}

static const struct model *model_of(struct str image)
{
	return image.n < HEADER ? NULL : find((struct str){image.p, strnlen(image.p, 8)});
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const struct model *model = model_of(image);
	unsigned char h[HEADER];
	uint32_t crc, size;

	if (!model || image.n < model->payload)
		return false;
	memcpy(h, image.p, HEADER);
	size = get_le32(h + SIZE);
	crc = get_le32(h + CRC);
	put_le32(h + CRC, 0);
	data = str_sub(image, model->payload, size);
	tool_check_size(v, size, data.n);
	firmware_compare32(v, "CRC", crc,
			   ~digest_crc32(digest_crc32(0, h, HEADER), data.p, data.n));
	v->extent = model->payload;
	return true;
}

static void show(struct firmware_view *v)
{
	const char *h = firmware_bytes(v).p;
	struct str version = firmware_text(v, h + VERSION, 8);

	firmware_put_field(v, "model", "%s", model_of(firmware_bytes(v))->name);
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "payload", "%u bytes", get_le32((const unsigned char *)h + SIZE));
}

const struct firmware firmware_iptime_crc32 = {
	.name = "iptime-crc32",
	.format = "ipTIME image",
	.help = "iptime-crc32 MODEL FILE OUTPUT\n",
	.write = iptime_crc32_run,
	.check = check,
	.show = show,
	.pure = true,
};
