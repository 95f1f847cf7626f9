/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zynsig: ZyNOS header in front of a boot extension (GS1900 switches), big endian.
 *
 *  0 4  load address (0x80100000)	 6 3 "SIG"	 9 1 type (3: boot extension)
 * 10 4  size				14 4 size compressed (0)
 * 18 1  flags: 0x40, the checksum is good	20 2 checksum	22 2 of the compressed data (0)
 * 39 4  address of the memory map (0xb40e0000)
 *
 * The checksum adds big-endian 16-bit words, and 1 whenever it gets too big. Source:
 * firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

enum { HEADER = 48, SIGNATURE = 6, TYPE = 9, SIZE = 10, FLAGS = 18, SUM = 20, MAP = 39,
       BOOT_EXTENSION = 3, SUM_GOOD = 0x40 };
static const uint32_t load = 0x80100000, map = 0xb40e0000;

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

/* The tool removes its output then. */
static int fail(struct firmware_run *run, struct str out, const char *why)
{
	if (out.p && run->remove)
		run->remove(run, out);
	return firmware_error(run, 1, "%s", why);
}

static struct blob *make(struct firmware_run *run, struct blob *data)
{
	unsigned char h[HEADER] = {0};
	struct blob *image;
	struct str bytes = blob_flat(run->mem, data);

	put_be32(h, load);
	memcpy(h + SIGNATURE, "SIG", 3);
	h[TYPE] = BOOT_EXTENSION;
	put_be32(h + SIZE, (uint32_t)bytes.n);
	h[FLAGS] = SUM_GOOD;
	put_be16(h + SUM, zynos_checksum(bytes.p, bytes.n));
	put_be32(h + MAP, map);
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(data));
	return image;
}

/* A wrong or double option is answered with a byte of the C library's: not here. */
static int zynsig_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str in = {NULL, 0}, out = {NULL, 0};
	struct blob *data = NULL;
	int id, err;

	while ((id = opts_next(&o)) != OPTS_END) {
		struct str *to = id == 'i' ? &in : &out;

		if (id == OPTS_ERROR || to->p || str_starts(o.value, S("-")))
			return -1;
		*to = o.value;
	}
	if (!in.p)
		return fail(run, out, "input file is mandatory");
	if (str_eq(in, out))
		return -1;
	if (!out.p)
		return fail(run, out, "output file is mandatory");
	err = run->read(run, in, &data);
	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(run, out, "input file not found.");
	err = tool_put(run, out, make(run, data));
	blob_unref(data);
	return err ? -1 : 0; /* the tool crashes then */
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char is[2];

	if (image.n < HEADER || memcmp(h + SIGNATURE, "SIG", 3) != 0 || h[TYPE] != BOOT_EXTENSION ||
	    h[FLAGS] != SUM_GOOD || get_be32(h + SIZE) == 2)
		return false;
	data = str_sub(image, HEADER, get_be32(h + SIZE));
	tool_check_size(v, get_be32(h + SIZE), data.n);
	put_be16(is, zynos_checksum(data.p, data.n));
	firmware_compare(v, "checksum", h + SUM, is, 2);
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "load address", "0x%08x", get_be32(h));
	firmware_put_field(v, "data", "%u bytes", get_be32(h + SIZE));
}

const struct firmware firmware_zynsig = {
	.name = "zynsig",
	.format = "ZyNOS boot extension",
	.help = "zynsig -i FILE -o FILE\n",
	.write = zynsig_run,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
