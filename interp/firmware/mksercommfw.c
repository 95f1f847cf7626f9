/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mksercommfw: Sercomm's header of 512 bytes in front of a file, or 71 bytes of it behind (-f):
 *
 *   0  7  "sErCoMm"	7 4 00 01 00 00		11 34 hardware id	45 10 hardware version
 *  55  4  software version, big endian		63 7 "sErCoMm"
 * 511  1  what makes the sum of all bytes 0 (only in the header)
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 512, FOOTER = 71, ID = 11, ID_SIZE = 34, REVISION = 45, REVISION_SIZE = 10,
       VERSION = 55, MAGIC2 = 63, SUM = 511 };

static const struct str magic = S("sErCoMm");

static const struct opt options[] = {
	{'b', NULL, OPT_VALUE, "ID  hardware id"},
	{'r', NULL, OPT_VALUE, "REV  hardware version"},
	{'v', NULL, OPT_VALUE, "N  software version"},
	{'i', NULL, OPT_VALUE, "FILE  the file"},
	{'f', NULL, OPT_NONE, "behind the file"},
	{0, NULL, OPT_NONE, NULL},
};

static void fill(struct firmware_run *run, unsigned char *h, const struct str *option)
{
	memcpy(h, magic.p, magic.n);
	h[8] = 1;
	tool_put_text(h + ID, ID_SIZE, option['b']);
	tool_put_text(h + REVISION, REVISION_SIZE, option['r']);
	put_be32(h + VERSION, (uint32_t)strtol(str_cz(run->mem, option['v']), NULL, 0));
	memcpy(h + MAGIC2, magic.p, magic.n);
}

static unsigned char sum_of(const struct blob *b)
{
	uint64_t pos = 0;
	struct str span;
	uint32_t sum = 0;

	while (blob_next(b, &pos, &span))
		sum += tool_byte_sum(span.p, span.n);
	return (unsigned char)sum;
}

static int fail(struct firmware_run *run, const char *what, struct str path)
{
	buf_fmt(run->out, "Error %s: %.*s\n", what, STR_ARG(path));
	return 1;
}

static int mksercommfw_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct blob *in = NULL, *image;
	unsigned char h[HEADER] = {0};
	int err;

	if (!tool_options(run, options, &o) || !o.value['b'].p || !o.value['r'].p ||
	    !o.value['i'].p)
		return -1;
	err = run->read(run, o.value['i'], &in);
	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(run, "opening file", o.value['i']);
	if (!blob_size(in)) {
		blob_unref(in);
		return fail(run, "getting filesize", o.value['i']);
	}
	fill(run, h, o.value);
	if (o.value['f'].p) {
		firmware_join(&in, blob_copy(h, FOOTER));
		image = in;
	} else {
		h[SUM] = (unsigned char)(0 - sum_of(in) - tool_byte_sum(h, HEADER));
		image = blob_copy(h, HEADER);
		firmware_join(&image, in);
	}
	return tool_put(run, o.value['i'], image) ? fail(run, "opening file", o.value['i']) : 0;
}

/* The header or footer, or NULL. */
static const unsigned char *find(struct str image, bool *footer)
{
	struct str last;

	*footer = false;
	if (image.n >= HEADER && str_starts(image, magic) &&
	    str_starts(str_from(image, MAGIC2), magic))
		return (const unsigned char *)image.p;
	last = str_sub(image, 0, fwtool_payload(image));
	*footer = true;
	if (last.n < FOOTER)
		return NULL;
	last = str_from(last, last.n - FOOTER);
	if (!str_starts(last, magic) || !str_starts(str_from(last, MAGIC2), magic))
		return NULL;
	return (const unsigned char *)last.p;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	bool footer;
	uint32_t sum;

	if (!find(image, &footer))
		return false;
	if (footer)
		return true;
	v->extent = HEADER;
	sum = tool_byte_sum(image.p, fwtool_payload(image)) & 0xff;
	if (sum)
		firmware_bad(v, "the sum of all bytes is %u, not 0", sum);
	else
		firmware_good(v, "the sum of all bytes is 0");
	return true;
}

static void show(struct firmware_view *v)
{
	bool footer;
	const unsigned char *h = find(firmware_bytes(v), &footer);
	struct str id = firmware_text(v, h + ID, ID_SIZE);
	struct str revision = firmware_text(v, h + REVISION, REVISION_SIZE);

	firmware_put_field(v, "hardware id", "%.*s", STR_ARG(id));
	firmware_put_field(v, "hardware version", "%.*s", STR_ARG(revision));
	firmware_put_field(v, "software version", "0x%x", get_be32(h + VERSION));
}

const struct firmware firmware_mksercommfw = {
    .name = "mksercommfw",
    .format = "Sercomm image",
    .help =
	"mksercommfw -b ID -r REV [-v N] [-f] -i FILE: add Sercomm's header or footer to FILE\n",
    .write = mksercommfw_run,
    .check = check,
    .show = show,
    .pure = true,
    .trailer = true,
    .header = true,
};
