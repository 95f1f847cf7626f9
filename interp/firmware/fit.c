/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flattened image tree (FIT): a device tree blob (version 17, big endian) with
 *
 *   /                    description, timestamp
 *   /images/NAME         type, arch, os, compression, load, entry, and either data, or data-size
 *                        with data-offset (from the end of the tree, rounded up to 4) or
 *                        data-position (from the start of the file)
 *   /images/NAME/hash*   algo, value: digest of the image's data
 *   /configurations/...  which images belong together; default names one
 *
 * Here: reading, verifying and printing. Writing is in fit_build.c.
 * Source: U-Boot doc/usage/fit/source_file_format.rst, mkimage 2023.01.
 */
#include "firmware/uboot.h"

#include <libfdt.h>
#include <string.h>

#include "digest/digest.h"

enum { FDT_SMALLEST = 40, OLDEST_VERSION = 16 };

const void *fit_tree(struct arena *mem, struct str image)
{
	const unsigned char *p = (const unsigned char *)image.p;
	const void *tree = p;
	uint32_t total;

	if (image.n < FDT_SMALLEST || get_be32(p) != FDT_MAGIC)
		return NULL;
	total = get_be32(p + 4);
	/* Before version 16 names are paths; fdt_check_full of libfdt 1.6 follows a null pointer
	 * where one has no slash. */
	if (total < FDT_SMALLEST || total > image.n || get_be32(p + 20) < OLDEST_VERSION)
		return NULL;
	if ((uintptr_t)p % 8)
		tree = arena_dup(mem, p, total);
	return fdt_check_full(tree, total) == 0 ? tree : NULL;
}

/* Would libfdt find its end? Cheap, and asked before bytes are copied. */
static bool has_end(struct str image)
{
	const unsigned char *p = (const unsigned char *)image.p;
	uint64_t total, end;

	if (image.n < FDT_SMALLEST || get_be32(p) != FDT_MAGIC)
		return false;
	total = get_be32(p + 4);
	end = (uint64_t)get_be32(p + 8) + get_be32(p + 36);
	return total <= image.n && end <= total && end >= FDT_SMALLEST && end % 4 == 0 &&
	       get_be32(p + end - 4) == FDT_END;
}

const void *firmware_tree(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);

	if (!v->tree && has_end(image) &&
	    firmware_spend(v, get_be32((const unsigned char *)image.p + 4)))
		v->tree = fit_tree(v->mem, image);
	return v->tree;
}

static uint32_t crc16_ccitt(struct str data)
{
	uint32_t crc = 0;

	for (size_t i = 0; i < data.n; i++) {
		crc ^= (uint32_t)(unsigned char)data.p[i] << 8;
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 0x8000 ? (crc << 1 ^ 0x1021) & 0xffff : crc << 1;
	}
	return crc;
}

size_t fit_hash(const char *algo, struct str data, unsigned char *out)
{
	static const char *const known[] = {"md5", "sha1", "sha256", "sha384", "sha512"};

	if (strcmp(algo, "crc32") == 0) {
		put_be32(out, digest_crc32(0, data.p, data.n));
		return 4;
	}
	if (strcmp(algo, "crc16-ccitt") == 0) {
		put_be16(out, (uint16_t)crc16_ccitt(data));
		return 2;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const struct digest *d;

		if (strcmp(algo, known[i]) != 0)
			continue;
		d = digest_find(str_z(algo));
		if (!d)
			return 0;
		digest_bytes(d, data.p, data.n, out);
		return d->size;
	}
	return 0;
}

/*
 * A property that is a string, NULL when it is not there. What has no NUL has one behind it: the
 * padding's, or the first byte of the next token.
 */
static const char *string(const void *tree, int node, const char *name)
{
	return fdt_getprop(tree, node, name, NULL);
}

static bool cell(const void *tree, int node, const char *name, uint32_t *out)
{
	int len;
	const unsigned char *p = fdt_getprop(tree, node, name, &len);

	if (!p || len != 4)
		return false;
	*out = get_be32(p);
	return true;
}

