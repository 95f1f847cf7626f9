/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linksys-addfwhdr: Linksys image (EA8500), little endian.
 *
 *  0 4  "CHDR"	4 4 size, header included
 *  8 4  CRC-32 of all behind it, not inverted at the end
 * 12 4  1
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { HEADER = 16, SIZE = 4, CRC = 8, ONE = 12 };

static const struct opt options[] = {
	{'i', "input", OPT_VALUE, "FILE"},
	{'o', "output", OPT_VALUE, "FILE"},
	{'g', "garbage", OPT_NONE, "no effect"},
	{0, NULL, OPT_NONE, NULL},
};

static int make(struct firmware_run *run, struct str in, struct str out)
{
	unsigned char h[HEADER] = "CHDR";
	struct blob *data = NULL, *image;
	int err = run->read(run, in, &data), cannot;

	if (err == -EISDIR)
		return -1;
	put_le32(h + ONE, 1);
	if (!err) {
		put_le32(h + SIZE, (uint32_t)blob_size(data) + HEADER);
		put_le32(h + CRC, ~digest_crc32_blob(digest_crc32(0, h + ONE, 4), data));
	}
	image = err ? blob_empty() : blob_copy(h, HEADER);
	if (!err)
		firmware_join(&image, data);
	cannot = tool_put(run, out, image);
	if (cannot)
		return firmware_say(run, "\n", "Unable to open `%.*s' : %s", STR_ARG(out),
				    strerror(-cannot));
	buf_z(run->out, "\n---------- add fw header --------\n");
	return err ? firmware_say(run, "\n", "Unable to open `%.*s' : %s", STR_ARG(in),
				  strerror(-err))
		   : 0;
}

static int linksys_addfwhdr_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str in = {NULL, 0}, out = {NULL, 0};
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		if (id == 'i')
			in = o.value;
		if (id == 'o')
			out = o.value;
		if (id != 'g')
			buf_fmt(run->out, "%s file is [%.*s]\n", id == 'i' ? "input" : "output",
				STR_ARG(o.value));
	}
	if (!in.p || !out.p || str_eq(in, out))
		return -1;
	return make(run, in, out);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < HEADER || memcmp(h, "CHDR", 4) != 0 || get_le32(h + SIZE) < HEADER)
		return false;
	data = str_sub(image, ONE, get_le32(h + SIZE) - ONE);
	if (data.n < get_le32(h + SIZE) - ONE)
		firmware_bad(v, "the header says %u bytes, there are %zu", get_le32(h + SIZE),
			     image.n);
	firmware_compare32(v, "CRC", get_le32(h + CRC), ~digest_crc32(0, data.p, data.n));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "size", "%u bytes",
			   get_le32((const unsigned char *)firmware_bytes(v).p + SIZE));
}

const struct firmware firmware_linksys_addfwhdr = {
	.name = "linksys-addfwhdr",
	.format = "Linksys CHDR image",
	.help = "linksys-addfwhdr -i FILE -o FILE\n",
	.write = linksys_addfwhdr_run,
	.mode = 0600,
	.check = check,
	.show = show,
	.pure = true,
	.header = true,
};
