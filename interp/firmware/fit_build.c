/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkimage -f: compile the source with dtc, add the time stamp and the hashes, move the data out of
 * the tree on demand. The tree in fit.c. Same library, same order of edits and same growth by 1 KiB
 * as mkimage 2023.01, because all of that decides the bytes. No signing, no encryption.
 */
#include "firmware/uboot.h"

#include <errno.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

enum {
	IMPORT_ROOM = 16384,	/* for data properties made from external data */
	GROW_BY = 1024,
	GROW_MOST = 64 * 1024,
};

struct hash {
	unsigned char value[FIT_MOST_HASH];
	size_t size;
};

struct fit {
	const struct mkimage *m;
	struct blob *compiled;	/* dtc's output */
	char *tree;		/* malloc'ed, CAPACITY bytes */
	size_t capacity, packed;
	bool refers_wrongly;	 /* a configuration names what is not there */
	VEC(struct hash) hashes; /* in the order of the nodes; kept between two tries */
};

/* Say it, as mkimage does for these: at first on the output. */
static int complain(const struct fit *f, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static int complain(const struct fit *f, int err, const char *fmt, ...)
{
	struct firmware_run *run = f->m->run;
	struct buf *out = f->m->version >= MKIMAGE_ZEROES ? run->err : run->out;
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(run->mem, fmt, ap);
	va_end(ap);
	buf_str(out, text);
	buf_char(out, '\n');
	return err;
}

static int get_int(const void *tree, int node, const char *name)
{
	int len;
	const unsigned char *p = fdt_getprop(tree, node, name, &len);

	return p && len >= 4 ? (int)get_be32(p) : -1;
}

/* Is each image there that PROPERTY of configuration NODE names? */
static bool check_property(const struct fit *f, int images, int node, const char *property)
{
	for (int i = 0, n = fdt_stringlist_count(f->tree, node, property); i < n; i++) {
		const char *name = fdt_stringlist_get(f->tree, node, property, i, NULL);

		if (!name || !*name || fdt_subnode_offset(f->tree, images, name) >= 0)
			continue;
		buf_fmt(f->m->run->err,
			"Error: configuration '%s' references undefined image '%s' in property"
			" '%s'\n",
			fdt_get_name(f->tree, node, NULL), name, property);
		return false;
	}
	return true;
}

/* Is there what the configurations name? */
static bool check_references(const struct fit *f, int images)
{
	static const char *const properties[] = {"kernel", "ramdisk",  "fdt",	"loadables",
						 "fpga",   "firmware", "script"};
	int parent = fdt_path_offset(f->tree, "/configurations"), node;
	const char *standard = fdt_getprop(f->tree, parent, "default", NULL);

	if (standard && fdt_subnode_offset(f->tree, parent, standard) < 0) {
		buf_fmt(f->m->run->err,
			"Error: Default configuration '%s' not found under"
			" /configurations\n",
			standard);
		return false;
	}
	fdt_for_each_subnode(node, f->tree, parent)
	{
		for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++) {
			if (!check_property(f, images, node, properties[i]))
				return false;
		}
	}
	return true;
}

/* SIZE bytes of dtc's output from AT on become the data property of NODE. */
static int import_data(struct fit *f, int node, uint64_t at, int size)
{
	char *data = arena_alloc(f->m->run->mem, (size_t)size);

	blob_read(f->compiled, at, data, (size_t)size);
	return fdt_setprop(f->tree, node, "data", data, size);
}

/* External data of the source becomes data properties again; then the tree is packed. */
static int import(struct fit *f)
{
	uint64_t base, n = blob_size(f->compiled);
	uint32_t total;
	int images, node;

	blob_read(f->compiled, 0, f->tree, n);
	total = fdt_totalsize(f->tree); /* no more than N, as fit_tree found */
	base = (total + 3) & ~3u;
	memset(f->tree + total, 0, f->capacity - total);
	if (fdt_open_into(f->tree, f->tree, (int)(n + IMPORT_ROOM)) != 0)
		return -EINVAL;
	images = fdt_path_offset(f->tree, "/images");
	if (images < 0)
		return -EINVAL;
	fdt_for_each_subnode(node, f->tree, images) {
		int at = get_int(f->tree, node, "data-offset");
		int size = get_int(f->tree, node, "data-size");

		if (at == -1 || size == -1)
			continue;
		if (at < 0 || size < 0 || base + (uint64_t)at + (uint64_t)size > n)
			return -EINVAL;
		if (import_data(f, node, base + (uint64_t)at, size) != 0)
			return -EINVAL;
	}
	f->refers_wrongly = f->m->version >= MKIMAGE_ESTIMATE && !check_references(f, images);
	if (f->refers_wrongly)
		return -ENOENT;
	fdt_pack(f->tree);
	f->packed = fdt_totalsize(f->tree);
	memset(f->tree + f->packed, 0, f->capacity - f->packed);
	return 0;
}

