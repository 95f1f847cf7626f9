/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkqdimg: Qding image, header of 1024 bytes, little endian.
 *
 *  0  8  board	 8 8 version
 * 16  5  "UBOOT"	32 8 "FIRMWARE": what is in it
 * 48  4  magic 0x20150112
 * 52 20  SHA-1 of all behind the header
 * 72  4  size of the boot loader (196608), 76 4 of the firmware
 *
 * The boot loader is filled with 0xff. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 1024, VERSION = 8, LOADER = 16, FIRMWARE = 32, MAGIC_AT = 48, MAGIC = 538248722,
       DIGEST = 52, LOADER_SIZE = 72, FIRMWARE_SIZE = 76, TEXT_MOST = 8, LOADER_MOST = 196608,
       WHOLE_MOST = 16647168, SHA1 = 20 };

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'V', NULL, OPT_VALUE, "VERSION"},
	{'u', NULL, OPT_VALUE, "FILE  boot loader"},
	{'f', NULL, OPT_VALUE, "FILE  firmware"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

/* 0, or the exit status. */
static int read_part(struct firmware_run *run, struct str path, uint64_t most, struct blob **out)
{
	int err = run->read(run, path, out);

	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_error(run, 1, "could not open \"%.*s\" for reading: %s",
				      STR_ARG(path), strerror(-err));
	if (blob_size(*out) <= most)
		return 0;
	return firmware_error(run, 1, "file \"%.*s\" is too big - max size: 0x%08llu\n",
			      STR_ARG(path), (unsigned long long)most);
}

static int make(struct firmware_run *run, const struct str *option, struct blob *loader,
		struct blob *firmware)
{
	unsigned char h[HEADER] = {0};
	struct blob *body = blob_empty(), *image;

	tool_put_text(h, TEXT_MOST, option['B']);
	tool_put_text(h + VERSION, TEXT_MOST, option['V']);
	if (loader) {
		memcpy(h + LOADER, "UBOOT", 5);
		put_le32(h + LOADER_SIZE, LOADER_MOST);
		firmware_join(&body, blob_ref(loader));
		firmware_join(&body, blob_run(0xff, LOADER_MOST - blob_size(loader)));
	}
	if (firmware) {
		memcpy(h + FIRMWARE, "FIRMWARE", 8);
		put_le32(h + FIRMWARE_SIZE, (uint32_t)blob_size(firmware));
		firmware_join(&body, blob_ref(firmware));
	}
	put_le32(h + MAGIC_AT, MAGIC);
	digest_blob(&digest_sha1, body, h + DIGEST);
	image = blob_copy(h, HEADER);
	firmware_join(&image, body);
	return tool_write(run, option['o'], ": ", "", image);
}

static int mkqdimg_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct str board, version;
	struct blob *loader = NULL, *firmware = NULL;
	int status = 0;

	if (!tool_options(run, options, &o))
		return -1;
	board = o.value['B'];
	version = o.value['V'];
	if (!board.p)
		return firmware_error(run, 1, "no board specified");
	if (board.n > TEXT_MOST)
		return firmware_error(run, 1, "board_id \"%.*s\" is too long - max length: 8\n",
				      STR_ARG(board));
	if (version.n > TEXT_MOST)
		return firmware_error(run, 1, "version \"%.*s\" is too long - max length: 8\n",
				      STR_ARG(version));
	if (!o.value['o'].p)
		return firmware_error(run, 1, "no output file specified");
	if (o.value['u'].p)
		status = read_part(run, o.value['u'], LOADER_MOST, &loader);
	if (!status && o.value['f'].p)
		status = read_part(run, o.value['f'],
				   WHOLE_MOST - HEADER - (loader ? LOADER_MOST : 0), &firmware);
	if (!status)
		status = make(run, o.value, loader, firmware);
	blob_unref(loader);
	blob_unref(firmware);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), body;
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char digest[SHA1];
	uint64_t size;

	if (image.n < HEADER || get_le32(h + MAGIC_AT) != MAGIC)
		return false;
	size = (uint64_t)get_le32(h + LOADER_SIZE) + get_le32(h + FIRMWARE_SIZE);
	body = str_sub(image, HEADER, size);
	tool_check_size(v, size, body.n);
	digest_bytes(&digest_sha1, body.p, body.n, digest);
	firmware_compare(v, "SHA-1", h + DIGEST, digest, SHA1);
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str board = firmware_text(v, h, 8), version = firmware_text(v, h + VERSION, 8);

	firmware_put_field(v, "board", "%.*s", STR_ARG(board));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "boot loader", "%u bytes", get_le32(h + LOADER_SIZE));
	firmware_put_field(v, "firmware", "%u bytes", get_le32(h + FIRMWARE_SIZE));
}

const struct firmware firmware_mkqdimg = {
	.name = "mkqdimg",
	.format = "Qding image",
	.help = "mkqdimg -B BOARD -o FILE [-V VERSION] [-u BOOTLOADER] [-f FIRMWARE]\n",
	.write = mkqdimg_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