bool fit_data(const void *tree, struct str image, int node, struct str *data)
{
	uint32_t at, size;
	uint64_t offset;
	int len;
	const char *p;

	if (cell(tree, node, "data-position", &at))
		offset = at;
	else if (cell(tree, node, "data-offset", &at))
		offset = (uint64_t)at + ((fdt_totalsize(tree) + 3) & ~3u);
	else {
		p = fdt_getprop(tree, node, "data", &len);
		*data = (struct str){p, p ? (size_t)len : 0};
		return p != NULL;
	}
	if (!cell(tree, node, "data-size", &size) || offset + size > image.n)
		return false;
	*data = str_sub(image, offset, size);
	return true;
}

/* The size of image NODE's data, wherever they are; false when nothing says it. */
static bool data_size(const void *tree, int node, uint32_t *size)
{
	int len;

	if (cell(tree, node, "data-position", size) || cell(tree, node, "data-offset", size))
		return cell(tree, node, "data-size", size);
	if (!fdt_getprop(tree, node, "data", &len))
		return false;
	*size = (uint32_t)len;
	return true;
}

static bool has_unit_address(const void *tree)
{
	for (int node = 0; node >= 0; node = fdt_next_node(tree, node, NULL)) {
		const char *name = fdt_get_name(tree, node, NULL);

		if (name && strchr(name, '@'))
			return true;
	}
	return false;
}

bool fit_verify(struct arena *mem, struct str image, struct buf *err)
{
	const void *tree = fit_tree(mem, image);

	if (!tree)
		return false;
	if (err && has_unit_address(tree)) {
		buf_z(err, "Image contains unit addresses @, this will break signing\n");
		return true;
	}
	return fdt_getprop(tree, 0, "description", NULL) &&
	       fdt_getprop(tree, 0, "timestamp", NULL) && fdt_path_offset(tree, "/images") >= 0;
}

/* --- print --- */

struct printer {
	struct buf *out;
	const void *tree;
};

static void line(struct printer *p, const char *label, const char *value)
{
	buf_fmt(p->out, "%s%s\n", label, value ? value : "unavailable");
}

static void print_time(struct printer *p, int node, const char *label)
{
	uint32_t t;

	buf_z(p->out, label);
	if (cell(p->tree, node, "timestamp", &t))
		uboot_put_time(p->out, t);
	else
		buf_z(p->out, "unavailable\n");
}

static void print_hash(struct printer *p, int node, const char *kind)
{
	const char *algo = string(p->tree, node, "algo");
	const char *key = string(p->tree, node, "key-name-hint");
	int len;
	const unsigned char *value;

	buf_fmt(p->out, "  %s algo:    %s", kind, algo ? algo : "invalid/unsupported\n");
	if (!algo)
		return;
	if (key)
		buf_fmt(p->out, ":%s", key);
	if (fdt_getprop(p->tree, node, "required", NULL))
		buf_z(p->out, " (required)");
	buf_char(p->out, '\n');
	if (string(p->tree, node, "padding"))
		buf_fmt(p->out, "  %s padding: %s\n", kind, string(p->tree, node, "padding"));
	value = fdt_getprop(p->tree, node, "value", &len);
	buf_fmt(p->out, "  %s value:   %s", kind, value ? "" : "unavailable");
	for (int i = 0; value && i < len; i++)
		buf_fmt(p->out, "%02x", value[i]);
	buf_char(p->out, '\n');
	if (key)
		print_time(p, node, "  Timestamp:    ");
}

static void print_hashes(struct printer *p, int node)
{
	int sub;

	fdt_for_each_subnode(sub, p->tree, node) {
		const char *name = fdt_get_name(p->tree, sub, NULL);

		if (strncmp(name, "hash", 4) == 0)
			print_hash(p, sub, "Hash");
		else if (strncmp(name, "signature", 9) == 0)
			print_hash(p, sub, "Sign");
	}
}

/* The number behind a name property; -1 when it is not there or not known. */
static int named(struct printer *p, int node, const char *property, const struct uboot_names *names)
{
	const char *z = string(p->tree, node, property);

	return z ? uboot_find(names, str_z(z)) : -1;
}

/* The value of NAME's cells; false when it is not there, or, after a line of output, too large. */
static bool address(struct printer *p, int node, const char *name, uint64_t *out)
{
	int len;
	const unsigned char *cells = fdt_getprop(p->tree, node, name, &len);

	*out = 0;
	for (int i = 0; cells && i + 4 <= len; i += 4)
		*out = *out << 32 | get_be32(cells + i);
	if (!cells)
		return false;
	if (len <= 8 || *out >> 32 == 0)
		return true;
	buf_fmt(p->out, "Unsupported %s address size\n", name);
	return false;
}

