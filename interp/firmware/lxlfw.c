/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lxlfw create: Luxul image, little endian. The version says how long the header is.
 *
 *  0  4  "LXL#"	 4 4 version	8 4 size of the header
 * 12  4  flags: 1 is Luxul's own (-l)	16 16 board		from version 1
 * 32  4  release							from version 2
 * 36  4  offset, 40 4 size of blobs (certificate, signature)	from version 3
 *
 * Versions 1 and 2 are made here; showing, extracting and blobs (info, extract, blobs, insert) are
 * not. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { HEADER_SIZE = 8, FLAGS = 12, BOARD = 16, BOARD_SIZE = 16, RELEASE = 32, BLOBS = 36,
       BLOBS_SIZE = 40, MOST = 44, BAD_OPTION = 256 - EINVAL, FAILED = 256 - EIO };
static const uint32_t header_sizes[] = {12, 32, 36, 44};

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'l', NULL, OPT_NONE, "Luxul's own"},
	{'b', NULL, OPT_VALUE, "BOARD"},
	{'r', NULL, OPT_VALUE, "A[.B[.C[.D]]]  release"},
	{0, NULL, OPT_NONE, NULL},
};

static uint32_t at_least(uint32_t version, uint32_t least)
{
	return version < least ? least : version;
}

/* 0, or the exit status. */
static int take(struct firmware_run *run, int id, struct str value, unsigned char *h,
		uint32_t *version)
{
	unsigned char *r = h + RELEASE;

	switch (id) {
	case 'l':
		put_le32(h + FLAGS, 1);
		*version = at_least(*version, 1);
		break;
	case 'b':
		memcpy(h + BOARD, value.p, value.n < BOARD_SIZE ? value.n : BOARD_SIZE);
		*version = at_least(*version, 1);
		break;
	case 'r':
		if (sscanf(str_cz(run->mem, value), "%hhu.%hhu.%hhu.%hhu", r, r + 1, r + 2, r + 3) <
		    1) {
			firmware_say(run, "\n", "Failed to parse release number \"%.*s\"",
				     STR_ARG(value));
			return BAD_OPTION;
		}
		*version = at_least(*version, 2);
		break;
	default: break;
	}
	return 0;
}

static int make(struct firmware_run *run, struct str path, const unsigned char *h, uint32_t size,
		struct str in)
{
	struct blob *data = NULL, *image = blob_copy(h, size);
	int err = run->read(run, in, &data);

	if (err) {
		blob_unref(image);
		if (err == -EISDIR)
			return -1;
		firmware_say(run, "\n", "Could not open input file %.*s", STR_ARG(in));
		return FAILED;
	}
	firmware_join(&image, data);
	if (!tool_put(run, path, image))
		return 0;
	firmware_say(run, "\n", "Could not open \"%.*s\" file", STR_ARG(path));
	return FAILED;
}

static int lxlfw_run(struct firmware_run *run)
{
	unsigned char h[MOST] = "LXL#";
	uint32_t version = 0;
	struct str in = {NULL, 0};
	struct opts o;
	int id, status = 0;

	if (run->argc < 2 || !str_is(run->argv[1], "create"))
		return -1;
	if (run->argc < 3) {
		firmware_say(run, "\n", "Missing <file> argument");
		return BAD_OPTION;
	}
	o = opts_begin(run->mem, options, run->argv + 2, run->argc - 2, false);
	while (!status && (id = opts_next(&o)) != OPTS_END) {
		if (id == 'i')
			in = o.value;
		status = id == OPTS_ERROR ? -1 : take(run, id, o.value, h, &version);
	}
	if (!status && !in.p) {
		firmware_say(run, "\n", "Missing input file argument");
		status = BAD_OPTION;
	}
	if (status)
		return status;
	put_le32(h + 4, version);
	put_le32(h + HEADER_SIZE, header_sizes[version]);
	return make(run, run->argv[2], h, header_sizes[version], in);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t version, size;

	if (image.n < header_sizes[0] || memcmp(h, "LXL#", 4) != 0)
		return false;
	version = get_le32(h + 4) < 3 ? get_le32(h + 4) : 3;
	size = get_le32(h + HEADER_SIZE);
	if (size < header_sizes[version] || size > image.n)
		firmware_bad(v, "the header says that it has %u bytes, of %zu", size, image.n);
	else if (version == 3 && (uint64_t)get_le32(h + BLOBS) + get_le32(h + BLOBS_SIZE) > size)
		firmware_bad(v, "blobs reach out of the header");
	else
		v->extent = size;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t version = get_le32(h + 4);

	firmware_put_field(v, "header version", "%u", version);
	if (version >= 1 && image.n >= header_sizes[1]) {
		struct str board = firmware_text(v, h + BOARD, BOARD_SIZE);

		firmware_put_field(v, "board", "%.*s", STR_ARG(board));
	}
	if (version >= 2 && image.n >= header_sizes[2])
		firmware_put_field(v, "release", "%u.%u.%u.%u", h[RELEASE], h[RELEASE + 1],
				   h[RELEASE + 2], h[RELEASE + 3]);
}

const struct firmware firmware_lxlfw = {
	.name = "lxlfw",
	.format = "Luxul image",
	.help = "lxlfw create FILE -i FILE [-b BOARD] [-r RELEASE] [-l]\n",
	.write = lxlfw_run,
	.check = check,
	.show = show,
	.pure = true,
};
