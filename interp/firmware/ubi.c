/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * UBI image: physical erase blocks (PEBs) of one size, big endian. In each:
 *
 *   0       64  EC header: "UBI#", version 1, 3 NULs (OpenWrt: or "EOF", the end), erase counter
 *               (8), VID header offset (4), data offset (4), image sequence number (4), 32 NULs,
 *               CRC-32 of the 60 bytes before
 *   VID     64  VID header: "UBI!", version, volume type (1 dynamic, 2 static), copy flag, compat,
 *               volume id (4), LEB number (4), 4 NULs, data size (4), used blocks (4), data
 *               padding (4), data CRC-32 (4), 4 NULs, sequence number (8), 12 NULs, CRC-32
 *   DATA    the logical erase block; 0xff where there is none
 *
 * Blocks 0 and 1 hold the volume table (volume 0x7fffefff): records of 172 bytes: reserved PEBs
 * (4), alignment (4), data padding (4), type, update marker, name length (2), name (128), flags
 * (1 autoresize, 2 skip check), 23 NULs, CRC-32. All CRCs start with all ones and are not inverted
 * at the end. Source: include/mtd/ubi-media.h. Here: check and show; writing is in ubinize.c.
 */
#include "firmware/ubi.h"

#include <stdlib.h>
#include <string.h>

enum { PEB_MOST = 2 * 1024 * 1024, STEP = 64, MOST_BAD = 8 };

struct ubi {
	struct firmware_view *v;
	struct str image;
	size_t peb, blocks;
	size_t used, free, is_static, bad;
	struct str table;	/* of the first layout block; unset: none */
};

static const unsigned char *at(struct str image, size_t offset)
{
	return (const unsigned char *)image.p + offset;
}

static bool has_header(struct str image, size_t offset, uint32_t magic)
{
	return offset + UBI_HEADER <= image.n && get_be32(at(image, offset)) == magic;
}

static bool crc_right(const unsigned char *p, size_t n)
{
	return get_be32(p + n) == ubi_crc(p, n);
}

/* The distance to the next EC header, or all there is. */
static size_t find_peb(struct str image)
{
	for (size_t i = STEP; i + UBI_HEADER <= image.n && i <= PEB_MOST; i += STEP) {
		if (has_header(image, i, UBI_EC_MAGIC) && crc_right(at(image, i), UBI_HEADER_CRC))
			return i;
	}
	return image.n;
}

static void bad(struct ubi *u, size_t block, const char *what)
{
	if (u->bad++ < MOST_BAD)
		firmware_bad(u->v, "erase block %zu: %s", block, what);
}

static void check_data(struct ubi *u, size_t block, const unsigned char *vid, struct str data)
{
	struct str used = str_sub(data, 0, get_be32(vid + 20));

	if (get_be32(vid + 8) == UBI_LAYOUT_VOLUME && !u->table.p)
		u->table = data;
	if (vid[5] != UBI_STATIC)
		return;
	u->is_static++;
	if (used.n != get_be32(vid + 20))
		bad(u, block, "the data is larger than the block");
	else if (ubi_crc(used.p, used.n) != get_be32(vid + 32))
		bad(u, block, "wrong data CRC");
}

static void check_block(struct ubi *u, size_t block)
{
	struct str b = str_sub(u->image, block * u->peb, u->peb);
	size_t vid, data;

	if (!crc_right(at(b, 0), UBI_HEADER_CRC)) {
		bad(u, block, "wrong CRC of the EC header");
		return;
	}
	vid = get_be32(at(b, 16));
	data = get_be32(at(b, 20));
	if (vid > b.n || vid + UBI_HEADER > b.n || data > b.n) {
		bad(u, block, "header offsets reach out of the block");
		return;
	}
	if (!has_header(b, vid, UBI_VID_MAGIC)) {
		u->free++;
		return;
	}
	u->used++;
	if (!crc_right(at(b, vid), UBI_HEADER_CRC))
		bad(u, block, "wrong CRC of the VID header");
	else
		check_data(u, block, at(b, vid), str_from(b, data));
}

static size_t records(const struct ubi *u)
{
	size_t n = u->table.n / UBI_RECORD;

	return n < UBI_VOLUMES_MOST ? n : UBI_VOLUMES_MOST;
}

static void check_table(struct ubi *u)
{
	if (!u->table.p) {
		firmware_bad(u->v, "there is no volume table");
		return;
	}
	for (size_t i = 0; i < records(u); i++) {
		const unsigned char *r = at(u->table, i * UBI_RECORD);

		if (!crc_right(r, UBI_RECORD_CRC))
			firmware_bad(u->v, "volume table record %zu: wrong CRC", i);
		else if (get_be16(r + 14) > UBI_NAME_MOST)
			firmware_bad(u->v, "volume table record %zu: name too long", i);
	}
}

static struct ubi scan(struct firmware_view *v)
{
	struct ubi u = {.v = v, .image = firmware_bytes(v)};

	u.peb = find_peb(u.image);
	while (has_header(u.image, u.blocks * u.peb, UBI_EC_MAGIC))
		check_block(&u, u.blocks++);
	return u;
}

static bool check(struct firmware_view *v)
{
	struct ubi u;

	if (!has_header(firmware_bytes(v), 0, UBI_EC_MAGIC))
		return false;
	u = scan(v);
	v->extent = (uint64_t)u.blocks * u.peb;
	check_table(&u);
	if (u.bad > MOST_BAD)
		firmware_bad(v, "%zu more bad erase blocks", u.bad - MOST_BAD);
	if (v->extent > u.image.n)
		firmware_bad(v, "the last erase block is cut off");
	if (!u.bad)
		firmware_good(v, "%zu erase blocks with right headers, %zu with checked data",
			      u.blocks, u.is_static);
	return true;
}

