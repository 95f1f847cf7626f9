/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tplink-mkimage-2022 --create: image of TP-Link's access points of 2022 (EAP610-Outdoor), big
 * endian.
 *
 * 0x0000  4  size of all		0x0004 16 MD5 from here to the end, with the salt here
 * 0x0014  4096 bytes 0xff		0x1014  4 size of the rootfs		0x1018 4 number of
 * items (2) 0x101c 44  each: 4 kind, 32 name, 4 offset, 4 size; offsets count from 0x1814 0x1814
 * the rootfs, then the items: "support-list" is text with lines that end with CR LF, "soft-version"
 * 16 bytes that are always the same
 *
 * Showing and taking apart (--info, --extract) are the script's. Source: OpenWrt's
 * scripts/tplink-mkimage-2022.py.
 */
#include "digest/digest.h"
#include "firmware/internal.h"

enum {
	MD5 = 4,
	FILL = 0x14,
	ROOTFS_SIZE = 0x1014,
	N_ITEMS = 0x1018,
	ITEMS = 0x101c,
	ITEM = 44,
	NAME = 4,
	NAME_SIZE = 32,
	OFFSET = 36,
	SIZE = 40,
	HEADER = 0x1814,
	MOST_ITEMS = (HEADER - ITEMS) / ITEM,
	MOST_LINES = 64 /* shown */
};

static const unsigned char salt[16] = {0x7a, 0x2b, 0x15, 0xed, 0x9b, 0x98, 0x59, 0x6d,
				       0xe5, 0x04, 0xab, 0x44, 0xac, 0x2a, 0x9f, 0x4e};
static const unsigned char soft_version[16] = {0xff, 1, 0,    0,    2, 2, 2, 2,
					       0,    0, 0x75, 0x30, 0, 0, 0, 1};