static void print_address(struct printer *p, int node, const char *label, const char *property)
{
	uint64_t v;

	if (address(p, node, property, &v))
		buf_fmt(p->out, "%s0x%08llx\n", label, (unsigned long long)v);
	else
		line(p, label, NULL);
}

enum { ARCH = 1, OS = 2, LOAD = 4, ENTRY = 8 };

/* Which lines a type has. */
static int lines_of(int type)
{
	enum { FPGA = 29 };

	switch (type) {
	case UBOOT_TYPE_KERNEL:
	case UBOOT_TYPE_RAMDISK: return ARCH | OS | LOAD | ENTRY;
	case UBOOT_TYPE_FIRMWARE: return ARCH | OS | LOAD;
	case UBOOT_TYPE_STANDALONE: return ARCH | LOAD | ENTRY;
	case UBOOT_TYPE_FLATDT: return ARCH;
	case FPGA: return LOAD;
	default: return 0;
	}
}

static void print_image(struct printer *p, int node)
{
	int type = named(p, node, "type", &uboot_type), lines = lines_of(type);
	int comp = string(p->tree, node, "compression") ? named(p, node, "compression", &uboot_comp)
							: UBOOT_COMP_NONE;
	uint64_t load;
	uint32_t size;

	line(p, "  Description:  ", string(p->tree, node, "description"));
	print_time(p, 0, "  Created:      ");
	line(p, "  Type:         ", uboot_title(&uboot_type, type));
	line(p, "  Compression:  ", uboot_title(&uboot_comp, comp));
	buf_z(p->out, "  Data Size:    ");
	if (data_size(p->tree, node, &size))
		uboot_put_size(p->out, size);
	else
		buf_z(p->out, "unavailable\n");
	if (lines & ARCH)
		line(p, "  Architecture: ",
		     uboot_title(&uboot_arch, named(p, node, "arch", &uboot_arch)));
	if (lines & OS)
		line(p,
		     "  OS:           ", uboot_title(&uboot_os, named(p, node, "os", &uboot_os)));
	if (lines & LOAD)
		print_address(p, node, "  Load Address: ", "load");
	if (type == UBOOT_TYPE_FLATDT && address(p, node, "load", &load))
		buf_fmt(p->out, "  Load Address: 0x%08llx\n", (unsigned long long)load);
	if (lines & ENTRY)
		print_address(p, node, "  Entry Point:  ", "entry");
	print_hashes(p, node);
}

static void print_list(struct printer *p, int node, const char *label, const char *property)
{
	for (int i = 0;; i++) {
		const char *z = fdt_stringlist_get(p->tree, node, property, i, NULL);

		if (!z)
			return;
		buf_fmt(p->out, "%s%s\n", i ? "                " : label, z);
	}
}

static void print_if(struct printer *p, int node, const char *label, const char *property)
{
	if (string(p->tree, node, property))
		line(p, label, string(p->tree, node, property));
}

static void print_configuration(struct printer *p, int node)
{
	line(p, "  Description:  ", string(p->tree, node, "description"));
	line(p, "  Kernel:       ", string(p->tree, node, "kernel"));
	print_if(p, node, "  Init Ramdisk: ", "ramdisk");
	print_if(p, node, "  Firmware:     ", "firmware");
	print_list(p, node, "  FDT:          ", "fdt");
	print_if(p, node, "  FPGA:         ", "fpga");
	print_list(p, node, "  Loadables:    ", "loadables");
	print_hashes(p, node);
}

static void print_each(struct printer *p, int parent, const char *what,
		       void (*print)(struct printer *, int))
{
	int node, count = 0;

	fdt_for_each_subnode(node, p->tree, parent) {
		buf_fmt(p->out, " %s %d (%s)\n", what, count++, fdt_get_name(p->tree, node, NULL));
		print(p, node);
	}
}

void fit_print(struct arena *mem, struct buf *out, struct str image)
{
	struct printer p = {.out = out, .tree = fit_tree(mem, image)};
	int images, configurations;

	line(&p, "FIT description: ", string(p.tree, 0, "description"));
	print_time(&p, 0, "Created:         ");
	images = fdt_path_offset(p.tree, "/images");
	if (images < 0) {
		buf_fmt(out, "Can't find images parent node '/images' (%s)\n",
			fdt_strerror(images));
		return;
	}
	print_each(&p, images, "Image", print_image);
	configurations = fdt_path_offset(p.tree, "/configurations");
	if (configurations < 0)
		return;
	if (string(p.tree, configurations, "default"))
		buf_fmt(out, " Default Configuration: '%s'\n",
			string(p.tree, configurations, "default"));
	print_each(&p, configurations, "Configuration", print_configuration);
}

