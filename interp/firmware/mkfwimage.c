/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkfwimage: Ubiquiti's image (ubnt.c) of a kernel and a root file system. Source:
 * firmware-utils.
 */
#include "firmware/ubnt.h"

#include <errno.h>

enum { VERSION_MOST = 255 };

struct board {
	const char *name;
	uint32_t kernel, entry, size; /* addresses; bytes */
	bool rsa;
};

static const struct board boards[] = {
	{"XS2", 0xbfc30000, 0x80041000, 0x390000, false},
	{"XS5", 0xbe030000, 0x80041000, 0x390000, false},
	{"RS", 0xbf030000, 0x80060000, 0xb00000, false},
	{"RSPRO", 0xbf030000, 0x80060000, 0xf00000, false},
	{"LS-SR71", 0xbf030000, 0x80060000, 0x640000, false},
	{"XS2-8", 0xa8030000, 0x80041000, 0x6c0000, false},
	{"XM", 0x9f050000, 0x80002000, 0x760000, false},
	{"SW", 0x9f050000, 0x80002000, 0x760000, false},
	{"UBDEV01", 0x9f050000, 0x80002000, 0x6a0000, false},
	{"WA", 0x9f050000, 0x80002000, 0xf60000, true},
	{"XC", 0x9f050000, 0x80002000, 0xf60000, true},
	{"ACB", 0x9f050000, 0x80002000, 0xf60000, true},
	{NULL, 0, 0, 0, false},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD  (XS2)"},
	{'v', NULL, OPT_VALUE, "VERSION  (UNKNOWN)"},
	{'m', NULL, OPT_VALUE, "MAGIC  (OPEN)"},
	{'o', NULL, OPT_VALUE, "FILE  output (firmware-image.bin)"},
	{'r', NULL, OPT_VALUE, "FILE  root file system"},
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct board *find_board(struct str name)
{
	const struct board *b = boards;

	while (b->name && !str_is(name, b->name))
		b++;
	return b->name ? b : NULL;
}

/* Bytes, or as the tool has it for a file that is not there, -1. False: no file, to be declined. */
static bool length(struct firmware_run *run, struct str path, uint32_t *n)
{
	struct blob *b = NULL;
	int err = run->read(run, path, &b);

	*n = err ? UINT32_MAX : (uint32_t)blob_size(b);
	blob_unref(b);
	return err != -EISDIR;
}

static int fail_layout(struct firmware_run *run, int code)
{
	return ubnt_fail(run, 253, "Failed creating firmware layout description - error code: %d",
			 code);
}

/* The two parts' places: 0, or the exit status. */
static int lay_out(struct firmware_run *run, const struct board *b, const struct str *path,
		   struct ubnt_part *parts)
{
	uint32_t kernel, rootfs;

	if (!length(run, path['k'], &kernel) || !length(run, path['r'], &rootfs))
		return -1;
	buf_fmt(run->out, "board = %s\n", b->name);
	if (kernel == UINT32_MAX)
		return fail_layout(run, -1);
	if (rootfs + kernel > b->size) {
		ubnt_fail(run, 0,
			  "File '%.*s' too big (0x%08X) - max size: 0x%08X (exceeds %u bytes)",
			  STR_ARG(path['r']), rootfs, b->size, rootfs + kernel - b->size);
		return fail_layout(run, -2);
	}
	parts[0] = (struct ubnt_part){.name = S("kernel"), .index = 1, .base = b->kernel,
				      .memory = b->entry, .entry = b->entry, .size = kernel};
	parts[1] = (struct ubnt_part){.name = S("rootfs"), .index = 2, .base = b->kernel + kernel,
				      .size = b->size - kernel};
	buf_fmt(run->out, "kernel: %d 0x%08x\n", (int)kernel, parts[0].base);
	buf_fmt(run->out, "root: %d 0x%08x\n", (int)parts[1].size, parts[1].base);
	return 0;
}

static int make(struct firmware_run *run, const struct board *b, const struct str *option)
{
	struct ubnt_part parts[2] = {0};
	int status = lay_out(run, b, option, parts), code = 0;

	for (size_t i = 0; i < 2 && !status; i++) {
		status = ubnt_read(run, option[i ? 'r' : 'k'], i, &parts[i], &code);
		if (status > 0)
			status = ubnt_fail(
			    run, 252, "Failed validating firmware layout - error code: %d", code);
	}
	if (status) {
		blob_unref(parts[0].data);
		blob_unref(parts[1].data);
		return status;
	}
	buf_fmt(run->out, "Firmware version: '%.*s'\nOutput file: '%.*s'\nPart count: 2\n",
		STR_ARG(option['v']), STR_ARG(option['o']));
	for (size_t i = 0; i < 2; i++)
		buf_fmt(run->out, " %10s: %8llu bytes (free: %8lld)\n", parts[i].name.p,
			(unsigned long long)blob_size(parts[i].data),
			(long long)parts[i].size - (long long)blob_size(parts[i].data));
	return ubnt_write(run, option['o'], ubnt_make(option['m'], option['v'], parts, 2, b->rsa));
}

static int mkfwimage_run(struct firmware_run *run)
{
	struct tool_options o = {.value = {['B'] = S("XS2"),
					   ['v'] = S("UNKNOWN"),
					   ['m'] = S("OPEN"),
					   ['o'] = S("firmware-image.bin")}};
	const struct board *board;

	if (!tool_options(run, options, &o))
		return -1;
	if (!o.value['B'].n)
		o.value['B'] = S("XS2");
	board = find_board(o.value['B']);
	/* Some releases cut a longer version, some go on printing behind it. */
	if (o.value['v'].n > VERSION_MOST || !o.value['k'].n || !o.value['r'].n ||
	    !o.value['o'].n || !board)
		return -1;
	return make(run, board, o.value);
}

/* Until July 2019 there were other layouts and messages. */
static const struct firmware_mark since[] = {
    {.text = "ERROR: Invalid baord name"},
    {0},
};

const struct firmware firmware_mkfwimage = {
    .name = "mkfwimage",
    .format = "Ubiquiti image",
    .help =
	"mkfwimage [-B BOARD] [-v VERSION] -k KERNEL -r ROOTFS [-o FILE]: make a Ubiquiti image\n",
    .write = mkfwimage_run,
    .since = since,
    .named = "B",
    .check = ubnt_check,
    .show = ubnt_show,
    .pure = true,
};
