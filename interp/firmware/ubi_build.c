/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The blocks of a UBI image, from what ubinize.c read. The layout is in ubi.c.
 */
#include "firmware/ubi.h"

#include <string.h>

#include "digest/digest.h"

uint32_t ubi_crc(const void *p, size_t n)
{
	return ~digest_crc32(0, p, n);
}

/* A volume table record that holds V, or an empty one. */
static void put_record(const struct ubinize *j, unsigned char *r, const struct ubi_volume *v)
{
	memset(r, 0, UBI_RECORD);
	if (v) {
		put_be32(r, (uint32_t)((v->bytes + j->leb - 1) / j->leb));
		put_be32(r + 4, (uint32_t)v->alignment);
		put_be32(r + 8, v->data_pad);
		r[12] = (unsigned char)v->type;
		put_be16(r + 14, (uint16_t)v->name.n);
		memcpy(r + UBI_RECORD_NAME, v->name.p, v->name.n);
		r[144] = (unsigned char)v->flags;
	}
	put_be32(r + UBI_RECORD_CRC, ubi_crc(r, UBI_RECORD_CRC));
}

static void put_ec_header(const struct ubinize *j, unsigned char *h)
{
	memset(h, 0, UBI_HEADER);
	put_be32(h, UBI_EC_MAGIC);
	h[4] = (unsigned char)j->version;
	put_be64(h + 8, (uint64_t)j->ec);
	put_be32(h + 16, (uint32_t)j->vid_at);
	put_be32(h + 20, (uint32_t)j->data_at);
	put_be32(h + 24, j->sequence);
	put_be32(h + UBI_HEADER_CRC, ubi_crc(h, UBI_HEADER_CRC));
}

static void put_vid_header(const struct ubinize *j, unsigned char *h, const struct ubi_volume *v,
			   unsigned compat, uint32_t number, const struct blob *data)
{
	memset(h, 0, UBI_HEADER);
	put_be32(h, UBI_VID_MAGIC);
	h[4] = (unsigned char)j->version;
	h[5] = (unsigned char)v->type;
	h[7] = (unsigned char)compat;
	put_be32(h + 8, (uint32_t)v->id);
	put_be32(h + 12, number);
	if (v->type == UBI_STATIC) {
		put_be32(h + 20, (uint32_t)blob_size(data));
		put_be32(h + 24, v->blocks);
		put_be32(h + 32, ~digest_crc32_blob(0, data));
	}
	put_be32(h + 28, v->data_pad);
	put_be32(h + UBI_HEADER_CRC, ubi_crc(h, UBI_HEADER_CRC));
}

/* One physical erase block: headers, DATA (taken over), 0xff. */
static void put_block(const struct ubinize *j, struct blob **image, const struct ubi_volume *v,
		      unsigned compat, uint32_t number, struct blob *data)
{
	size_t size = (size_t)j->data_at;
	unsigned char *head = arena_alloc(j->run->mem, size);
	uint64_t rest = (uint64_t)j->leb - blob_size(data);

	memset(head, 0xff, size);
	/* In the tool's order: a VID header asked for in the EC header's place wins. */
	put_ec_header(j, head);
	put_vid_header(j, head + j->vid_at, v, compat, number, data);
	firmware_join(image, blob_copy(head, size));
	firmware_join(image, data);
	if (rest)
		firmware_join(image, blob_run(0xff, rest));
}

static void put_volume(const struct ubinize *j, struct blob **image, const struct ubi_volume *v)
{
	uint64_t size = v->image ? blob_size(v->image) : 0;
	struct arena_mark mark = arena_mark(j->run->mem);

	for (uint64_t at = 0; at < size; at += v->leb) {
		put_block(j, image, v, 0, (uint32_t)(at / v->leb),
			  blob_slice(v->image, at, v->leb));
		arena_release(j->run->mem, mark);
	}
}

/* A block with nothing but an EC header that says: here it ends. */
static void put_end(const struct ubinize *j, struct blob **image)
{
	unsigned char head[UBI_HEADER];

	put_ec_header(j, head);
	memcpy(head + 5, "EOF", 3);
	put_be32(head + UBI_HEADER_CRC, ubi_crc(head, UBI_HEADER_CRC));
	firmware_join(image, blob_copy(head, sizeof(head)));
	firmware_join(image, blob_run(0xff, (uint64_t)j->peb - sizeof(head)));
}

struct blob *ubinize_image(const struct ubinize *j)
{
	const struct ubi_volume layout = {.id = UBI_LAYOUT_VOLUME, .type = UBI_DYNAMIC};
	enum { REJECT = 5 };
	size_t size = (size_t)j->most * UBI_RECORD;
	unsigned char *table = arena_alloc(j->run->mem, size);
	struct blob *image = NULL;

	for (int32_t i = 0; i < j->most; i++)
		put_record(j, table + (size_t)i * UBI_RECORD, NULL);
	for (size_t i = 0; i < j->volumes.n; i++)
		put_record(j, table + (size_t)j->volumes.p[i].id * UBI_RECORD, &j->volumes.p[i]);
	for (uint32_t i = 0; i < 2; i++)
		put_block(j, &image, &layout, REJECT, i, blob_copy(table, size));
	for (size_t i = 0; i < j->volumes.n; i++)
		put_volume(j, &image, &j->volumes.p[i]);
	for (int32_t i = 0; i < j->ends; i++)
		put_end(j, &image);
	return image;
}
