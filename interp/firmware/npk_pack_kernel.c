/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * npk_pack_kernel: MikroTik package with a kernel, little endian.
 *
 *   0  4  magic 0xbad0f11e		4 4 size of all behind these 8 bytes
 *
 * Then containers: type (2), size (4), data. Type 22: NULs, so that the next one's data is at 4096;
 * 21: a file system, here 4096 NULs; 4: a zlib stream of deflate's stored blocks. In that files:
 *
 *   0  2  mode as of stat		 2  6 0		8 12 three times, 0	20 4 0
 *  24  4  size				28  2 size of the name		then name and data
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum {
	MAGIC = 0xbad0f11e, HEADER = 8, CONTAINER = 6, ALIGN = 4096, BLOCK = 0x8000,
	NOTHING = 22, SQUASHFS = 21, ZLIB = 4, FILE_HEADER = 30,
	FOLDER_MODE = 040755, KERNEL_MODE = 0100755, FILE_MODE = 0100644, MARK = 32,
};

static void add_container(struct blob **all, unsigned type, struct blob *data)
{
	unsigned char h[CONTAINER];

	put_le16(h, (uint16_t)type);
	put_le32(h + 2, (uint32_t)blob_size(data));
	firmware_join(all, blob_copy(h, sizeof(h)));
	firmware_join(all, data);
}

static void add_file(struct blob **all, unsigned mode, struct str name, struct blob *data)
{
	unsigned char h[FILE_HEADER] = {0};

	put_le16(h, (uint16_t)mode);
	put_le32(h + 24, (uint32_t)blob_size(data));
	put_le16(h + 28, (uint16_t)name.n);
	firmware_join(all, blob_copy(h, sizeof(h)));
	firmware_join(all, blob_copy(name.p, name.n));
	firmware_join(all, data);
}

/* DATA in stored blocks; only a short one at the end is marked as the last. DATA is dropped. */
static struct blob *store(struct blob *data)
{
	unsigned char h[5], sum[4];
	struct blob *out = blob_copy("\x78\x01", 2);

	for (uint64_t at = 0; at < blob_size(data); at += BLOCK) {
		struct blob *piece = blob_slice(data, at, BLOCK);

		h[0] = blob_size(piece) < BLOCK;
		put_le16(h + 1, (uint16_t)blob_size(piece));
		put_le16(h + 3, (uint16_t)~blob_size(piece));
		firmware_join(&out, blob_copy(h, sizeof(h)));
		firmware_join(&out, piece);
	}
	put_be32(sum, digest_adler32_blob(data));
	firmware_join(&out, blob_copy(sum, sizeof(sum)));
	blob_unref(data);
	return out;
}

static struct blob *make(struct blob *kernel)
{
	struct blob *files = NULL, *all = NULL, *image;
	unsigned char h[HEADER];

	add_file(&files, FOLDER_MODE, S("boot"), blob_empty());
	add_file(&files, KERNEL_MODE, S("boot/kernel"), kernel);
	add_file(&files, FILE_MODE, S("UPGRADED"), blob_run(0, MARK));
	add_container(&all, NOTHING, blob_run(0, ALIGN - HEADER - 2 * CONTAINER));
	add_container(&all, SQUASHFS, blob_run(0, ALIGN));
	add_container(&all, ZLIB, store(files));
	put_le32(h, MAGIC);
	put_le32(h + 4, (uint32_t)blob_size(all));
	image = blob_copy(h, sizeof(h));
	firmware_join(&image, all);
	return image;
}

static int npk_pack_kernel_run(struct firmware_run *run)
{
	struct blob *kernel = NULL;
	int err;

	/* Else usage; and what looks like an option is none to it. */
	if (run->argc != 3 || str_starts(run->argv[2], S("-")))
		return -1;
	err = run->read(run, run->argv[1], &kernel);
	if (err)
		return firmware_fail(run, "%s%.*s: %s", err == -EISDIR ? "read " : "",
				     STR_ARG(run->argv[1]), strerror(-err));
	err = tool_put(run, run->argv[2], make(kernel));
	if (err)
		return firmware_fail(run, "%.*s: %s", STR_ARG(run->argv[2]), strerror(-err));
	return 0;
}

/* The container at AT; false when there is none that fits. */
static bool read_container(struct str image, size_t at, unsigned *type, struct str *data)
{
	struct str rest = str_from(image, at);
	uint32_t n;

	if (rest.n < CONTAINER)
		return false;
	*type = get_le16((const unsigned char *)rest.p);
	n = get_le32((const unsigned char *)rest.p + 2);
	*data = str_sub(rest, CONTAINER, n);
	return data->n == n;
}

/* The stored block at AT of a zlib stream. */
static bool read_block(struct str stream, size_t at, struct str *data)
{
	const unsigned char *p = (const unsigned char *)stream.p + at;
	uint16_t n;

	if (at + 5 > stream.n || p[0] > 1)
		return false;
	n = get_le16(p + 1);
	*data = str_sub(stream, at + 5, n);
	return (n ^ get_le16(p + 3)) == 0xffff && data->n == n;
}

static void check_stream(struct firmware_view *v, struct str stream)
{
	struct blob *all = blob_empty();
	struct str data;
	size_t at = 2;

	while (read_block(stream, at, &data)) {
		firmware_join(&all, blob_copy(data.p, data.n));
		at += 5 + data.n;
	}
	/* MikroTik's own are compressed. */
	if (at > 2 && at + 4 == stream.n)
		firmware_compare32(v, "Adler-32", get_be32((const unsigned char *)stream.p + at),
				   digest_adler32_blob(all));
	else if (at > 2)
		firmware_bad(v, "the stream of files breaks off after %zu bytes", at);
	blob_unref(all);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	size_t at = HEADER, end;
	unsigned type;

	if (image.n < HEADER || get_le32(h) != MAGIC)
		return false;
	end = HEADER + (size_t)get_le32(h + 4);
	v->extent = end;
	if (end > image.n) {
		firmware_bad(v, "the header says %zu bytes, there are %zu", end, image.n);
		end = image.n;
	}
	while (read_container(str_sub(image, 0, end), at, &type, &data)) {
		at += CONTAINER + data.n;
		if (type == ZLIB)
			check_stream(v, data);
	}
	if (at != end)
		firmware_bad(v, "no whole container at %zu", at);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	unsigned type;

	for (size_t at = HEADER; read_container(image, at, &type, &data); at += CONTAINER + data.n)
		firmware_put_field(v, "container", "type %u, %zu bytes", type, data.n);
}

const struct firmware firmware_npk_pack_kernel = {
	.name = "npk_pack_kernel",
	.format = "MikroTik package",
	.help = "npk_pack_kernel KERNEL FILE: make a MikroTik package\n",
	.write = npk_pack_kernel_run,
	.check = check,
	.show = show,
	.pure = true,
};
