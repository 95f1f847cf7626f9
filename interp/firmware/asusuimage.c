/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asusuimage: a uImage with Asus's fields, big endian unless said otherwise. What is no uImage
 * gets a header first. The header's name becomes:
 *
 * 32  2  version of the kernel (-K)	34 2 of the file system (-F)
 * 36 23  product (version 3)		60 4 0x3000
 * 36 12  product (version 2)		48 2 build, 50 2 extended build, little endian
 * 53  1  key, made of a byte of the kernel and one of the file system (version 2)
 * 60  1  0xa9, 61 3 offset of the file system (version 2)
 *
 * Version 3 has this at the end of the data, in front of it a content of at least 12 bytes (4
 * extended build, 2 build, 6 0):
 *
 *  0  1  type << 4 | flags	 1 3 size of the content
 *  4  2  hash of these 12 bytes (0 here), 6 2 of the content
 *  8  4  magic
 *
 * A hash is the inverted exclusive or of all 16-bit little-endian words. Describing an image
 * (-x) and telling what is done (-D) are not here: imagemk check does the first. Source:
 * firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 64, UIMAGE = 0x27051956, HEADER_CRC = 4, TIME = 8, SIZE = 12, DATA_CRC = 24,
	OS = 28, ARCH = 29, TYPE = 30, LINUX = 5, ARM64 = 22, KERNEL = 2, MULTI = 4,
	VERSIONS = 32, PRODUCT = 36, PRODUCT_V2 = 12, PRODUCT_V3 = 23,
	BUILD = 48, KEY = 53, PREFIX = 60, IS_OFFSET = 0xa9,
	CONTENT = 12, FOOTER = 12, MAGIC = 0x2afed414, ROOM = 1024,
	VOLUMES = 3, RAMDISK = 1, TREE = 2, TREE_MAGIC = 0xd00dfeed,
};

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'n', NULL, OPT_VALUE, "NAME  product"},
	{'v', NULL, OPT_VALUE, "2|3  version of the format (3)"},
	{'K', NULL, OPT_VALUE, "A.B  version of the kernel"},
	{'F', NULL, OPT_VALUE, "A.B  version of the file system"},
	{'m', NULL, OPT_VALUE, "HEX  magic"},
	{'t', NULL, OPT_VALUE, "N  type (1)"},
	{'f', NULL, OPT_VALUE, "N  flags"},
	{'e', NULL, OPT_VALUE, "N  extended build"},
	{'b', NULL, OPT_VALUE, "N  build"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str in, out, product;
	unsigned char versions[4];	/* kernel, file system */
	uint32_t version, magic, type, flags, extended, build;
	unsigned char *p;	/* the image, with ROOM behind it */
	size_t n;		/* its size */
	uint32_t data;		/* how many bytes the uImage's header speaks of */
};

