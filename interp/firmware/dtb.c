/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device tree blob, version 17, big endian: 0 magic 0xd00dfeed, 4 size, then the offsets of the
 * structure, the strings and the reserved memory. Source: Devicetree Specification. Made by dtc;
 * here: check and show. A tree with /images is fit.c's.
 */
#include "firmware/uboot.h"

#include <libfdt.h>
#include <string.h>

static bool check(struct firmware_view *v)
{
	const void *tree = firmware_tree(v);

	if (!tree || fdt_path_offset(tree, "/images") >= 0)
		return false;
	v->extent = fdt_totalsize(tree);
	firmware_good(v, "a whole tree of %u bytes", fdt_totalsize(tree));
	return true;
}

static void show(struct firmware_view *v)
{
	const void *tree = firmware_tree(v);
	int len;
	const char *p = fdt_getprop(tree, 0, "model", &len);
	struct str text;

	if (p) {
		text = firmware_text(v, p, (size_t)len);
		firmware_put_field(v, "model", "%.*s", STR_ARG(text));
	}
	for (int i = 0; i < 16; i++) {
		p = fdt_stringlist_get(tree, 0, "compatible", i, &len);
		if (!p)
			return;
		text = firmware_text(v, p, (size_t)len);
		firmware_put_field(v, "compatible", "%.*s", STR_ARG(text));
	}
}

const struct firmware firmware_dtb = {
    .name = "dtb",
    .format = "device tree",
    .check = check,
    .show = show,
    .strong = true,
    .magic = "\xd0\x0d\xfe\xed",
    .n_magic = 4,
};
