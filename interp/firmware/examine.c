/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is in this file? Every row's check is asked at the start; behind and inside what was
 * recognised, rows with a strong magic (inner) are asked at each block, and rows that read a
 * trailer at the end of the file. A sysupgrade image comes out as its kernel, its root file system
 * and its metadata.
 */
#include "firmware/internal.h"

/* Parts inside an image start at a multiple of this, or directly behind another part. */
enum { STEP = 256, MOST_PARTS = 64 };

/* Ask ROW about the bytes of IMAGE from OFFSET on; true when it said yes and was added. */
static bool ask(struct arena *mem, struct blob *image, struct str all, uint64_t offset,
		const struct firmware *row, struct firmware_parts *parts)
{
	struct firmware_view v = {.mem = mem, .offset = offset, .bytes = str_from(all, offset)};

	if (!row->check(&v))
		return false;
	v.image = blob_slice(image, v.offset, v.bytes.n);
	if (!v.extent || v.extent > v.bytes.n)
		v.extent = v.bytes.n;
	*vec_push(mem, parts) = (struct firmware_part){.row = row, .view = v};
	return true;
}

/* The first row that says yes at OFFSET. */
static bool ask_all(struct arena *mem, struct blob *image, struct str all, uint64_t offset,
		    bool only_inner, struct firmware_parts *parts)
{
	for (size_t i = 0; firmware_rows[i]; i++) {
		const struct firmware *row = firmware_rows[i];

		if (!row->check || row->trailer || (only_inner && !row->inner))
			continue;
		if (ask(mem, image, all, offset, row, parts))
			return true;
	}
	return false;
}

/* Where to look on: behind the last part if that was a whole thing of its own there. */
static uint64_t behind(const struct firmware_parts *parts)
{
	const struct firmware_view *v = &parts->p[parts->n - 1].view;

	return v->offset + v->extent;
}

static uint64_t next_step(uint64_t at)
{
	return (at / STEP + 1) * STEP;
}

static void look_on(struct arena *mem, struct blob *image, struct str all, uint64_t at,
		    struct firmware_parts *parts)
{
	while (at < all.n && parts->n < MOST_PARTS) {
		if (ask_all(mem, image, all, at, true, parts))
			at = behind(parts);
		else
			at = next_step(at);
	}
}

static void ask_trailers(struct arena *mem, struct blob *image, struct str all,
			 struct firmware_parts *parts)
{
	for (size_t i = 0; firmware_rows[i]; i++) {
		if (firmware_rows[i]->check && firmware_rows[i]->trailer)
			ask(mem, image, all, 0, firmware_rows[i], parts);
	}
}

bool firmware_examine(struct arena *mem, struct blob *image, struct firmware_parts *parts)
{
	struct str all;

	if (blob_size(image) >= BLOB_ENDLESS || blob_size(image) == 0)
		return false;
	all = blob_flat(mem, image);
	if (ask_all(mem, image, all, 0, false, parts))
		look_on(mem, image, all, behind(parts), parts);
	else
		look_on(mem, image, all, STEP, parts);
	ask_trailers(mem, image, all, parts);
	return parts->n != 0;
}

void firmware_examined(struct firmware_parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		blob_unref(parts->p[i].view.image);
	parts->n = 0;
}