static int fail(struct job *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int fail(struct job *j, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(j->run->mem, fmt, ap);
	va_end(ap);
	buf_fmt(j->run->err, "%.*s: ERROR: %.*s\n", STR_ARG(j->run->argv[0]), STR_ARG(text));
	return 1;
}

static uint16_t hash(const unsigned char *p, size_t n)
{
	uint16_t h = 0;

	for (size_t i = 0; i + 1 < n; i += 2)
		h ^= get_le16(p + i);
	return (uint16_t)~h;
}

/* --- options --- */

static bool read_version(const char *text, unsigned char *v)
{
	char *end;

	v[0] = (unsigned char)strtoul(text, &end, 10);
	if (end == text || *end != '.')
		return false;
	text = end + 1;
	v[1] = (unsigned char)strtoul(text, &end, 10);
	return end != text;
}

/* 0, or the exit status. */
static int take(struct job *j, int id, struct str value)
{
	const char *z = str_cz(j->run->mem, value);
	uint32_t number, *to = NULL;
	char *end = NULL;
	bool good = true;

	switch (id) {
	case 'i': j->in = value; break;
	case 'o': j->out = value; break;
	case 'n': j->product = str_sub(value, 0, 127); break;
	case 'K': good = read_version(z, j->versions); break;
	case 'F': good = read_version(z, j->versions + 2); break;
	case 'v': to = &j->version; break;
	case 'm': to = &j->magic; break;
	case 't': to = &j->type; break;
	case 'f': to = &j->flags; break;
	case 'e': to = &j->extended; break;
	default: to = &j->build;
	}
	if (to) {
		number = (uint32_t)strtoul(z, &end, id == 'm' ? 16 : 0);
		good = end != z;
		*to = number;
	}
	return good ? 0 : fail(j, "Incorrect -%c argument!", id);
}

/* --- the image --- */

static void put_new_header(struct job *j)
{
	memset(j->p, 0, HEADER);
	put_be32(j->p, UIMAGE);
	put_be32(j->p + TIME, (uint32_t)j->run->epoch);
	put_be32(j->p + SIZE, (uint32_t)(j->n - HEADER));
	j->p[OS] = LINUX;
	j->p[ARCH] = ARM64;
	j->p[TYPE] = KERNEL;
}

/* The file in memory, as a uImage. 0, or the exit status. */
static int load(struct job *j)
{
	struct blob *file = NULL;
	int err = j->run->read(j->run, j->in, &file);
	unsigned char magic[4] = {0};
	size_t at, size;

	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(j, "Can't open %.*s: %s", STR_ARG(j->in), strerror(-err));
	size = blob_size(file);
	blob_read(file, 0, magic, 4);
	at = get_be32(magic) == UIMAGE ? 0 : HEADER;
	j->n = at + size;
	j->p = size > HEADER ? calloc(1, j->n + ROOM) : NULL;
	if (j->p)
		blob_read(file, 0, j->p + at, size);
	blob_unref(file);
	if (!size)
		return fail(j, "Error getting filesize: %.*s", STR_ARG(j->in));
	if (!j->p)
		return fail(j, "Bad size: \"%.*s\" is no valid image", STR_ARG(j->in));
	if (at)
		put_new_header(j);
	j->data = get_be32(j->p + SIZE);
	if ((uint32_t)(j->data + HEADER) > j->n)
		return fail(j, "Bad size: \"%.*s\" is no valid content size", STR_ARG(j->in));
	return 0;
}

/*
 * Without -n the tool copies the beginning of the name that was there over what lies behind it, and
 * the two overlap: the C library decides what comes out. False: such a case.
 */
static bool put_names(struct job *j)
{
	if (!j->product.n && j->p[VERSIONS])
		return false;
	memset(j->p + PRODUCT, 0, HEADER - PRODUCT);
	tool_put_text(j->p + PRODUCT, j->version == 2 ? PRODUCT_V2 : PRODUCT_V3, j->product);
	memcpy(j->p + VERSIONS, j->versions, sizeof(j->versions));
	return true;
}

static void put_crcs(struct job *j)
{
	put_be32(j->p + DATA_CRC, digest_crc32(0, j->p + HEADER, j->n - HEADER));
	put_be32(j->p + SIZE, (uint32_t)(j->n - HEADER));
	put_be32(j->p + HEADER_CRC, 0);
	put_be32(j->p + HEADER_CRC, digest_crc32(0, j->p, HEADER));
}

/* N bytes of 0 at AT; what is behind goes on. */
static void insert(struct job *j, size_t at, uint32_t n)
{
	memmove(j->p + at + n, j->p + at, j->n - at);
	memset(j->p + at, 0, n);
	j->n += n;
	j->data += n;
}

/* The offset of an image's second volume, in *AT, or what is behind all. 0, or the exit status. */
static int find_volume(struct job *j, uint32_t *at)
{
	unsigned char *sizes = j->p + HEADER, *tree;
	uint32_t offsets[VOLUMES] = {0}, n = 0, next;

	if (!get_be32(sizes))
		return fail(j, "Multi image does not contain volumes");
	while (n <= VOLUMES && get_be32(sizes + 4 * n))
		n++;
	if (n > VOLUMES)
		return fail(j, "Multi image contains too many volumes");
	next = HEADER + 4 * (n + 1);
	for (uint32_t i = 0; i < n; i++) {
		next = (next + 3) & ~3u;
		offsets[i] = next;
		if (get_be32(sizes + 4 * i) > 0x4ffffff)
			return fail(j, "Multi image contain volume %u with huge size", i);
		next += get_be32(sizes + 4 * i);
	}
	if (next > j->n)
		return fail(j, "Multi image contain incorrect img-size header");
	tree = j->p + offsets[TREE];
	if (offsets[TREE] && get_be32(tree) == TREE_MAGIC && j->p[ARCH] == ARM64 &&
	    offsets[TREE] % 8) {
		insert(j, offsets[TREE], 4);
		put_be32(sizes + 4 * RAMDISK, get_be32(sizes + 4 * RAMDISK) + 4);
	}
	*at = offsets[RAMDISK] ? offsets[RAMDISK] : HEADER + j->data;
	return 0;
}

static int finish_v2(struct job *j)
{
	uint32_t at = HEADER + j->data;
	unsigned char kernel, fs;
	int status;

	if (j->p[TYPE] == MULTI) {
		status = find_volume(j, &at);
		if (status)
			return status;
	} else if (at % 4) {
		insert(j, at, 4 - at % 4);
		at = HEADER + j->data;
	}
	kernel = j->p[at / 2];
	fs = j->p[at + (j->n - at) / 2];
	put_le16(j->p + BUILD, (uint16_t)j->build);
	put_le16(j->p + BUILD + 2, (uint16_t)j->extended);
	j->p[KEY] = (unsigned char)(fs ? kernel + ~fs : kernel % 3 - 3);
	if (at >= 0xffffff)
		return fail(j, "kernel image size is too big (max size: 16MiB)");
	put_be32(j->p + PREFIX, (uint32_t)IS_OFFSET << 24 | at);
	put_crcs(j);
	return 0;
}

static int finish_v3(struct job *j)
{
	unsigned char *content = j->p + j->n, *foot = content + CONTENT;
	size_t size = j->n - HEADER - j->data + CONTENT;

	put_be32(j->p + PREFIX, 0x3000);
	put_be32(content, j->extended);
	put_be16(content + 4, (uint16_t)j->build);
	if (size >= 1 << 24)
		return fail(j, "Content length is too long (more than 0x%X bytes)", 1 << 24);
	put_be32(foot, (j->type & 15) << 28 | (j->flags & 15) << 24 | (uint32_t)size);
	put_be16(foot + 6, hash(j->p + HEADER + j->data, size));
	put_be32(foot + 8, j->magic);
	put_be16(foot + 4, hash(foot, FOOTER));
	j->n += CONTENT + FOOTER;
	put_crcs(j);
	return 0;
}

static int store(struct job *j)
{
	int err = tool_put(j->run, j->out, blob_adopt(j->p, j->n));

	j->p = NULL;
	return err ? fail(j, "Can't open %.*s for writing: %s", STR_ARG(j->out), strerror(-err))
		   : 0;
}

static int asusuimage_run(struct firmware_run *run)
{
	struct job j = {.run = run, .version = 3, .magic = MAGIC, .type = 1};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END)
		status = id == OPTS_ERROR ? -1 : take(&j, id, o.value);
	if (!status && (!j.in.n || !j.out.n || j.version < 2 || j.version > 3))
		status = -1; /* the usage text */
	if (!status)
		status = load(&j);
	if (!status && !put_names(&j))
		status = -1;
	if (!status)
		status = j.version == 2 ? finish_v2(&j) : finish_v3(&j);
	if (!status)
		status = store(&j);
	free(j.p);
	return status;
}