/* Hash number I of the tree, computed once. */
static int get_hash(struct fit *f, size_t i, const char *algo, struct str data, struct hash **out)
{
	if (i == f->hashes.n) {
		struct hash *h = vec_push(f->m->run->mem, &f->hashes);

		h->size = fit_hash(algo, data, h->value);
	}
	*out = &f->hashes.p[i];
	return (*out)->size ? 0 : -EPROTONOSUPPORT;
}

static int add_hash(struct fit *f, size_t i, int image, int node)
{
	const char *image_name = fdt_get_name(f->tree, image, NULL);
	const char *name = fdt_get_name(f->tree, node, NULL);
	int len, err;
	const char *algo = fdt_getprop(f->tree, node, "algo", NULL);
	const char *data;
	struct hash *h;

	if (!algo)
		return complain(f, -ENOENT,
				"Can't get hash algo property for '%s' hash node in '%s'"
				" image node",
				name, image_name);
	data = fdt_getprop(f->tree, image, "data", &len);
	if (get_hash(f, i, algo, (struct str){data, (size_t)len}, &h) != 0)
		return complain(f, -EPROTONOSUPPORT, "Unsupported hash algorithm (%s) for '%s' hash"
				" node in '%s' image node", algo, name, image_name);
	err = fdt_setprop(f->tree, node, "value", h->value, (int)h->size);
	if (!err)
		return 0;
	complain(f, 0, "Can't set hash 'value' property for '%s' node(%s)", name,
		 fdt_strerror(err));
	complain(f, 0, "Can't set hash value for '%s' hash node in '%s' image node", name,
		 image_name);
	return err == -FDT_ERR_NOSPACE ? -ENOSPC : -EIO;
}

/* The hashes of one image; COUNT: of those in front of them in the tree. */
static int add_image_hashes(struct fit *f, int image, size_t *count)
{
	int node, err = 0;

	fdt_for_each_subnode(node, f->tree, image)
	{
		if (strncmp(fdt_get_name(f->tree, node, NULL), "hash", 4) != 0)
			continue;
		err = add_hash(f, (*count)++, image, node);
		if (err)
			break;
	}
	if (err && f->m->version >= MKIMAGE_NAMES_NODE)
		complain(f, 0, "Can't add verification data for node '%s' (%s)",
			 fdt_get_name(f->tree, image, NULL),
			 f->m->version >= MKIMAGE_ERRNO ? strerror(-err) : fdt_strerror(err));
	return err;
}

static int add_hashes(struct fit *f)
{
	int images = fdt_path_offset(f->tree, "/images"), image, err;
	size_t count = 0;

	if (images < 0)
		return complain(f, images, "Can't find images parent node '/images' (%s)",
				fdt_strerror(images));
	fdt_for_each_subnode(image, f->tree, images) {
		if (!fdt_getprop(f->tree, image, "data", NULL))
			return complain(f, -1, "Can't get image data/size");
	}
	fdt_for_each_subnode(image, f->tree, images)
	{
		err = add_image_hashes(f, image, &count);
		if (err)
			return err;
	}
	return 0;
}

static int add_time(struct fit *f)
{
	int err = fdt_setprop_u32(f->tree, 0, "timestamp", (uint32_t)mkimage_time(f->m));

	if (!err)
		return 0;
	return err == -FDT_ERR_NOSPACE ? -ENOSPC : -1;
}

/* Room for the hashes, as mkimage guesses it at first: each node hash* at their depth. */
static size_t estimate(const struct fit *f)
{
	enum { HASH_DEPTH = 3, HASH_ROOM = 128 };
	const void *tree = f->tree;
	int depth = 0;
	size_t room = 0;

	if (f->m->version < MKIMAGE_ESTIMATE)
		return 0;
	for (int node = fdt_next_node(tree, 0, &depth); node >= 0 && depth > 0;
	     node = fdt_next_node(tree, node, &depth)) {
		if (depth == HASH_DEPTH && strncmp(fdt_get_name(tree, node, NULL), "hash", 4) == 0)
			room += HASH_ROOM;
	}
	return room;
}

/* More room until everything fits, FIRST at first. */
static int fill(struct fit *f, size_t first)
{
	int err = -EIO;

	for (size_t more = first; more == first || more < GROW_MOST; more += GROW_BY) {
		err = import(f);
		if (!err && more)
			err = fdt_open_into(f->tree, f->tree, (int)(f->packed + more)) ? -EIO : 0;
		if (err)
			return err;
		f->packed += more;
		err = add_time(f);
		if (!err)
			err = add_hashes(f);
		if (err != -ENOSPC)
			break;
	}
	if (err)
		buf_fmt(f->m->run->err, "%.*s Can't add hashes to FIT blob: %d\n",
			STR_ARG(f->m->run->argv[0]), err);
	return err;
}

/* Take the data properties out of the tree. The data in one blob, its parts aligned. */
static struct blob *extract(struct fit *f)
{
	uint32_t align = f->m->block ? f->m->block : 4, at = 0;
	int images = fdt_path_offset(f->tree, "/images"), node, len;
	struct blob *all = blob_empty();

