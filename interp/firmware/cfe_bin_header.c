/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cfe-bin-header: a program as Broadcom's CFE loads it from a file system, big endian.
 *
 *  0  4  address of the first instruction	 4 4 load address	 8 4 size of the program
 * 12  the program
 *
 * No mark, so nothing to check. Source: OpenWrt's scripts/cfe-bin-header.py.
 */
#include "firmware/internal.h"

enum { HEADER = 12 };

static const struct opt options[] = {
	{'e', "entry-addr", OPT_VALUE, NULL},
	{'i', "input-file", OPT_VALUE, NULL},
	{'l', "load-addr", OPT_VALUE, NULL},
	{'o', "output-file", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

static int cfe_bin_header_write(struct firmware_run *run)
{
	static const uint32_t usual = 0x80010000;
	struct tool_options o = {0};
	unsigned char header[HEADER];
	uint32_t entry = 0, load = 0;
	struct blob *b;

	if (!python_options(run, options, &o) || o.operands.n ||
	    !python_option32(o.value['e'], &entry) || !python_option32(o.value['l'], &load) ||
	    !o.value['o'].n)
		return -1;
	b = python_read(run, o.value['i']);
	if (!b)
		return -1;
	put_be32(header, entry ? entry : usual);
	put_be32(header + 4, load ? load : usual);
	put_be32(header + 8, (uint32_t)blob_size(b));
	if (python_write_behind(run, o.value['o'], header, HEADER, b) != 0)
		return -1;
	python_put_bytes(run->out, header, HEADER);
	buf_char(run->out, '\n');
	return 0;
}

static const char *const texts[] = {
	/* 21.02 to main of 2026 */
	"c31cc6db1775a034cd2e0c36ac2cabaa25e326ae9b2c237da5f6fd3bad2976ed",
	NULL,
};

const struct firmware firmware_cfe_bin_header = {
    .name = "cfe-bin-header",
    .script = "cfe-bin-header.py",
    .texts = texts,
    .help =
	"cfe-bin-header --input-file FILE --output-file FILE [--entry-addr N] [--load-addr N]\n",
    .write = cfe_bin_header_write,
};