/* --- check --- */

static void check_hash(struct firmware_view *v, const void *tree, int node, const char *image,
		       struct str data)
{
	unsigned char value[FIT_MOST_HASH];
	const char *algo = string(tree, node, "algo");
	size_t size = algo ? fit_hash(algo, data, value) : 0;
	int len;
	const unsigned char *stored = fdt_getprop(tree, node, "value", &len);
	struct str what;

	if (!firmware_spend(v, data.n))
		return;
	if (!size)
		firmware_bad(v, "%s: hash algorithm %s is not known", image,
			     algo ? algo : "missing");
	else if (!stored || (size_t)len != size)
		firmware_bad(v, "%s: %s value is missing or has a wrong size", image, algo);
	else {
		what = str_fmt(v->mem, "%s: %s", image, algo);
		firmware_compare(v, what.p, stored, value, size);
	}
}

static void check_image(struct firmware_view *v, const void *tree, int node)
{
	const char *name = fdt_get_name(tree, node, NULL);
	struct str image = firmware_bytes(v), data;
	int sub;

	if (!fit_data(tree, image, node, &data)) {
		firmware_bad(v, "%s: no data, or it reaches out of the file", name);
		return;
	}
	if (data.p >= image.p && data.p <= image.p + image.n) {
		uint64_t end = (uint64_t)(data.p - image.p) + data.n;

		if (end > v->extent)
			v->extent = end;
	}
	fdt_for_each_subnode(sub, tree, node) {
		if (strncmp(fdt_get_name(tree, sub, NULL), "hash", 4) == 0)
			check_hash(v, tree, sub, name, data);
	}
}

static bool check(struct firmware_view *v)
{
	const void *tree = firmware_tree(v);
	int images = tree ? fdt_path_offset(tree, "/images") : -1, node;

	if (images < 0)
		return false;
	v->extent = fdt_totalsize(tree);
	if (!string(tree, 0, "description"))
		firmware_bad(v, "the root node has no description");
	if (!fdt_getprop(tree, 0, "timestamp", NULL))
		firmware_bad(v, "the root node has no timestamp");
	fdt_for_each_subnode(node, tree, images)
		check_image(v, tree, node);
	return true;
}

/* The lines of mkimage -l are the fields. */
static void show(struct firmware_view *v)
{
	struct buf text = buf_new(v->mem);
	struct str rest, part;

	fit_print(v->mem, &text, firmware_bytes(v));
	rest = buf_view(&text);
	while (str_split(&rest, '\n', &part)) {
		ptrdiff_t colon = str_chr(part, ':');
		struct str name = str_trim(str_sub(part, 0, colon < 0 ? part.n : (size_t)colon));
		struct str value = colon < 0 ? S("") : str_trim(str_from(part, (size_t)colon + 1));

		if (!name.n)
			continue;
		value = firmware_text(v, value.p, value.n);
		name = firmware_text(v, name.p, name.n);
		firmware_put_field(v, name.p, "%.*s", STR_ARG(value));
	}
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const char *tree = firmware_tree(v);
	int images = fdt_path_offset(tree, "/images"), node;

	fdt_for_each_subnode(node, tree, images) {
		const char *name = fdt_get_name(tree, node, NULL);
		bool in_tree;

		if (!fit_data(tree, image, node, &data) || !data.n)
			continue;
		/* The tree may be a copy. */
		in_tree = (uintptr_t)data.p >= (uintptr_t)tree &&
			  (uintptr_t)data.p < (uintptr_t)tree + fdt_totalsize(tree);
		firmware_put_part(v, firmware_text(v, name, strlen(name)),
				  (uint64_t)(data.p - (in_tree ? tree : image.p)), data.n);
	}
}

const struct firmware firmware_fit = {
    .name = "fit",
    .format = "flattened image tree",
    .check = check,
    .show = show,
    .strong = true,
    .magic = "\xd0\x0d\xfe\xed",
    .n_magic = 4,
    .parts = parts,
};
