/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How TP-Link's v1 (mktplinkfw.c) and v2/v3 (mktplinkfw2.c) images are made: header, kernel, 0xff
 * up to the root file system, markers behind it, 0xff up to the size of the flash layout; and an
 * MD5 over all of it with a salt in the digest's place. Source: firmware-utils, mktplinkfw-lib.
 */
#include "firmware/tplink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "digest/digest.h"

/* By name in any case; NULL: none. */
static const struct tplink_layout *find_layout(const struct tplink_layout *layouts, struct str id)
{
	for (; layouts->id; layouts++) {
		if (strlen(layouts->id) == id.n && strncasecmp(layouts->id, id.p, id.n) == 0)
			return layouts;
	}
	return NULL;
}

void tplink_hex(struct arena *mem, struct str text, uint32_t *out)
{
	char *end, *z = str_cz(mem, text);
	unsigned long v;

	if (!str_starts(text, S("0x")))
		return;
	v = strtoul(z + 2, &end, 16);
	if (end != z + 2)
		*out = (uint32_t)v;
}

uint32_t tplink_number(struct arena *mem, struct str text)
{
	return (uint32_t)strtoul(str_cz(mem, text), NULL, 0);
}

struct blob *tplink_read(struct firmware_run *run, struct str path)
{
	struct blob *b = NULL;
	int err = run->read(run, path, &b);

	if (!err)
		return b;
	tplink_fail(run, "stat failed on %.*s: %s", STR_ARG(path), strerror(-err));
	return NULL;
}

/* --- options --- */

static bool take_text(struct tplink *t, int id, struct str value)
{
	switch (id) {
	case 'F': t->layout_id = value; return true;
	case 'H': t->hardware = value; return true;
	case 'i': t->inspect = value; return true;
	case 'k': t->kernel_name = value; return true;
	case 'o': t->out = value; return true;
	case 'r': t->rootfs_name = value; return true;
	case 'v': t->numbers = value; return true;
	case 'V': t->version = value; return true;
	case 'W': t->revision = value; return true;
	default: return false;
	}
}

bool tplink_take(struct tplink *t, int id, struct str value)
{
	struct arena *mem = t->run->mem;

	switch (id) {
	case 'a': tplink_hex(mem, value, &t->rootfs_align); return true;
	case 'c': t->combined = true; return true;
	case 'e': t->little = true; return true;
	case 'E': tplink_hex(mem, value, &t->entry); return true;
	case 'j': t->marks = true; return true;
	case 'L': tplink_hex(mem, value, &t->load); return true;
	case 'R': tplink_hex(mem, value, &t->rootfs_at); return true;
	case 's': t->strip = true; return true;
	case 'x': t->extract = true; return true;
	default: return take_text(t, id, value);
	}
}

int tplink_apply_layout(struct tplink *t)
{
	t->layout = find_layout(t->format->layouts, t->layout_id);
	if (!t->layout)
		return tplink_fail(t->run, "unknown flash layout \"%.*s\"", STR_ARG(t->layout_id));
	if (!t->load)
		t->load = t->layout->load;
	if (!t->entry)
		t->entry = t->layout->entry;
	if (!t->rootfs_at)
		t->rootfs_at = t->layout->rootfs;
	return 0;
}

int tplink_check_version(struct tplink *t)
{
	if (!t->out.p)
		return tplink_fail(t->run, "no output file specified");
	if (sscanf(str_cz(t->run->mem, t->numbers), "%d.%d.%d", &t->number[0], &t->number[1],
		   &t->number[2]) != 3)
		return tplink_fail(t->run, "invalid firmware version '%.*s'", STR_ARG(t->numbers));
	return 0;
}

/* --- inputs --- */

/* The difference as the tools compute it, in 32 bits. */
static int32_t beyond(uint64_t is, uint64_t most)
{
	return (int32_t)(uint32_t)(is - most);
}

/* An older mktplinkfw2 does not say by how much. */
static int too_big(struct tplink *t, const char *what, int32_t over)
{
	if (tool_lacks(t->run, S(" too big by %i bytes")))
		return -1;
	return tplink_fail(t->run, "%s too big by %i bytes", what, over);
}

static int place_aligned(struct tplink *t, uint32_t kernel, uint32_t rootfs)
{
	uint32_t align = t->rootfs_align, most = t->layout->size - t->reserved;
	int32_t over;

	t->rootfs_at = (kernel + TPLINK_HEADER + align - 1) & ~(align - 1);
	buf_fmt(t->run->err, "[%.*s] rootfs offset aligned to 0x%u\n",
		STR_ARG(firmware_name(t->run)), t->rootfs_at);
	over = beyond((uint64_t)kernel + rootfs, (uint64_t)most - TPLINK_HEADER);
	/* The tool forgets what the alignment costs and writes beyond its buffer. */
	if (over <= 0)
		over = beyond((uint64_t)t->rootfs_at + rootfs, t->layout->size);
	if (over > 0)
		return too_big(t, "images are", over);
	return 0;
}

