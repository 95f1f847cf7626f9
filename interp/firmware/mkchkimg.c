/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkchkimg: NETGEAR .chk image, big endian.
 *
 *   0  4  magic 0x2a23245e		4 4 header size, board id included
 *   8  1  region: 1 world, 2 North America
 *   9  7  version numbers, 99 each
 *  16  4  checksum of the kernel	20 4 of the root file system (0: none)
 *  24  4  size of the kernel		28 4 of the root file system
 *  32  4  checksum of both		36 4 of the header with this field 0
 *  40  n  board id, without a NUL
 *
 * Then kernel and root file system. The checksum is Fletcher's with 32-bit sums, folded to 16 bits
 * each at the end. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAGIC = 0x2a23245e, HEADER = 40, BOARD_MOST = 64, VERSION = 99 };

static const struct opt options[] = {
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'f', NULL, OPT_VALUE, "FILE  root file system"},
	{'b', NULL, OPT_VALUE, "ID  board id (U12H072T00_NETGEAR)"},
	{'r', NULL, OPT_VALUE, "N  region"},
	{0, NULL, OPT_NONE, NULL},
};

struct sums {
	uint32_t a, b;
};

static void add(struct sums *s, const void *p, size_t n)
{
	const unsigned char *in = p;

	for (size_t i = 0; i < n; i++) {
		s->a += in[i];
		s->b += s->a;
	}
}

static void add_blob(struct sums *s, const struct blob *b)
{
	uint64_t pos = 0;
	struct str span;

	while (blob_next(b, &pos, &span))
		add(s, span.p, span.n);
}

static uint32_t fold(uint32_t v)
{
	v = (v & 0xffff) + (v >> 16);
	return ((v >> 16) + v) & 0xffff;
}

static uint32_t result(struct sums s)
{
	return fold(s.b) << 16 | fold(s.a);
}

static void say_part(struct firmware_run *run, const char *name, uint64_t size, uint32_t sum)
{
	firmware_fail(run, "     %s Len: %u", name, (uint32_t)size);
	firmware_fail(run, "%s Checksum: 0x%08x", name, sum);
}

static struct blob *read_part(struct firmware_run *run, struct str path)
{
	struct blob *b = NULL;
	int err = run->read(run, path, &b);

	if (!err)
		return b;
	firmware_fail(run, "Cannot open %.*s: %s", STR_ARG(path), strerror(-err));
	return NULL;
}

static void put_header(struct firmware_run *run, unsigned char *h, struct str board,
		       unsigned region, const struct blob *kernel, const struct blob *rootfs)
{
	struct sums part = {0}, whole = {0}, head = {0};

	memset(h, 0, HEADER);
	put_be32(h, MAGIC);
	put_be32(h + 4, (uint32_t)(HEADER + board.n));
	h[8] = (unsigned char)region;
	memset(h + 9, VERSION, 7);
	add_blob(&part, kernel);
	whole = part;
	put_be32(h + 16, result(part));
	put_be32(h + 24, (uint32_t)blob_size(kernel));
	say_part(run, "Kernel", blob_size(kernel), result(part));
	if (rootfs) {
		part = (struct sums){0};
		add_blob(&part, rootfs);
		add_blob(&whole, rootfs);
		put_be32(h + 20, result(part));
		put_be32(h + 28, (uint32_t)blob_size(rootfs));
		say_part(run, "Rootfs", blob_size(rootfs), result(part));
	}
	put_be32(h + 32, result(whole));
	firmware_fail(run, " Image Checksum: 0x%08x", result(whole));
	add(&head, h, HEADER);
	add(&head, board.p, board.n);
	put_be32(h + 36, result(head));
}

