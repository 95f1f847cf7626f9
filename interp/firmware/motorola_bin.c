/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * motorola-bin: a TRX for Motorola's WR850G, WA840G, WE800G, big endian.
 *
 *   0 4  CRC-32 of all behind it, not inverted at the end
 *   4 4  which device
 *   8 .  the TRX
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "digest/digest.h"

enum { HEADER = 8 };

static const struct model {
	char digit;
	const char *name;
	uint32_t flags;
} models[] = {
	{'1', "WR850G", 0x10577050}, {'2', "WA840G", 0x10577040}, {'3', "WE800G", 0x10577000},
};
enum { MODELS = sizeof(models) / sizeof(*models) };

static const struct model *model_of(uint32_t flags)
{
	for (size_t i = 0; i < MODELS; i++) {
		if (models[i].flags == flags)
			return &models[i];
	}
	return NULL;
}

/* TEXT: "-1", "--WR850G" in any case. */
static const struct model *find(const char *text)
{
	if (*text++ != '-')
		return NULL;
	text += *text == '-';
	for (size_t i = 0; i < MODELS; i++) {
		if ((text[0] == models[i].digit && !text[1]) ||
		    strcasecmp(text, models[i].name) == 0)
			return &models[i];
	}
	return NULL;
}

static int store(struct firmware_run *run, struct blob *image)
{
	int err = tool_put(run, run->argv[3], image);

	if (!err)
		return 0;
	firmware_say(run, "\n", "Error storing file %.*s: %s", STR_ARG(run->argv[3]),
		     strerror(-err));
	return 2;
}

static int strip(struct firmware_run *run, struct blob *image)
{
	struct str bytes = blob_flat(run->mem, image);
	const unsigned char *p = (const unsigned char *)bytes.p;
	const struct model *model;
	const char *why = NULL;

	if (bytes.n < HEADER) {
		why = "input file too short";
	} else {
		model = model_of(get_be32(p + 4));
		if (model)
			firmware_say(run, "\n", "Firmware for Motorola %s", model->name);
		else
			why = "unrecognized flags field";
		if (get_be32(p) != (uint32_t)~digest_crc32(0, p + 4, bytes.n - 4))
			why = "Invalid CRC";
	}
	if (!why)
		return store(run, blob_slice(image, HEADER, bytes.n));
	firmware_say(run, "\n", "%s", why);
	return 3;
}

static int make(struct firmware_run *run, const struct model *model, struct blob *data)
{
	unsigned char h[HEADER];
	struct blob *image;

	put_be32(h + 4, model->flags);
	put_be32(h, ~digest_crc32_blob(digest_crc32(0, h + 4, 4), data));
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(data));
	return store(run, image);
}

static int motorola_bin_run(struct firmware_run *run)
{
	const struct model *model;
	struct blob *data = NULL;
	bool stripping;
	int err, status;

	if (run->argc != 4)
		return -1;
	stripping = str_is(run->argv[1], "--strip");
	model = find(str_cz(run->mem, run->argv[1]));
	if (!stripping && !model)
		return -1;
	err = run->read(run, run->argv[2], &data);
	if (err == -EISDIR)
		return -1;
	if (!err && !blob_size(data))
		err = -EINVAL; /* nothing cannot be mapped */
	if (err)
		status = firmware_say(run, "\n", "Error loading file %.*s: %s",
				      STR_ARG(run->argv[2]), strerror(-err));
	else
		status = stripping ? strip(run, data) : make(run, model, data);
	blob_unref(data);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;

	if (image.n < HEADER || !model_of(get_be32(p + 4)))
		return false;
	firmware_compare32(v, "CRC", get_be32(p), ~digest_crc32(0, p + 4, image.n - 4));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "device", "%s", model_of(get_be32(p + 4))->name);
}

const struct firmware firmware_motorola_bin = {
    .name = "motorola-bin",
    .format = "Motorola image",
    .help =
	"motorola-bin -DEVICE|--strip FILE OUTPUT: DEVICE is 1 (WR850G), 2 (WA840G), 3 (WE800G)\n",
    .write = motorola_bin_run,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