static const struct opt options[] = {
	{'c', "create", OPT_NONE, NULL},
	{'r', "rootfs", OPT_VALUE, NULL},
	{'s', "support", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

/* The four characters \r\n, and a blank behind them, are an end of line. */
static struct str support_list(struct arena *mem, struct str text)
{
	struct buf b = buf_new(mem);
	ptrdiff_t at;

	while ((at = str_find(text, S("\\r\\n"))) >= 0) {
		buf_str(&b, str_sub(text, 0, (size_t)at));
		buf_z(&b, "\r\n");
		text = str_from(text, (size_t)at + 4);
		if (str_starts(text, S(" ")))
			text = str_from(text, 1);
	}
	buf_str(&b, text);
	return buf_view(&b);
}

static void put_item(unsigned char *p, uint32_t kind, const char *name, uint64_t offset,
		     size_t size)
{
	put_be32(p, kind);
	tool_put_text(p + NAME, NAME_SIZE, str_z(name));
	put_be32(p + OFFSET, (uint32_t)offset);
	put_be32(p + SIZE, (uint32_t)size);
}

/* MD5 of the header H from its field on, with the salt there, and of what follows. */
static void md5_begin(unsigned char *state, const unsigned char *h)
{
	digest_md5.begin(state);
	digest_md5.update(state, salt, sizeof(salt));
	digest_md5.update(state, h + FILL, HEADER - FILL);
}

static void put_md5(unsigned char *state, unsigned char *h, const struct blob *b)
{
	uint64_t pos = 0;
	struct str span;

	md5_begin(state, h);
	while (blob_next(b, &pos, &span))
		digest_md5.update(state, span.p, span.n);
	digest_md5.end(state, h + MD5);
}

static int tplink_mkimage_2022_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char *h = arena_array(run->mem, unsigned char, HEADER);
	struct str support, out;
	struct blob *b;
	uint64_t n;

	if (!python_options(run, options, &o) || !o.value['c'].p || o.operands.n != 1 ||
	    !python_text(o.value['s']) || str_eq(o.operands.p[0], o.value['r']))
		return -1;
	out = o.operands.p[0];
	b = python_read(run, o.value['r']);
	if (!b)
		return -1;
	support = support_list(run->mem, o.value['s']);
	n = blob_size(b);
	if (HEADER + n + support.n + sizeof(soft_version) > UINT32_MAX) {
		blob_unref(b);
		return -1;
	}
	memset(h, 0, HEADER);
	put_be32(h, (uint32_t)(HEADER + n + support.n + sizeof(soft_version)));
	memset(h + FILL, 0xff, ROOTFS_SIZE - FILL);
	put_be32(h + ROOTFS_SIZE, (uint32_t)n);
	put_be32(h + N_ITEMS, 2);
	put_item(h + ITEMS, 0, "support-list", n, support.n);
	put_item(h + ITEMS + ITEM, 1, "soft-version", n + support.n, sizeof(soft_version));
	firmware_join(&b, blob_copy(support.p, support.n));
	firmware_join(&b, blob_copy(soft_version, sizeof(soft_version)));
	put_md5(arena_array(run->mem, unsigned char, digest_md5.state), h, b);
	return python_write_behind(run, out, h, HEADER, b);
}

static bool is_filled(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != 0xff)
			return false;
	return true;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), all;
	const unsigned char *p = (const unsigned char *)image.p;
	unsigned char md5[16], *state;

	if (image.n < HEADER || !is_filled(p + FILL, ROOTFS_SIZE - FILL) ||
	    get_be32(p + N_ITEMS) > MOST_ITEMS || !get_be32(p + N_ITEMS) || get_be32(p) < HEADER)
		return false;
	all = str_sub(image, 0, get_be32(p));
	tool_check_size(v, get_be32(p), all.n);
	state = arena_array(v->mem, unsigned char, digest_md5.state);
	md5_begin(state, p);
	digest_md5.update(state, p + HEADER, all.n - HEADER);
	digest_md5.end(state, md5);
	firmware_compare(v, "MD5", p + MD5, md5, sizeof(md5));
	v->extent = all.n;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	size_t lines = 0;

	firmware_put_field(v, "rootfs", "%u bytes", get_be32(p + ROOTFS_SIZE));
	for (uint32_t i = 0; i < get_be32(p + N_ITEMS); i++) {
		const unsigned char *item = p + ITEMS + i * ITEM;
		struct str name = firmware_text(v, item + NAME, NAME_SIZE);
		struct str bytes =
		    str_sub(image, (size_t)HEADER + get_be32(item + OFFSET), get_be32(item + SIZE));

		firmware_put_field(v, "item", "%.*s, %u bytes", STR_ARG(name),
				   get_be32(item + SIZE));
		if (str_is(name, "support-list"))
			for (struct str line; str_split(&bytes, '\n', &line);)
				if (str_trim(line).n && lines++ < MOST_LINES)
					firmware_put_field(
					    v, "support", "%.*s",
					    STR_ARG(firmware_text(v, line.p, str_trim(line).n)));
	}
}

static void parts(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_part(v, S("rootfs"), HEADER, get_be32(p + ROOTFS_SIZE));
	for (uint32_t i = 0; i < get_be32(p + N_ITEMS); i++) {
		const unsigned char *item = p + ITEMS + i * ITEM;

		firmware_put_part(v, firmware_text(v, item + NAME, NAME_SIZE),
				  (uint64_t)HEADER + get_be32(item + OFFSET),
				  get_be32(item + SIZE));
	}
}

static const char *const texts[] = {
	/* 24.10 to main of 2026 */
	"76e1ee385c86c670fca671a2a93feaf26f816bea40142cbf54fbae486856ce51",
	NULL,
};

const struct firmware firmware_tplink_mkimage_2022 = {
	.name = "tplink-mkimage-2022",
	.format = "TP-Link 2022 image",
	.script = "tplink-mkimage-2022.py",
	.texts = texts,
	.help = "tplink-mkimage-2022 --create OUT --rootfs FILE --support TEXT\n",
	.write = tplink_mkimage_2022_write,
	.check = check,
	.show = show,
	.parts = parts,
};
