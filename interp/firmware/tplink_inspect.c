/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is read of TP-Link's v1 (mktplinkfw.c) and v2/v3 (mktplinkfw2.c) images: the lines of -i,
 * the parts for -x, and what their check and show have in common. Source: firmware-utils.
 */
#include "firmware/tplink.h"

#include <string.h>

#include "digest/digest.h"

/* The MD5 of IMAGE with the salt in the digest's place. */
static void compute_digest(struct arena *mem, const struct tplink_format *format, struct str image,
			   unsigned char *out)
{
	const unsigned char *block = (const unsigned char *)image.p + format->block;
	size_t at = format->block + TPLINK_DIGEST, behind = at + digest_md5.size;
	void *state = arena_alloc(mem, digest_md5.state);

	digest_md5.begin(state);
	digest_md5.update(state, image.p, at);
	digest_md5.update(state,
			  get_be32(block + TPLINK_BOOT_SIZE) ? format->boot_salt : format->salt,
			  digest_md5.size);
	digest_md5.update(state, image.p + behind, image.n - behind);
	digest_md5.end(state, out);
}

/* --- -i and -x --- */

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

static void print_digest(struct buf *out, const char *label, const unsigned char *v,
			 const char *text)
{
	buf_fmt(out, "%-23s:", label);
	for (size_t i = 0; i < digest_md5.size; i++)
		buf_fmt(out, " %02x", v[i]);
	buf_fmt(out, " %s\n", text);
}

void tplink_print_digests(const struct tplink *t, struct str image)
{
	const unsigned char *p = (const unsigned char *)image.p + t->format->block;
	struct buf *out = t->run->out;
	unsigned char digest[16];
	bool same;

	compute_digest(t->run->mem, t->format, image, digest);
	same = memcmp(p + TPLINK_DIGEST, digest, sizeof(digest)) == 0;
	print_digest(out, "Header MD5Sum1", p + TPLINK_DIGEST, same ? "(ok)" : "(*ERROR*)");
	if (!same)
		print_digest(out, "          --> expected", digest, "");
	/* The tools do not turn its bytes round. */
	if (get_be32(p + TPLINK_UNKNOWN2))
		tplink_print_size(out, "Unknown value 2", get_le32(p + TPLINK_UNKNOWN2));
	print_digest(out, "Header MD5Sum2", p + TPLINK_DIGEST2,
		     "(purpose yet unknown, unchecked here)");
}

void tplink_print_places(const struct tplink *t, const unsigned char *h)
{
	static const struct {
		const char *label;
		size_t at;
		bool size;
	} rows[] = {
		{"Kernel data offset", TPLINK_KERNEL_AT, true},
		{"Kernel data length", TPLINK_KERNEL_SIZE, true},
		{"Kernel load address", TPLINK_LOAD, false},
		{"Kernel entry point", TPLINK_ENTRY, false},
		{"Rootfs data offset", TPLINK_ROOTFS_AT, true},
		{"Rootfs data length", TPLINK_ROOTFS_SIZE, true},
		{"Boot loader data offset", TPLINK_BOOT_AT, true},
		{"Boot loader data length", TPLINK_BOOT_SIZE, true},
		{"Total firmware length", TPLINK_TOTAL, true},
	};
	const unsigned char *p = h + t->format->block;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		(rows[i].size ? tplink_print_size : tplink_print_hex)(
		    t->run->out, rows[i].label, get_be32(p + rows[i].at));
}

/* The part whose place and size are at P, to IMAGE's name with "-WHAT" behind it. */
static void extract_part(const struct tplink *t, struct str image, const char *what,
			 const unsigned char *p)
{
	struct str path = str_fmt(t->run->mem, "%.*s-%s", STR_ARG(t->inspect), what);
	struct str bytes = str_sub(image, get_be32(p), get_be32(p + 4));
	int err;

	buf_fmt(t->run->out, "Extracting %s to \"%.*s\"...\n", what, STR_ARG(path));
	err = tool_put(t->run, path, blob_copy(bytes.p, bytes.n));
	if (err)
		tplink_fail(t->run, "error in fopen(): %s", strerror(-err));
}

void tplink_extract(const struct tplink *t, struct str image)
{
	const unsigned char *p = (const unsigned char *)image.p + t->format->block;

	buf_char(t->run->out, '\n');
	extract_part(t, image, "kernel", p + TPLINK_KERNEL_AT);
	extract_part(t, image, "rootfs", p + TPLINK_ROOTFS_AT);
}

/* --- check and show --- */

void tplink_check_place(struct firmware_view *v, const char *what, const unsigned char *p)
{
	uint32_t at = get_be32(p), size = get_be32(p + 4);
	size_t n = firmware_bytes(v).n;

	if ((uint64_t)at + size > n)
		firmware_bad(v, "%s at %u of %u bytes reaches out of the file of %zu bytes", what,
			     at, size, n);
}

void tplink_check_digest(struct firmware_view *v, const struct tplink_format *format)
{
	struct str image = firmware_bytes(v), payload;
	const unsigned char *stored =
	    (const unsigned char *)image.p + format->block + TPLINK_DIGEST;
	unsigned char digest[16];

	compute_digest(v->mem, format, image, digest);
	if (memcmp(digest, stored, sizeof(digest)) != 0) {
		/* Metadata comes behind the finished image. */
		payload = str_sub(image, 0, fwtool_payload(image));
		if (payload.n != image.n && payload.n >= TPLINK_HEADER)
			compute_digest(v->mem, format, payload, digest);
	}
	firmware_compare(v, "MD5", stored, digest, sizeof(digest));
}

void tplink_show_places(struct firmware_view *v, const unsigned char *p)
{
	firmware_put_field(v, "load address", "0x%08x", get_be32(p + TPLINK_LOAD));
	firmware_put_field(v, "entry point", "0x%08x", get_be32(p + TPLINK_ENTRY));
	firmware_put_field(v, "kernel", "%u bytes at %u", get_be32(p + TPLINK_KERNEL_SIZE),
			   get_be32(p + TPLINK_KERNEL_AT));
	firmware_put_field(v, "rootfs", "%u bytes at %u", get_be32(p + TPLINK_ROOTFS_SIZE),
			   get_be32(p + TPLINK_ROOTFS_AT));
	firmware_put_field(v, "image size", "%u", get_be32(p + TPLINK_TOTAL));
}

void tplink_put_parts(struct firmware_view *v, const unsigned char *p)
{
	uint32_t rootfs = get_be32(p + TPLINK_ROOTFS_AT);

	firmware_put_part(v, S("kernel"), get_be32(p + TPLINK_KERNEL_AT),
			  get_be32(p + TPLINK_KERNEL_SIZE));
	if (rootfs >= TPLINK_HEADER)
		firmware_put_part(v, S("rootfs"), rootfs, get_be32(p + TPLINK_ROOTFS_SIZE));
}
