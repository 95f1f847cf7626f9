/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkmerakifw: Cisco Meraki image, header of 1024 bytes, big endian; what is not listed is 0xff.
 *
 *  0  4  magic			 4 4 size of the header
 *  8  4  size of the kernel	12 20 SHA-1 of it
 * 32  4  second magic		36 4 third
 * 40 20  a digest that is always the same, or four offsets: kernel, initrd, device tree, unknown
 *
 * Without -s the image is filled with 0xff to the size of the board. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 1024, SIZE = 8, DIGEST = 12, MAGIC2 = 32, MAGIC3 = 36, FIXED = 40, FIXED_SIZE = 20,
       SHA1 = 20 };
static const uint32_t magic = 0x8e73ed8a;

static const struct board {
	const char *name;
	uint32_t magic2, magic3, size;
	unsigned char fixed[FIXED_SIZE];
} boards[] = {
	{"mr18", 0x8e73ed8a, 0, 0x800000,
	 {0xda, 0x39, 0xa3, 0xee, 0x5e, 0x6b, 0x4b, 0x0d, 0x32, 0x55,
	  0xbf, 0xef, 0x95, 0x60, 0x18, 0x90, 0xaf, 0xd8, 0x07, 0x09}},
	{"mr24", 0x8e73ed8a, 0, 0x800000,
	 {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}},
	{"mx60", 0xa1f0beef, 0x00060001, 0x3fd00000,
	 {0, 1, 0, 0, 0, 0x3f, 0xfc, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0xff, 0xff, 0xff, 0xff}},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'i', NULL, OPT_VALUE, "FILE  kernel"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'s', NULL, OPT_NONE, "no padding at the end"},
	{0, NULL, OPT_NONE, NULL},
};

static void put_header(unsigned char *h, const struct board *board, const struct blob *kernel)
{
	memset(h, 0xff, HEADER);
	put_be32(h, magic);
	put_be32(h + 4, HEADER);
	put_be32(h + SIZE, (uint32_t)blob_size(kernel));
	digest_blob(&digest_sha1, kernel, h + DIGEST);
	put_be32(h + MAGIC2, board->magic2);
	put_be32(h + MAGIC3, board->magic3);
	memcpy(h + FIXED, board->fixed, FIXED_SIZE);
}

static int make(struct firmware_run *run, const struct board *board, const struct str *option)
{
	struct str in = option['i'];
	struct blob *kernel = NULL, *image;
	unsigned char h[HEADER];
	uint64_t room = board->size - HEADER, n;
	int err = run->read(run, in, &kernel);

	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_error(run, 1, "could not open \"%.*s\" for reading: %s",
				      STR_ARG(in), strerror(-err));
	n = blob_size(kernel);
	if (n > room) {
		blob_unref(kernel);
		return firmware_error(run, 1, "file \"%.*s\" is too big - max size: 0x%08llX\n",
				      STR_ARG(in), (unsigned long long)room);
	}
	put_header(h, board, kernel);
	image = blob_copy(h, HEADER);
	firmware_join(&image, kernel);
	if (!option['s'].p)
		firmware_join(&image, blob_run(0xff, room - n));
	return tool_write(run, option['o'], ": ", "", image);
}

static int mkmerakifw_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	const struct board *board;
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	if (!o.value['B'].p)
		return firmware_error(run, 1, "no board specified");
	board = tool_find(boards, o.value['B']);
	if (!board)
		return firmware_error(run, 1, "unknown board \"%.*s\"", STR_ARG(o.value['B']));
	status = tool_need_files(run, o.value);
	return status ? status : make(run, board, o.value);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), kernel;
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char digest[SHA1];

	if (image.n < HEADER || get_be32(h) != magic || get_be32(h + 4) != HEADER)
		return false;
	kernel = str_sub(image, HEADER, get_be32(h + SIZE));
	tool_check_size(v, get_be32(h + SIZE), kernel.n);
	digest_bytes(&digest_sha1, kernel.p, kernel.n, digest);
	firmware_compare(v, "SHA-1", h + DIGEST, digest, SHA1);
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "kernel", "%u bytes", get_be32(h + SIZE));
	firmware_put_field(v, "magic", "0x%08x, 0x%08x", get_be32(h + MAGIC2),
			   get_be32(h + MAGIC3));
}

const struct firmware firmware_mkmerakifw = {
    .name = "mkmerakifw",
    .format = "Meraki image",
    .help = "mkmerakifw -B mr18|mr24|mx60 -i KERNEL -o FILE [-s]\n",
    .write = mkmerakifw_run,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
