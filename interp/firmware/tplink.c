/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What TP-Link's v1 (mktplinkfw.c) and v2/v3 (mktplinkfw2.c) images share: header, kernel, 0xff up
 * to the root file system, markers behind it, 0xff up to the size of the flash layout; and an MD5
 * over all of it with a salt in the digest's place. Source: firmware-utils, mktplinkfw-lib.
 */
#include "firmware/tplink.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "digest/digest.h"

const struct tplink_layout *tplink_find_layout(const struct tplink_layout *layouts, struct str id)
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

/* The difference as the tools compute it, in 32 bits. */
static int32_t beyond(uint64_t is, uint64_t most)
{
	return (int32_t)(uint32_t)(is - most);
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
		return tplink_fail(t->run, "images are too big by %i bytes", over);
	return 0;
}

int tplink_place(struct tplink *t)
{
	uint32_t kernel = (uint32_t)blob_size(t->kernel), rootfs;
	int32_t over;

	if (!t->rootfs)
		return 0;
	rootfs = (uint32_t)blob_size(t->rootfs);
	if (t->rootfs_align)
		return place_aligned(t, kernel, rootfs);
	over = beyond(kernel, (uint64_t)t->rootfs_at - TPLINK_HEADER);
	if (over > 0)
		return tplink_fail(t->run, "%s too big by %i bytes", t->kernel_too_big, over);
	over = beyond(rootfs, (uint64_t)t->layout->size - t->reserved - t->rootfs_at);
	if (over > 0)
		return tplink_fail(t->run, "%s too big by %i bytes", t->rootfs_too_big, over);
	return 0;
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

int tplink_finish(struct tplink *t, unsigned char *header, size_t digest_at, struct str path)
{
	struct blob *body = make_body(t), *image = with_header(header, body);
	int err;

	if (digest_at) {
		digest_blob(&digest_md5, image, header + digest_at);
		blob_unref(image);
		image = with_header(header, body);
	}
	blob_unref(body);
	err = t->run->write(t->run, path, image);
	blob_unref(image);
	if (err) {
		tplink_fail(t->run, "could not open \"%.*s\" for writing: %s", STR_ARG(path),
			    strerror(-err));
		return 1;
	}
	buf_fmt(t->run->err, "[%.*s] firmware file \"%.*s\" completed\n",
		STR_ARG(firmware_name(t->run)), STR_ARG(path));
	return 0;
}

void tplink_free(struct tplink *t)
{
	blob_unref(t->kernel);
	blob_unref(t->rootfs);
	t->kernel = t->rootfs = NULL;
}

/* --- read --- */

void tplink_digest(struct arena *mem, struct str image, size_t digest_at,
		   const unsigned char *salt, unsigned char *out)
{
	void *state = arena_alloc(mem, digest_md5.state);
	size_t behind = digest_at + digest_md5.size;

	digest_md5.begin(state);
	digest_md5.update(state, image.p, digest_at);
	digest_md5.update(state, salt, digest_md5.size);
	digest_md5.update(state, image.p + behind, image.n - behind);
	digest_md5.end(state, out);
}

void tplink_print_size(struct buf *out, const char *label, uint32_t v)
{
	buf_fmt(out, "%-23s: 0x%08x / %8u bytes\n", label, v, v);
}

void tplink_print_hex(struct buf *out, const char *label, uint32_t v)
{
	buf_fmt(out, "%-23s: 0x%08x\n", label, v);
}

void tplink_print_text(struct buf *out, const char *label, struct str text)
{
	buf_fmt(out, "%-23s: %.*s\n", label, STR_ARG(text));
}

void tplink_print_digest(struct buf *out, const char *label, const unsigned char *v,
			 const char *text)
{
	buf_fmt(out, "%-23s:", label);
	for (size_t i = 0; i < digest_md5.size; i++)
		buf_fmt(out, " %02x", v[i]);
	buf_fmt(out, " %s\n", text);
}

void tplink_print_check(struct buf *out, const unsigned char *stored, const unsigned char *computed)
{
	bool same = memcmp(stored, computed, digest_md5.size) == 0;

	tplink_print_digest(out, "Header MD5Sum1", stored, same ? "(ok)" : "(*ERROR*)");
	if (!same)
		tplink_print_digest(out, "          --> expected", computed, "");
}

void tplink_extract(struct firmware_run *run, struct str image, struct str file, const char *what,
		    uint32_t offset, uint32_t n)
{
	struct str path = str_fmt(run->mem, "%.*s-%s", STR_ARG(file), what);
	struct str bytes = str_sub(image, offset, n);
	struct blob *b = blob_copy(bytes.p, bytes.n);
	int err;

	buf_fmt(run->out, "Extracting %s to \"%.*s\"...\n", what, STR_ARG(path));
	err = run->write(run, path, b);
	if (err)
		tplink_fail(run, "error in fopen(): %s", strerror(-err));
	blob_unref(b);
}
