/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * padjffs2: append to an image, at the alignments asked for, 0xff up to there and then
 *
 *   de ad c0 de					the end marker (default)
 *   19 85 20 04 04 00 00 00 c4 94 db f4	-J: an empty JFFS2 padding node, big endian
 *   85 19 04 20 00 00 00 04 a8 fb a0 b4	-j: the same, little endian
 *
 * Source: tools/padjffs2 of OpenWrt (the tool's behaviour and messages).
 */
#include "firmware/internal.h"

#include <stdlib.h>
#include <string.h>

static const struct opt options[] = {
	{'x', NULL, OPT_VALUE, "OFFSET  bytes in front of the image on the flash"},
	{'J', NULL, OPT_NONE, "a big-endian JFFS2 padding node instead of the end marker"},
	{'j', NULL, OPT_NONE, "a little-endian one"},
	{'c', NULL, OPT_NONE, "write the padding to standard output"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	uint32_t offset, mask;
	const unsigned char *mark;
	size_t mark_size;
	bool to_output;
};

static const unsigned char node_be[] = {0x19, 0x85, 0x20, 0x04, 0x04, 0,
					0,    0,    0xc4, 0x94, 0xdb, 0xf4};
static const unsigned char node_le[] = {0x85, 0x19, 0x04, 0x20, 0,    0,
					0,    0x04, 0xa8, 0xfb, 0xa0, 0xb4};

static void take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'x':
		j->offset = (uint32_t)strtoul(str_cz(j->run->mem, value), NULL, 0);
		buf_fmt(j->run->err, "assuming %u bytes offset\n", j->offset);
		break;
	case 'J':
		j->mark = node_be;
		j->mark_size = sizeof(node_be);
		break;
	case 'j':
		j->mark = node_le;
		j->mark_size = sizeof(node_le);
		break;
	default: j->to_output = true;
	}
}

/* What comes behind SIZE bytes of image. */
static struct blob *padding(struct job *j, uint64_t size)
{
	uint64_t at = size + j->offset, end = at;
	struct blob *pad = blob_empty();

	while (j->mask) {
		at = jffs2_next_mark(at, &j->mask);
		buf_fmt(j->run->err, "padding image to %08x\n", (unsigned)at - j->offset);
		if (at > end) {
			firmware_join(&pad, blob_run(0xff, at - end));
			end = at;
		}
		firmware_join(&pad, blob_copy(j->mark, j->mark_size));
		end += j->mark_size;
	}
	return pad;
}

static int pad_file(struct job *j, struct str path)
{
	struct str name = firmware_name(j->run);
	struct blob *image = NULL, *pad;
	int err = j->run->read(j->run, path, &image);

	if (!err) {
		pad = padding(j, blob_size(image));
		if (j->to_output) {
			err = j->run->output(j->run, pad);
			blob_unref(pad);
		} else {
			firmware_join(&image, pad);
			err = j->run->write(j->run, path, image);
		}
		blob_unref(image);
	}
	if (err)
		buf_fmt(j->run->err, "[%.*s] *** error: Unable to open %.*s, %s\n", STR_ARG(name),
			STR_ARG(path), strerror(-err));
	return err != 0;
}

static int padjffs2_run(struct firmware_run *run)
{
	struct job j = {.run = run, .mark = jffs2_end_mark, .mark_size = sizeof(jffs2_end_mark)};
	struct opts o;
	int id;

	if (run->argc < 2) {
		buf_fmt(run->err, "Usage: %.*s file [<options>] [pad0] [pad1] [padN]\n",
			STR_ARG(firmware_name(run)));
		return 1;
	}
	/* The file comes first, whatever it looks like. */
	o = opts_begin(run->mem, options, run->argv + 1, run->argc - 1, false);
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	for (size_t i = 0; i < o.operands.n; i++)
		j.mask |= (uint32_t)strtoul(str_cz(run->mem, o.operands.p[i]), NULL, 0) * 1024;
	if (!j.mask)
		j.mask = (4 | 8 | 64 | 128) * 1024;
	return pad_file(&j, run->argv[1]);
}

const struct firmware firmware_padjffs2 = {
	.name = "padjffs2",
	.help = "padjffs2 FILE [-x OFFSET] [-J|-j] [-c] [KIB]...: append JFFS2 end markers\n"
		"at each KIB KiB (4 8 64 128)\n",
	.write = padjffs2_run,
	.pure = true,
};
