/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cfe-partition-tag: what Broadcom's CFE knows of a partition, big endian. The tag stands alone,
 * its partition is elsewhere, so nothing can be checked.
 *
 *  0  4  number of the partition	 4  4  its size		 8  2  flags
 * 10 33  name				43 21  version		64  4  CRC-32 of the partition, not
 * inverted
 *
 * Source: OpenWrt's scripts/cfe-partition-tag.py.
 */
#include "digest/digest.h"
#include "firmware/internal.h"

enum { NAME = 10, NAME_SIZE = 33, VERSION = 43, VERSION_SIZE = 21, CRC = 64, TAG = 68 };

static const struct opt options[] = {
	{'f', "flags", OPT_VALUE, NULL},
	{'d', "id", OPT_VALUE, NULL},
	{'i', "input-file", OPT_VALUE, NULL},
	{'o', "output-file", OPT_VALUE, NULL},
	{'n', "name", OPT_VALUE, NULL},
	{'v', "version", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

/* The numbers, which may not be 0; false: to be declined. */
static bool take_numbers(const struct tool_options *o, uint64_t *id, uint64_t *flags)
{
	return python_number(o->value['d'], UINT32_MAX, id) && *id &&
	       python_number(o->value['f'], UINT16_MAX, flags) && *flags;
}

static int cfe_partition_tag_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char tag[TAG] = {0};
	uint64_t id, flags;
	struct blob *b;

	if (!python_options(run, options, &o) || o.operands.n || !take_numbers(&o, &id, &flags) ||
	    !python_text(o.value['n']) || !python_text(o.value['v']) || !o.value['o'].n)
		return -1;
	b = python_read(run, o.value['i']);
	if (!b)
		return -1;
	put_be32(tag, (uint32_t)id);
	put_be32(tag + 4, (uint32_t)blob_size(b));
	put_be16(tag + 8, (uint16_t)flags);
	tool_put_text(tag + NAME, NAME_SIZE - 1, o.value['n']);
	tool_put_text(tag + VERSION, VERSION_SIZE - 1, o.value['v']);
	put_be32(tag + CRC, ~digest_crc32_blob(0, b));
	blob_unref(b);
	return python_write(run, o.value['o'], blob_copy(tag, TAG));
}

static const char *const texts[] = {
	"aa25a54b839f91c3f5340e674c5a04a266a3413a1b2105c20d51ff722cdaabab", /* 21.02 */
	/* 22.03 to main of 2026 */
	"ba344d31aafb67f16498b14db4da0e329a685473ec582e12355c67ba9e1ebca2",
	NULL,
};

const struct firmware firmware_cfe_partition_tag = {
    .name = "cfe-partition-tag",
    .script = "cfe-partition-tag.py",
    .texts = texts,
    .help = "cfe-partition-tag --input-file FILE --output-file FILE --flags N --id N --name NAME\n"
	    "  --version VERSION\n",
    .write = cfe_partition_tag_write,
};
