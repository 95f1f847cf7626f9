/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sercomm-partition-tag: a partition in Sercomm's updates for Broadcom devices; each field is text
 * with NULs behind.
 *
 *  0 32  name	32 32  size in bytes, decimal	64 32  version	96 32  not used	128 32 rootfs
 * version
 *
 * The partition follows, and then the next tag. Source: OpenWrt's scripts/sercomm-partition-tag.py.
 */
#include "firmware/internal.h"

enum { FIELD = 32, SIZE = 32, VERSION = 64, UNUSED = 96, ROOTFS = 128, HEADER = 160,
       MOST = 16 /* partitions, by us */ };

static const struct opt options[] = {
	{'i', "input-file", OPT_VALUE, NULL},	  {'o', "output-file", OPT_VALUE, NULL},
	{'n', "part-name", OPT_VALUE, NULL},	  {'v', "part-version", OPT_VALUE, NULL},
	{'r', "rootfs-version", OPT_VALUE, NULL}, {0, NULL, OPT_NONE, NULL},
};

static int sercomm_partition_tag_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char header[HEADER] = {0};
	struct blob *b;

	if (!python_options(run, options, &o) || o.operands.n || !python_text(o.value['n']) ||
	    !python_text(o.value['v']) || (o.value['r'].n && !python_text(o.value['r'])) ||
	    !o.value['o'].n)
		return -1;
	b = python_read(run, o.value['i']);
	if (!b)
		return -1;
	tool_put_text(header, FIELD, o.value['n']);
	tool_put_text(header + SIZE, FIELD,
		      str_fmt(run->mem, "%llu", (unsigned long long)blob_size(b)));
	tool_put_text(header + VERSION, FIELD, o.value['v']);
	tool_put_text(header + ROOTFS, FIELD, o.value['r']);
	if (python_write_behind(run, o.value['o'], header, HEADER, b) != 0)
		return -1;
	python_put_bytes(run->out, header, HEADER);
	buf_char(run->out, '\n');
	return 0;
}

struct partition {
	struct str name, version, rootfs;
	uint64_t size;
};

/* Is there a tag at AT, which is the I-th? */
static bool read_tag(struct str image, size_t i, size_t at, struct partition *p)
{
	struct str h = str_sub(image, at, HEADER), nothing;

	return i < MOST && h.n == HEADER && tool_field(str_sub(h, 0, FIELD), &p->name) &&
	       p->name.n && tool_decimal_field(str_sub(h, SIZE, FIELD), &p->size) &&
	       p->size <= UINT32_MAX && tool_field(str_sub(h, VERSION, FIELD), &p->version) &&
	       p->version.n && tool_field(str_sub(h, UNUSED, FIELD), &nothing) && !nothing.n &&
	       tool_field(str_sub(h, ROOTFS, FIELD), &p->rootfs);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct partition p;
	size_t at = 0;

	if (!read_tag(image, 0, 0, &p))
		return false;
	for (size_t i = 0; read_tag(image, i, at, &p); i++) {
		at += HEADER;
		tool_check_size(v, p.size, image.n - at);
		at += p.size < image.n - at ? (size_t)p.size : image.n - at;
	}
	v->extent = at;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct partition p;
	size_t at = 0;

	for (size_t i = 0; read_tag(image, i, at, &p); i++) {
		at += HEADER;
		firmware_put_field(v, "partition", "%.*s, %llu bytes at %zu, version %.*s%s%.*s",
				   STR_ARG(p.name), (unsigned long long)p.size, at,
				   STR_ARG(p.version), p.rootfs.n ? ", rootfs " : "",
				   STR_ARG(p.rootfs));
		at += p.size < image.n - at ? (size_t)p.size : image.n - at;
	}
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct partition p;
	size_t at = 0;

	for (size_t i = 0; read_tag(image, i, at, &p); i++) {
		firmware_put_part(v, p.name, at + HEADER, p.size);
		at += HEADER;
		at += p.size < image.n - at ? (size_t)p.size : image.n - at;
	}
}

static const char *const texts[] = {
	/* 21.02 to main of 2026 */
	"22563ed5461160cf2977fe1fdd38263de02b9394b5316998316dab9db13c90c4",
	NULL,
};

const struct firmware firmware_sercomm_partition_tag = {
	.name = "sercomm-partition-tag",
	.format = "Sercomm partitions",
	.script = "sercomm-partition-tag.py",
	.texts = texts,
	.help = "sercomm-partition-tag --input-file FILE --output-file FILE --part-name NAME\n"
		"  --part-version VERSION [--rootfs-version VERSION]\n",
	.write = sercomm_partition_tag_write,
	.check = check,
	.show = show,
	.parts = parts,
};
