/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * patch-cmdline, patch-dtb: put a kernel's command line or device tree into the place that the
 * kernel has for it, in the file itself.
 *
 *   at a multiple of 4 below SIZE (16 KiB, unless it is given)
 *     0  8  "CMDLINE:"	  8 504 the command line, NULs behind
 *     0  8  "OWRTDTB:"	  8 SIZE - 8 the device tree, NULs behind
 *
 * The tools map the file; where they would touch pages behind its end, and die, they are started
 * themselves. Source: OpenWrt, tools/patch-image.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

enum {
	PAGE = 4096,
	MARK = 8,
	ROOM_DEFAULT = 16 << 10,
	CMDLINE = 512,
	FAILED = 255,
	ROOM_MOST = 16 << 20
};

struct job {
	struct firmware_run *run;
	const char *mark, *what; /* WHAT: in the message that the mark is not there */
	uint32_t search;
	uint64_t room;		/* from the mark on */
};

static int failed(struct firmware_run *run, const char *text)
{
	buf_z(run->err, text);
	return FAILED;
}

/* The optional last argument; false: not a plain number. */
static bool take_size(struct job *j, const char *unsaid)
{
	struct firmware_run *run = j->run;
	uint64_t n;

	j->search = ROOM_DEFAULT;
	if (run->argc == 3) {
		buf_fmt(run->out, "%s used is default of 16KB\n", unsaid);
		return true;
	}
	if (!str_number(run->argv[3], 10, &n) || n > ROOM_MOST)
		return false;
	j->search = (uint32_t)n;
	return true;
}

/* Where the mark is; UINT64_MAX: nowhere. */
static uint64_t find_mark(const struct job *j, const struct blob *kernel)
{
	char bytes[MARK];

	for (uint64_t at = 0; at < j->search; at += 4)
		if (blob_read(kernel, at, bytes, MARK) == MARK && memcmp(bytes, j->mark, MARK) == 0)
			return at;
	return UINT64_MAX;
}

/* TEXT, which is dropped, behind the mark of the kernel. */
static int patch(struct job *j, struct blob *text)
{
	struct firmware_run *run = j->run;
	struct blob *kernel = NULL, *padded, *patched, *cut;
	uint64_t at, size, pages;

	if (run->read(run, run->argv[1], &kernel) != 0) {
		blob_unref(text);
		return failed(run, "Could not open kernel image");
	}
	size = blob_size(kernel);
	pages = (size + PAGE - 1) / PAGE * PAGE;
	at = find_mark(j, kernel);
	if (at == UINT64_MAX ? j->search + MARK > pages : at + j->room > pages) {
		blob_unref(kernel);
		blob_unref(text);
		return -1;
	}
	if (at == UINT64_MAX) {
		blob_unref(kernel);
		blob_unref(text);
		buf_fmt(run->err, "%s marker not found!\n", j->what);
		return FAILED;
	}
	padded = blob_resize(text, j->room - MARK);
	patched = blob_patch(kernel, at + MARK, padded);
	cut = blob_resize(patched, size);
	blob_unref(text);
	blob_unref(padded);
	blob_unref(patched);
	blob_unref(kernel);
	return tool_put(run, run->argv[1], cut) ? -1 : 0;
}

static int usage(struct firmware_run *run, const char *what)
{
	buf_fmt(run->err, "Usage: %.*s <file> <%s> [size]\n", STR_ARG(run->argv[0]), what);
	return FAILED;
}

static int patch_cmdline_run(struct firmware_run *run)
{
	struct job j = {.run = run, .mark = "CMDLINE:", .what = "Command line", .room = CMDLINE};

	if (run->argc < 3 || run->argc > 4)
		return usage(run, "cmdline");
	if (!take_size(&j, "search space"))
		return -1;
	if (run->argv[2].n + MARK + 1 > CMDLINE)
		return failed(run, "Command line string too long\n");
	return patch(&j, blob_copy(run->argv[2].p, run->argv[2].n));
}

static int patch_dtb_run(struct firmware_run *run)
{
	struct job j = {.run = run, .mark = "OWRTDTB:", .what = "DTB"};
	struct blob *dtb = NULL;
	int err;

	if (run->argc < 3 || run->argc > 4)
		return usage(run, "dtb");
	if (!take_size(&j, "DT size"))
		return -1;
	j.room = j.search;
	err = run->read(run, run->argv[2], &dtb);
	if (err == -EISDIR)
		return -1;
	if (err)
		return failed(run, "DTB not found\n");
	if (blob_size(dtb) + MARK > j.room) {
		blob_unref(dtb);
		return failed(run, "DTB too big\n");
	}
	return patch(&j, dtb);
}

const struct firmware firmware_patch_cmdline = {
    .name = "patch-cmdline",
    .help = "patch-cmdline KERNEL CMDLINE [SIZE]: put the command line behind the kernel's mark\n",
    .write = patch_cmdline_run,
    .pure = true,
};

const struct firmware firmware_patch_dtb = {
	.name = "patch-dtb",
	.help = "patch-dtb KERNEL DTB [SIZE]: put the device tree behind the kernel's mark\n",
	.write = patch_dtb_run,
	.pure = true,
};
