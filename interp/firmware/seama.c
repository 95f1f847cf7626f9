/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Seattle image (SEAMA), big endian. One entity:
 *
 *   0  4  magic 0x5ea3a417
 *   4  2  0
 *   6  2  size of the meta data
 *   8  4  size of the image
 *  12 16  MD5 of the image; not there when its size is 0
 *   .  .  meta data: strings "name=value", each with its NUL, padded with NULs to 4 bytes
 *   .  .  the image
 *
 * A sealed file starts with an entity of size 0. Source: firmware-utils' seama.
 * Dumping and extracting (-d, -x) are not here: imagemk check prints the fields.
 */
#include "firmware/internal.h"

#include <string.h>

#include "digest/digest.h"

enum { MAGIC = 0x5ea3a417, HEADER = 12, DIGEST = 16, META_MOST = 1024, MOST = 128 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  image to pack or to seal"},
	{'m', NULL, OPT_VALUE, "NAME=VALUE  meta data"},
	{'s', NULL, OPT_VALUE, "FILE  seal the images into it"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct strs images, meta;
	struct str seal;
};

/* One entity of a file; data and meta point into it. */
struct entity {
	const unsigned char *digest; /* NULL: size 0 */
	struct str meta, data;
	uint32_t size;		/* as the header says */
	size_t end;
};

/* The entity at OFFSET of IMAGE; false when there is none. */
static bool read_entity(struct str image, size_t offset, struct entity *e)
{
	struct str rest = str_from(image, offset);
	const unsigned char *h = (const unsigned char *)rest.p;
	size_t head = HEADER, meta;

	if (rest.n < HEADER || get_be32(h) != MAGIC)
		return false;
	meta = get_be16(h + 6);
	e->size = get_be32(h + 8);
	e->digest = e->size ? h + HEADER : NULL;
	if (e->size)
		head += DIGEST;
	if (meta > META_MOST || head + meta > rest.n)
		return false;
	e->meta = str_sub(rest, head, meta);
	e->data = str_sub(rest, head + meta, e->size);
	e->end = offset + head + meta + e->data.n;
	return true;
}

static bool is_right(const struct entity *e)
{
	unsigned char digest[DIGEST];

	digest_bytes(&digest_md5, e->data.p, e->data.n, digest);
	return memcmp(digest, e->digest, DIGEST) == 0;
}

/* Does the file start with an entity that holds an image, and is its digest right? */
static bool verify(struct str image)
{
	struct entity e;
	size_t at = 0;
	bool good = false;

	while (read_entity(image, at, &e)) {
		if (e.size && !is_right(&e))
			break;
		good |= e.size != 0;
		at = e.end;
	}
	return good;
}

/* Header and meta data for IMAGE, or of a seal when it is NULL. */
static struct blob *make_header(const struct job *j, const struct blob *image)
{
	unsigned char h[HEADER] = {0}, digest[DIGEST];
	struct buf meta = buf_new(j->run->mem);
	struct blob *b;

	buf_z(&meta, "");
	for (size_t i = 0; i < j->meta.n; i++) {
		buf_str(&meta, j->meta.p[i]);
		buf_char(&meta, 0);
	}
	while (meta.n % 4)
		buf_char(&meta, 0);
	put_be32(h, MAGIC);
	put_be16(h + 6, (uint16_t)meta.n);
	put_be32(h + 8, image ? (uint32_t)blob_size(image) : 0);
	b = blob_copy(h, sizeof(h));
	if (image) {
		digest_blob(&digest_md5, image, digest);
		firmware_join(&b, blob_copy(digest, sizeof(digest)));
	}
	firmware_join(&b, blob_copy(meta.p, meta.n));
	return b;
}

/* Write B, which is dropped: exit status. */
static int put(struct job *j, struct str path, struct blob *b)
{
	int err = tool_put(j->run, path, b);

	return err ? firmware_fail(j->run, "%.*s: %s", STR_ARG(path), strerror(-err)) : 0;
}

static int pack(struct job *j)
{
	for (size_t i = 0; i < j->images.n; i++) {
		struct str path = j->images.p[i], out = str_cat(j->run->mem, path, S(".seama"));
		struct blob *image = NULL, *packed;

		if (j->run->read(j->run, path, &image) != 0) {
			buf_fmt(j->run->out, "Unable to open image file '%.*s'\n", STR_ARG(path));
			continue;
		}
		packed = make_header(j, image);
		firmware_join(&packed, image);
		if (put(j, out, packed))
			return 1;
	}
	return 0;
}

static int seal(struct job *j)
{
	struct blob *all = make_header(j, NULL);

	for (size_t i = 0; i < j->images.n; i++) {
		struct blob *image = NULL;

		j->run->read(j->run, j->images.p[i], &image);
		if (!image || !verify(blob_flat(j->run->mem, image))) {
			buf_fmt(j->run->out, "'%.*s' is not a seama file !\n",
				STR_ARG(j->images.p[i]));
			blob_unref(image);
			blob_unref(all);
			return 0; /* as the tool */
		}
		firmware_join(&all, image);
	}
	return put(j, j->seal, all);
}

static void add(struct job *j, struct strs *list, struct str value, const char *what)
{
	if (list->n < MOST)
		*vec_push(j->run->mem, list) = value;
	else
		buf_fmt(j->run->out, "Exceed the maximum acceptable %s.!\n", what);
}

static int seama_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		if (id == 'i')
			add(&j, &j.images, o.value, "image files");
		else if (id == 'm')
			add(&j, &j.meta, o.value, "META data");
		else
			j.seal = o.value;
	}
	return j.seal.p ? seal(&j) : pack(&j);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned char digest[DIGEST];
	struct entity e;
	size_t at = 0;

	if (!read_entity(image, 0, &e))
		return false;
	for (; read_entity(image, at, &e); at = e.end) {
		if (e.data.n != e.size)
			firmware_bad(v, "the header at %zu says %u bytes, there are %zu", at,
				     e.size, e.data.n);
		if (!e.size)
			continue;
		digest_bytes(&digest_md5, e.data.p, e.data.n, digest);
		firmware_compare(v, "MD5", e.digest, digest, DIGEST);
	}
	v->extent = at;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), part;
	struct entity e;

	for (size_t at = 0; read_entity(image, at, &e); at = e.end) {
		if (e.size)
			firmware_put_field(v, "image", "%u bytes at %zu", e.size, e.end - e.data.n);
		while (str_split(&e.meta, 0, &part)) {
			struct str text = firmware_text(v, part.p, part.n);

			if (text.n)
				firmware_put_field(v, "meta data", "%.*s", STR_ARG(text));
		}
	}
}

static void parts(struct firmware_view *v)
{
	struct entity e;

	for (size_t at = 0; read_entity(firmware_bytes(v), at, &e); at = e.end) {
		if (e.size)
			firmware_put_part(v, S("image"), e.end - e.data.n, e.data.n);
	}
}

const struct firmware firmware_seama = {
    .name = "seama",
    .format = "SEAMA image",
    .help = "seama [-m NAME=VALUE]... -i IMAGE: pack IMAGE as IMAGE.seama\n"
	    "seama [-m NAME=VALUE]... -s FILE -i IMAGE.seama...: seal\n",
    .write = seama_run,
    .check = check,
    .show = show,
    .pure = true,
    .strong = true,
    .magic = "\x5e\xa3\xa4\x17\0\0",
    .n_magic = 6,
    .parts = parts,
};