static int build(struct firmware_run *run, const struct str *option, unsigned region)
{
	struct blob *kernel = read_part(run, option['k']), *rootfs = NULL, *image;
	unsigned char h[HEADER];
	int err;

	if (kernel && option['f'].p)
		rootfs = read_part(run, option['f']);
	if (!kernel || (option['f'].p && !rootfs)) {
		blob_unref(kernel);
		return 1;
	}
	firmware_fail(run, "       Board Id: %.*s", STR_ARG(option['b']));
	firmware_fail(run, "         Region: %s", region == 1   ? "World Wide (WW)"
					 : region == 2 ? "North America (NA)"
						       : "Unknown");
	put_header(run, h, option['b'], region, kernel, rootfs);
	image = blob_copy(h, sizeof(h));
	firmware_join(&image, blob_copy(option['b'].p, option['b'].n));
	firmware_join(&image, kernel);
	if (rootfs)
		firmware_join(&image, rootfs);
	err = run->write(run, option['o'], image);
	blob_unref(image);
	if (err)
		return firmware_fail(run, "Cannot open %.*s: %s", STR_ARG(option['o']),
				     strerror(-err));
	return 0;
}

/* -1: fine, else the exit status. */
static int check_value(struct firmware_run *run, int id, struct str value, unsigned long *region)
{
	char *end, *z = str_cz(run->mem, value);

	if (id == 'b' && value.n > BOARD_MOST)
		return firmware_fail(run, "Board lenght exceeds %d", BOARD_MOST);
	if (id != 'r')
		return -1;
	errno = 0;
	*region = strtoul(z, &end, 0);
	if (errno || end == z || *end)
		return firmware_fail(run, "Cannot parse region %s", z);
	return *region > 0xff ? firmware_fail(run, "Region cannot exceed 0xff") : -1;
}

static int mkchkimg_run(struct firmware_run *run)
{
	static const char usage[] =
		"Usage: mkchkimg -o output -k kernel [-f filesys] [-b board_id] [-r region]\n";
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str option[128] = {['b'] = S("U12H072T00_NETGEAR")};
	unsigned long region = 1;
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		status = check_value(run, id, o.value, &region);
		if (status != -1)
			return status;
		option[id] = o.value;
	}
	if (!option['k'].p || !option['o'].p) {
		buf_z(run->err, usage);
		return firmware_fail(run, option['k'].p ? "Output file required"
							: "Kernel file expected");
	}
	firmware_fail(run, "Netgear CHK writer - v0.1");
	return build(run, option, (unsigned)region);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *p = (const unsigned char *)image.p;
	unsigned char h[HEADER];
	struct sums head = {0}, whole = {0};
	uint64_t size;
	uint32_t start;

	if (image.n < HEADER || get_be32(p) != MAGIC)
		return false;
	start = get_be32(p + 4);
	if (start < HEADER || start > HEADER + BOARD_MOST || start > image.n)
		return false;
	v->extent = start;
	memcpy(h, p, HEADER);
	put_be32(h + 36, 0);
	add(&head, h, HEADER);
	add(&head, p + HEADER, start - HEADER);
	firmware_compare32(v, "header checksum", get_be32(p + 36), result(head));
	size = (uint64_t)get_be32(p + 24) + get_be32(p + 28);
	data = str_sub(image, start, size);
	if (data.n < size)
		firmware_bad(v, "the header says %llu bytes, there are %zu",
			     (unsigned long long)size, data.n);
	add(&whole, data.p, data.n);
	firmware_compare32(v, "image checksum", get_be32(p + 32), result(whole));
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str board = firmware_text(v, h + HEADER, get_be32(h + 4) - HEADER);

	firmware_put_field(v, "board id", "%.*s", STR_ARG(board));
	firmware_put_field(v, "region", "%u", h[8]);
	firmware_put_field(v, "kernel", "%u bytes", get_be32(h + 24));
	firmware_put_field(v, "rootfs", "%u bytes", get_be32(h + 28));
}

/* Until June 2020 the version was another. */
static const struct firmware_mark since[] = {
    {.beside = "sign_dlink_ru"},
    {0},
};

const struct firmware firmware_mkchkimg = {
    .name = "mkchkimg",
    .format = "NETGEAR CHK image",
    .help = "mkchkimg -o FILE -k KERNEL [-f ROOTFS] [-b ID] [-r REGION]\n",
    .write = mkchkimg_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
