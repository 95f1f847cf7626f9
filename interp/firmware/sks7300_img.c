/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sks7300-img: a kernel in .lzma form for XikeStor's SKS7300, header of 712 bytes, big endian.
 *
 *   0  4  magic 0xfe071301	  4  4 CRC-32 of the header (0 here)
 *   8  4  size, 20 4 again	 24  1 kind (0x52: kernel), 25 1 compression (0x67: lzma)
 * 112 64  name			176  4 id 0xfe009300
 * 184  4  load address, 188 4 entry point (0x80100000 both)
 * 192  4  CRC-32 of the data	196  1 system (0x0f: Linux), 197 1 processor (0x37: MIPS)
 * 202  6  aa 55 22 88 bb 66	292  4 id again	316 396 version
 *
 * The data have another header than .lzma (16 bytes): 5e 71 01 01, pb, lp and lc by exclusive or
 * with 37, 5e and b9, 0, the bytes of the dictionary's size (2 1 0 3, 0 is the lowest), the lower
 * half of the size. Behind it, from byte 16 on every 16 KiB, eight bytes are by exclusive or
 * with 0 to 7. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 712,
	CRC = 4,
	SIZE = 8,
	SIZE2 = 20,
	KIND = 24,
	NAME = 112,
	NAME_SIZE = 64,
	ID = 176,
	LOAD = 184,
	ENTRY = 188,
	DATA_CRC = 192,
	SYSTEM = 196,
	STACK = 202,
	ID2 = 292,
	VERSION = 316,
	VERSION_SIZE = 396,
	LZMA = 13,
	NEW_LZMA = 16,
	STEP = 0x4000,
};
static const uint32_t magic = 0xfe071301, image_id = 0xfe009300, address = 0x80100000;
static const unsigned char stack_mark[6] = {0xaa, 0x55, 0x22, 0x88, 0xbb, 0x66};

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  kernel (.lzma)"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'n', NULL, OPT_VALUE, "NAME"},
	{'v', NULL, OPT_VALUE, "VERSION"},
	{0, NULL, OPT_NONE, NULL},
};

static void put_lzma(unsigned char *p, const unsigned char *old)
{
	uint8_t lc = old[0] % 9, lp = old[0] / 9 % 5, pb = old[0] / 45;
	unsigned char head[NEW_LZMA] = {
	    0x5e, 0x71, 1, 1, pb ^ 0x37, lp ^ 0x5e, lc ^ 0xb9, 0, old[3], old[2], old[1], old[4],
	};

	put_be32(head + 12, get_le32(old + 5));
	memcpy(p, head, NEW_LZMA);
}

/* N bytes of .lzma in another form, N + 3 bytes. */
static struct blob *convert(const struct blob *lzma)
{
	size_t n = blob_size(lzma);
	unsigned char *p = malloc(n + NEW_LZMA - LZMA), old[LZMA];

	if (!p)
		return NULL;
	blob_read(lzma, 0, old, LZMA);
	put_lzma(p, old);
	blob_read(lzma, LZMA, p + NEW_LZMA, n - LZMA);
	for (size_t at = NEW_LZMA; at < n - LZMA; at += STEP) {
		for (unsigned char i = 0; i < 8; i++)
			p[at + i] ^= i;
	}
	return blob_adopt(p, n + NEW_LZMA - LZMA);
}

static struct blob *make(const struct str *option, struct blob *data)
{
	unsigned char h[HEADER] = {0};
	uint32_t n = (uint32_t)blob_size(data);
	struct blob *image;

	put_be32(h, magic);
	put_be32(h + SIZE, n);
	put_be32(h + SIZE2, n);
	put_be16(h + KIND, 0x5267);
	tool_put_text(h + NAME, NAME_SIZE, option['n']);
	put_be32(h + ID, image_id);
	put_be32(h + LOAD, address);
	put_be32(h + ENTRY, address);
	put_be32(h + DATA_CRC, digest_crc32_blob(0, data));
	put_be16(h + SYSTEM, 0x0f37);
	memcpy(h + STACK, stack_mark, sizeof(stack_mark));
	put_be32(h + ID2, image_id);
	tool_put_text(h + VERSION, VERSION_SIZE, option['v']);
	put_be32(h + CRC, digest_crc32(0, h, HEADER));
	image = blob_copy(h, HEADER);
	firmware_join(&image, data);
	return image;
}

/* The tool removes its output then. */
static int fail(struct firmware_run *run, struct str out, const char *why)
{
	if (out.p && run->remove)
		run->remove(run, out);
	return firmware_error(run, 1, "%s", why);
}

static const struct needed {
	int id;
	const char *what;
} needed[] = {
	{'i', "input file is mandatory"}, {'o', "output file is mandatory"},
	{'n', "image name is mandatory"}, {'v', "image version is mandatory"},
};

/* A wrong or double option is answered with a byte of the C library's: not here. */
static int sks7300_img_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str option[128] = {{0}};
	struct blob *lzma = NULL, *data;
	int id, err;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR || option[id].p || str_starts(o.value, S("-")))
			return -1;
		option[id] = o.value;
	}
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++) {
		if (!option[needed[i].id].p)
			return fail(run, option['o'], needed[i].what);
	}
	if (option['n'].n >= NAME_SIZE || option['v'].n >= VERSION_SIZE ||
	    str_eq(option['i'], option['o']))
		return -1; /* the tool writes over other fields */
	err = run->read(run, option['i'], &lzma);
	if (err == -ENOENT || err == -ENOTDIR || err == -EACCES)
		return fail(run, option['o'], "input file not found.");
	data = !err && blob_size(lzma) >= LZMA ? convert(lzma) : NULL;
	blob_unref(lzma);
	return data && tool_put(run, option['o'], make(option, data)) == 0 ? 0 : -1;
}

static bool check(struct firmware_view *v)
{
	static const struct tool_crcs places = {HEADER, CRC, SIZE, DATA_CRC};
	struct str image = firmware_bytes(v);
	size_t n;

	if (image.n < HEADER || get_be32((const unsigned char *)image.p) != magic)
		return false;
	n = tool_check_crcs(v, &places);
	v->extent = HEADER + n;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str name = firmware_text(v, h + NAME, NAME_SIZE);
	struct str version = firmware_text(v, h + VERSION, VERSION_SIZE);

	firmware_put_field(v, "name", "%.*s", STR_ARG(name));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "data", "%u bytes", get_be32(h + SIZE));
}

const struct firmware firmware_sks7300_img = {
	.name = "sks7300-img",
	.format = "XikeStor SKS7300 image",
	.help = "sks7300-img -i KERNEL -o FILE -n NAME -v VERSION\n",
	.write = sks7300_img_run,
	.check = check,
	.show = show,
	.pure = true,
};