static void show_volume(struct firmware_view *v, size_t id, const unsigned char *r)
{
	struct str name = firmware_text(v, r + UBI_RECORD_NAME, UBI_NAME_MOST + 1);

	if (!get_be32(r))
		return;
	firmware_put_field(v, "volume", "%zu \"%.*s\" %s, %u blocks%s%s", id, STR_ARG(name),
			   r[12] == UBI_STATIC ? "static" : "dynamic", get_be32(r),
			   r[144] & UBI_AUTORESIZE ? ", autoresize" : "",
			   r[144] & UBI_SKIP_CHECK ? ", skip-check" : "");
}

static void show(struct firmware_view *v)
{
	/* Findings were made by check; this second pass only collects. */
	struct firmware_view quiet = {.mem = v->mem, .bytes = firmware_bytes(v)};
	struct ubi u = scan(&quiet);
	const unsigned char *ec = at(u.image, 0);

	firmware_put_field(v, "erase block", "%zu", u.peb);
	firmware_put_field(v, "VID header offset", "%u", get_be32(ec + 16));
	firmware_put_field(v, "data offset", "%u", get_be32(ec + 20));
	firmware_put_field(v, "image sequence", "%u", get_be32(ec + 24));
	firmware_put_field(v, "blocks", "%zu used, %zu free", u.used, u.free);
	for (size_t i = 0; i < records(&u); i++)
		show_volume(v, i, at(u.table, i * UBI_RECORD));
}

/* --- what is in the volumes --- */

struct volume {
	uint32_t id;
	size_t blocks, size;	/* up to the last one used; bytes */
	unsigned char *bytes;
	uint64_t *sequence;	/* of the erase block that each logical one came from; 0: none */
};

/* The VID header of block I and the data behind it; NULL when it holds nothing that is whole. */
static const unsigned char *used_block(const struct ubi *u, size_t i, struct str *data)
{
	struct str b = str_sub(u->image, i * u->peb, u->peb);
	size_t vid, at_data;

	if (b.n < u->peb || !crc_right(at(b, 0), UBI_HEADER_CRC))
		return NULL;
	vid = get_be32(at(b, 16));
	at_data = get_be32(at(b, 20));
	if (vid + UBI_HEADER > b.n || at_data > b.n || !has_header(b, vid, UBI_VID_MAGIC) ||
	    !crc_right(at(b, vid), UBI_HEADER_CRC))
		return NULL;
	*data = str_from(b, at_data);
	return at(b, vid);
}

/* How large a volume is whose blocks have DATA bytes, without the padding that aligns them. */
static size_t usable(const unsigned char *vid, struct str data)
{
	uint32_t padding = get_be32(vid + 28);

	return padding < data.n ? data.n - padding : 0;
}

static void measure(const struct ubi *u, struct volume *vol, size_t *leb)
{
	struct str data;

	*leb = 0;
	for (size_t i = 0; i < u->blocks; i++) {
		const unsigned char *vid = used_block(u, i, &data);

		if (!vid || get_be32(vid + 8) != vol->id)
			continue;
		if (get_be32(vid + 12) >= vol->blocks)
			vol->blocks = (size_t)get_be32(vid + 12) + 1;
		*leb = usable(vid, data);
	}
}

static void gather(const struct ubi *u, struct volume *vol, size_t leb)
{
	struct str data;

	for (size_t i = 0; i < u->blocks; i++) {
		const unsigned char *vid = used_block(u, i, &data);
		size_t block, end;
		uint64_t sequence;

		if (!vid || get_be32(vid + 8) != vol->id)
			continue;
		block = get_be32(vid + 12);
		sequence = get_be64(vid + 40) + 1;
		if (vol->sequence[block] > sequence)
			continue;
		vol->sequence[block] = sequence;
		data = str_sub(data, 0, vid[5] == UBI_STATIC ? get_be32(vid + 20) : leb);
		data = str_sub(data, 0, leb);
		memcpy(vol->bytes + block * leb, data.p, data.n);
		end = block * leb + data.n;
		if (end > vol->size)
			vol->size = end;
	}
}

static void put_volume(struct firmware_view *v, const struct ubi *u, uint32_t id,
		       const unsigned char *r)
{
	struct volume vol = {.id = id};
	size_t leb, most;

	measure(u, &vol, &leb);
	/* A volume that has more blocks than there are is a hole, mostly. */
	if (!leb || vol.blocks > 2 * u->blocks + 64 || vol.blocks > firmware_room(v) / leb)
		return;
	most = vol.blocks * leb;
	vol.bytes = malloc(most);
	if (!vol.bytes)
		return;
	memset(vol.bytes, 0xff, most);
	vol.sequence = arena_array(v->mem, uint64_t, vol.blocks);
	gather(u, &vol, leb);
	firmware_put_made(v, firmware_text(v, r + UBI_RECORD_NAME, UBI_NAME_MOST + 1),
			  blob_adopt(vol.bytes, vol.size));
}

static void parts(struct firmware_view *v)
{
	struct firmware_view quiet = {.mem = v->mem, .bytes = firmware_bytes(v)};
	struct ubi u = scan(&quiet);

	for (size_t i = 0; i < records(&u); i++) {
		const unsigned char *r = at(u.table, i * UBI_RECORD);

		if (get_be32(r) && firmware_spend(v, u.image.n / 16))
			put_volume(v, &u, (uint32_t)i, r);
	}
}

const struct firmware firmware_ubi = {
    .name = "ubi",
    .format = "UBI image",
    .check = check,
    .show = show,
    .strong = true,
    .magic = "UBI#\1",
    .n_magic = 5,
    .parts = parts,
};