/* --- check: the end of version 3; all else is a uImage's --- */

static const unsigned char *find_foot(struct str image)
{
	const unsigned char *foot = (const unsigned char *)image.p + image.n - FOOTER;

	if (image.n < HEADER + CONTENT + FOOTER ||
	    get_be32((const unsigned char *)image.p) != UIMAGE || get_be32(foot + 8) != MAGIC)
		return NULL;
	return foot;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *foot = find_foot(image);
	unsigned char copy[FOOTER], is[2];
	uint32_t size;

	if (!foot)
		return false;
	memcpy(copy, foot, FOOTER);
	put_be16(copy + 4, 0);
	put_be16(is, hash(copy, FOOTER));
	firmware_compare(v, "tail hash", foot + 4, is, 2);
	size = get_be32(foot) & 0xffffff;
	if (size < CONTENT || size > image.n - HEADER - FOOTER) {
		firmware_bad(v, "the tail says %u bytes of content, of %zu", size, image.n);
		return true;
	}
	put_be16(is, hash(foot - size, size));
	/* a content behind that of this tool counts without it */
	firmware_compare(v, "content hash", foot + 6, is, 2);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), product;
	const unsigned char *foot = find_foot(image), *content = foot - CONTENT;

	product = firmware_text(v, image.p + PRODUCT, PRODUCT_V3);
	firmware_put_field(v, "product", "%.*s", STR_ARG(product));
	firmware_put_field(v, "build", "%u, extended %u", get_be16(content + 4), get_be32(content));
}

const struct firmware firmware_asusuimage = {
    .name = "asusuimage",
    .format = "Asus tail",
    .help = "asusuimage -i FILE -o FILE [-v 2|3] [-n PRODUCT] [-b BUILD] [-e EXTENDED] [-K A.B]\n"
	    "           [-F A.B] [-m MAGIC] [-t TYPE] [-f FLAGS]\n",
    .write = asusuimage_run,
    .check = check,
    .show = show,
    .pure = false, /* the time of the run may be in the header */
    .trailer = true,
};