	fdt_for_each_subnode(node, f->tree, images) {
		const char *data = fdt_getprop(f->tree, node, "data", &len);

		if (!data)
			continue;
		firmware_join(&all, blob_copy(data, (size_t)len));
		if (fdt_delprop(f->tree, node, "data") != 0)
			break;
		if (f->m->position)
			fdt_setprop_u32(f->tree, node, "data-position", f->m->position + at);
		else
			fdt_setprop_u32(f->tree, node, "data-offset", at);
		fdt_setprop_u32(f->tree, node, "data-size", (uint32_t)len);
		at += ((uint32_t)len + align - 1) & ~(align - 1);
		if (blob_size(all) < at)
			firmware_join(&all, blob_run(0, at - blob_size(all)));
	}
	fdt_pack(f->tree);
	return all;
}

/* The tree with its data behind it; NULL when they overlap. */
static struct blob *externalise(struct fit *f)
{
	uint32_t align = f->m->block ? f->m->block : 4, size;
	struct blob *data = extract(f), *image = NULL;

	size = (fdt_totalsize(f->tree) + align - 1) & ~(align - 1);
	if (size > f->capacity) {
		blob_unref(data);
		return NULL;
	}
	if (f->m->version >= MKIMAGE_ZEROES)
		memset(f->tree + fdt_totalsize(f->tree), 0, size - fdt_totalsize(f->tree));
	fdt_set_totalsize(f->tree, size);
	if (f->m->position && f->m->position < size) {
		buf_fmt(f->m->run->err, "External offset %x overlaps FIT length %x\n",
			f->m->position, size);
		blob_unref(data);
		return NULL;
	}
	firmware_join(&image, blob_copy(f->tree, size));
	if (f->m->position > size && blob_size(data))
		firmware_join(&image, blob_run(0, f->m->position - size));
	firmware_join(&image, data);
	return image;
}

/* Room for the tree, and FIRST more for hashes. */
static bool make_room(struct fit *f, size_t first)
{
	char *bigger;

	f->capacity = blob_size(f->compiled) + IMPORT_ROOM + GROW_MOST + first + f->m->block;
	bigger = realloc(f->tree, f->capacity);
	f->tree = bigger ? bigger : f->tree;
	return bigger;
}

/* The finished image, or NULL; TOLD: the message was all there is to say. */
static struct blob *finish(const struct mkimage *m, struct blob *compiled, bool *told)
{
	struct fit f = {.m = m, .compiled = compiled};
	struct blob *image = NULL;
	size_t first;

	if (!make_room(&f, 0))
		return NULL;
	blob_read(compiled, 0, f.tree, blob_size(compiled));
	if (!fit_tree(m->run->mem, (struct str){f.tree, blob_size(compiled)})) {
		mkimage_fail(m, "Invalid FIT blob");
	} else if ((first = estimate(&f)) == 0 || make_room(&f, first)) {
		int err = fill(&f, first);

		*told = f.refers_wrongly;
		if (!err && !m->external)
			return blob_adopt(f.tree, f.packed);
		if (!err)
			image = externalise(&f);
	}
	free(f.tree);
	return image;
}

/* Run dtc into the file TMP; what it made, or NULL. */
static struct blob *compile(const struct mkimage *m, struct str tmp)
{
	VEC(struct str) argv = {0};
	struct arena *mem = m->run->mem;
	struct str rest = m->dtc, word;

	*vec_push(mem, &argv) = S("dtc");
	while (str_word(&rest, &word))
		*vec_push(mem, &argv) = word;
	*vec_push(mem, &argv) = S("-o");
	*vec_push(mem, &argv) = tmp;
	*vec_push(mem, &argv) = m->its;
	m->run->command(m->run, argv.p, argv.n);
	return mkimage_read(m, tmp);
}

static int fail(const struct mkimage *m)
{
	buf_fmt(m->run->err, "Error: Bad parameters for FIT image type\n");
	return 1;
}

static int list_made(const struct mkimage *m, struct blob *image)
{
	struct str all = blob_flat(m->run->mem, image);

	if (!fit_verify(m->run->mem, all, m->unit_addresses ? m->run->err : NULL))
		return mkimage_fail(m,
				    "verify_header failed for FIT Image support with exit code 1");
	if (!m->quiet)
		fit_print(m->run->mem, m->run->out, all);
	return 0;
}

/* The image takes the temporary file's place. */
static bool put_image(const struct mkimage *m, struct str tmp, struct blob *image)
{
	int err = m->run->write(m->run, m->image, image);

	if (err)
		mkimage_fail(m, "Can't rename %.*s to %.*s: %s", STR_ARG(tmp), STR_ARG(m->image),
			     strerror(-err));
	return !err;
}

int fit_build(const struct mkimage *m)
{
	struct str tmp = str_cat(m->run->mem, m->image, S(".tmp"));
	struct blob *compiled = compile(m, tmp), *image;
	bool told = false;
	int status;

	if (!compiled)
		return fail(m);
	image = finish(m, compiled, &told);
	blob_unref(compiled);
	if (m->run->remove)
		m->run->remove(m->run, tmp);
	if (!image)
		return told ? 1 : fail(m);
	status = put_image(m, tmp, image) ? list_made(m, image) : fail(m);
	blob_unref(image);
	return status;
}