/* Set rootfs_at and check the sizes. */
static int place(struct tplink *t)
{
	uint32_t kernel = (uint32_t)blob_size(t->kernel);
	uint32_t rootfs = (uint32_t)blob_size(t->rootfs);
	int32_t over;

	if (t->rootfs_align)
		return place_aligned(t, kernel, rootfs);
	over = beyond(kernel, (uint64_t)t->rootfs_at - TPLINK_HEADER);
	if (over > 0)
		return too_big(t, t->kernel_too_big, over);
	over = beyond(rootfs, (uint64_t)t->layout->size - t->reserved - t->rootfs_at);
	if (over > 0)
		return too_big(t, t->rootfs_too_big, over);
	return 0;
}

int tplink_read_inputs(struct tplink *t)
{
	if (!t->kernel_name.p)
		return tplink_fail(t->run, "no kernel image specified");
	t->kernel = tplink_read(t->run, t->kernel_name);
	if (!t->kernel)
		return TPLINK_ERROR;
	if (t->combined && t->layout && blob_size(t->kernel) > t->layout->size - TPLINK_HEADER)
		return tplink_fail(t->run, "kernel image is too big");
	if (t->combined)
		return 0;
	if (!t->rootfs_name.p)
		return tplink_fail(t->run, "no rootfs image specified");
	t->rootfs = tplink_read(t->run, t->rootfs_name);
	return t->rootfs ? place(t) : TPLINK_ERROR;
}

/* --- write --- */

static void put_address(const struct tplink *t, unsigned char *p, uint32_t v)
{
	if (t->little)
		put_le32(p, v);
	else
		put_be32(p, v);
}

void tplink_put_block(const struct tplink *t, unsigned char *header)
{
	unsigned char *p = header + t->format->block;

	if (t->layout) {
		memcpy(p + TPLINK_DIGEST, t->format->salt, sizeof(t->format->salt));
		put_be32(p + TPLINK_TOTAL, t->layout->size);
	}
	put_be32(p + TPLINK_UNKNOWN2, 0);
	put_address(t, p + TPLINK_LOAD, t->load);
	put_address(t, p + TPLINK_ENTRY, t->entry);
	put_be32(p + TPLINK_KERNEL_AT, TPLINK_HEADER);
	put_be32(p + TPLINK_KERNEL_SIZE, (uint32_t)blob_size(t->kernel));
	if (t->rootfs) {
		put_be32(p + TPLINK_ROOTFS_AT, t->rootfs_at);
		put_be32(p + TPLINK_ROOTFS_SIZE, (uint32_t)blob_size(t->rootfs));
	}
	put_be32(p + TPLINK_BOOT_AT, 0);
	put_be32(p + TPLINK_BOOT_SIZE, 0);
}

/* 0xff up to the offset AT of the image, header counted. */
static void fill_to(struct blob **body, uint64_t at)
{
	uint64_t now = blob_size(*body) + TPLINK_HEADER;

	if (now < at)
		firmware_join(body, blob_run(0xff, at - now));
}

static void add_marks(struct blob **body, uint64_t most)
{
	uint64_t len = blob_size(*body) + TPLINK_HEADER;
	uint32_t mask = (4 | 64) * 1024;

	while (len < most && mask) {
		len = jffs2_next_mark(len, &mask);
		fill_to(body, len);
		firmware_join(body, blob_copy(jffs2_end_mark, sizeof(jffs2_end_mark)));
		len += sizeof(jffs2_end_mark);
	}
}

/* All behind the header. */
static struct blob *make_body(struct tplink *t)
{
	struct blob *body = blob_ref(t->kernel), *cut;
	uint64_t size = t->layout ? t->layout->size : 0;

	if (!t->rootfs)
		return body;
	fill_to(&body, t->rootfs_at);
	firmware_join(&body, blob_ref(t->rootfs));
	if (t->marks)
		add_marks(&body, size);
	if (t->strip)
		return body;
	fill_to(&body, size);
	cut = blob_slice(body, 0, size - TPLINK_HEADER);
	blob_unref(body);
	return cut;
}

static struct blob *with_header(const unsigned char *header, struct blob *body)
{
	struct blob *image = blob_copy(header, TPLINK_HEADER);

	firmware_join(&image, blob_ref(body));
	return image;
}

int tplink_finish(struct tplink *t, unsigned char *header)
{
	struct blob *body = make_body(t), *image = with_header(header, body);
	int err;

	if (t->layout) {
		digest_blob(&digest_md5, image, header + t->format->block + TPLINK_DIGEST);
		blob_unref(image);
		image = with_header(header, body);
	}
	blob_unref(body);
	err = tool_write(t->run, t->out, ": ", "", image);
	if (!err)
		buf_fmt(t->run->err, "[%.*s] firmware file \"%.*s\" completed\n",
			STR_ARG(firmware_name(t->run)), STR_ARG(t->out));
	return err;
}

void tplink_free(struct tplink *t)
{
	blob_unref(t->kernel);
	blob_unref(t->rootfs);
	t->kernel = t->rootfs = NULL;
}
