/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkcasfw: image of Cellvision's cameras (CAS) and network disks (NFS) and their kin, little
 *endian.
 *
 * CAS:  0  4  1	 4 4 offset of the kernel (32)	 8 4 its size	12 4 board
 *	16  4  sum of the kernel	20 12 0x5241aa55 0x524f4741 0xd3f22d4e
 * NFS:  0  4  0	 4 4 offset of the kernel (32)	 8 4 its size
 *	12  4  offset of the file system, 16 4 its size (0)
 *	20  4  sum of the kernel, 24 4 of the file system (0)	28 4 board
 *
 * The kernel is behind it. Sum: the words of 32 bits XORed, the last bytes left out. Without a
 * kernel its size is the most that the board has room for. The tool knows no letter to put a file
 * system in, nor one to keep an image that is too big. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

enum {
	HEADER = 32, CAS_ID = 12, CAS_SUM = 16, CAS_MAGIC = 20, NFS_FS = 12, NFS_SUM = 20,
	NFS_ID = 28, NFS = 0, CAS = 1, CAS_MOST = 61 << 16, NFS_MOST = 52 << 16, ARG_MOST = 1023,
};
static const uint32_t magics[] = {0x5241aa55, 0x524f4741, 0xd3f22d4e};

static const struct board {
	const char *name;
	uint32_t type, id;
} boards[] = {
	{"CAS-630", CAS, 0x01000000}, {"CAS-630W", CAS, 0x01000000},
	{"CAS-670", CAS, 0x01000000}, {"CAS-670W", CAS, 0x01000000},
	{"NFS-101U", NFS, 0x01000000}, {"NFS-101WU", NFS, 0x01000003},
	{"NFS-202U", NFS, 0x01000001}, {"NFS-202WU", NFS, 0x01000002},
	{"CG-NSADP", NFS, 0x01000020}, {"CG-NSADPCR", NFS, 0x01000021},
	{"DCS-950", CAS, 0x01010102}, {"DCS-950G", CAS, 0x01020102},
	{"DNS-120", NFS, 0x01000030}, {"DNS-G120", NFS, 0x01000032},
	{"DN-7013", NFS, 0x01000000}, {"LB-SS01TXU", NFS, 0},
	{"MU-5000FS", NFS, 0x01000040}, {"WL-5420CAM", CAS, 0x020b0101},
	{"WL-5460CAM", CAS, 0x020b0001}, {"LN-403", CAS, 0x01020402},
	{"WL-401", CAS, 0x01010402}, {"EP-4001-MM", CAS, 0x01030a02},
	{"EP-4002-MM", CAS, 0x01020a02}, {"EP-4011-MM", CAS, 0x01010a02},
	{"EP-4012-MM", CAS, 0x01000a02}, {"TN-U100", NFS, 0x01000081},
	{"TN-U200", NFS, 0x01000082},
};

/* C, r, w and x it reads as options, but knows none of them; k it does not. */
static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'K', NULL, OPT_VALUE, "FILE  kernel"},
	{'d', NULL, OPT_NONE, "a kernel that is too big is no error"},
	{'C', NULL, OPT_VALUE, NULL},
	{'r', NULL, OPT_VALUE, NULL},
	{'w', NULL, OPT_VALUE, NULL},
	{'x', NULL, OPT_VALUE, NULL},
	{'k', NULL, OPT_NONE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	const struct board *board;
	struct str kernel_path;
	bool lenient;
};

static void warn(struct job *j, struct str text)
{
	struct str tool = firmware_name(j->run);

	buf_fmt(j->run->err, "[%.*s] *** warning: %.*s\n", STR_ARG(tool), STR_ARG(text));
}

/* --- options: 0, or 1 --- */

static int take_board(struct job *j, struct str value)
{
	if (j->board)
		return firmware_error(j->run, 1, "only one board option allowed");
	if (str_starts(value, S("-")))
		return firmware_error(j->run, 1, "option -B requires an argument\n");
	j->board = tool_find(boards, value);
	return j->board ? 0 : firmware_error(j->run, 1, "invalid/unknown board specified: %.*s",
					     STR_ARG(value));
}

static int take_kernel(struct job *j, struct str value)
{
	struct str rest = str_sub(value, 0, ARG_MOST);

	if (j->kernel_path.p) {
		warn(j, S("only one kernel option allowed"));
		return 1;
	}
	str_split(&rest, ':', &j->kernel_path);
	return j->kernel_path.n ? 0
				: firmware_error(j->run, 1, "no file specified for option K");
}

static int take(struct job *j, int id, struct str value)
{
	int status = 1;

	if (id == 'd') {
		j->lenient = true;
		return 0;
	}
	if (id == 'B')
		status = take_board(j, value);
	else if (id == 'K')
		status = take_kernel(j, value);
	if (!status)
		return 0;
	firmware_error(j->run, 1, "invalid option: -k");
	if (id != 'k') { /* getopt has no letter for it */
		j->run->err->n -= 2;
		buf_put(j->run->err, "\0\n", 2);
	}
	return 1;
}

/* --- the image --- */

static uint32_t sum(struct str data)
{
	uint32_t x = 0;

	for (size_t i = 0; i + 4 <= data.n; i += 4)
		x ^= get_le32((const unsigned char *)data.p + i);
	return x;
}

static int make(struct job *j, struct str path, struct blob *kernel, uint32_t size)
{
	struct str data = kernel ? blob_flat(j->run->mem, kernel) : S("");
	bool cas = j->board->type == CAS;
	unsigned char h[HEADER] = {0};
	struct blob *image;

	put_le32(h, j->board->type);
	put_le32(h + 4, HEADER);
	put_le32(h + 8, size);
	put_le32(h + (cas ? CAS_ID : NFS_ID), j->board->id);
	put_le32(h + (cas ? CAS_SUM : NFS_SUM), sum(data));
	if (cas) {
		for (size_t i = 0; i < 3; i++)
			put_le32(h + CAS_MAGIC + 4 * i, magics[i]);
	} else {
		put_le32(h + NFS_FS, HEADER + size);
	}
	image = blob_copy(h, HEADER);
	if (kernel)
		firmware_join(&image, kernel);
	return tool_write(j->run, path, ": ", "", image);
}

static int too_big(struct job *j, uint32_t most, struct str path)
{
	warn(j, str_fmt(j->run->mem, "file %.*s is too big, will be truncated to %u bytes\n",
			STR_ARG(j->kernel_path), most));
	warn(j, str_fmt(j->run->mem, "generation of invalid images \"%.*s\" disabled",
			STR_ARG(path)));
	return j->lenient ? 0 : 1;
}

static int check_and_make(struct job *j, struct strs operands)
{
	uint32_t most = j->board && j->board->type == CAS ? CAS_MOST : NFS_MOST;
	struct blob *kernel = NULL;
	int status;

	if (!j->board)
		return firmware_error(j->run, 1, "no board specified");
	if (!operands.n)
		return firmware_error(j->run, 1, "no output file specified");
	if (operands.n > 1)
		return firmware_error(j->run, 1, "invalid option: %.*s", STR_ARG(operands.p[1]));
	if (!j->kernel_path.p)
		return make(j, operands.p[0], NULL, most);
	status = tool_read(j->run, j->kernel_path, ": ", "", &kernel);
	if (status)
		return status;
	if (blob_size(kernel) <= most)
		return make(j, operands.p[0], kernel, (uint32_t)blob_size(kernel));
	blob_unref(kernel);
	return too_big(j, most, operands.p[0]);
}

static int mkcasfw_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END)
		status = id == OPTS_ERROR ? -1 : take(&j, id, o.value);
	return status ? status : check_and_make(&j, o.operands);
}

/* --- check: CAS; the other kind has no mark of its own --- */

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), kernel;
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < HEADER || get_le32(h) != CAS || get_le32(h + 4) != HEADER)
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (get_le32(h + CAS_MAGIC + 4 * i) != magics[i])
			return false;
	}
	kernel = str_sub(image, HEADER, get_le32(h + 8));
	tool_check_size(v, get_le32(h + 8), kernel.n);
	firmware_compare32(v, "sum of the kernel", get_le32(h + CAS_SUM), sum(kernel));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	const char *name = "unknown";

	for (size_t i = sizeof(boards) / sizeof(*boards); i-- > 0;) {
		if (boards[i].type == CAS && boards[i].id == get_le32(h + CAS_ID))
			name = boards[i].name;
	}
	firmware_put_field(v, "board", "%s (0x%08x)", name, get_le32(h + CAS_ID));
	firmware_put_field(v, "kernel", "%u bytes", get_le32(h + 8));
}

const struct firmware firmware_mkcasfw = {
    .name = "mkcasfw",
    .format = "Cellvision image",
    .help = "mkcasfw -B BOARD [-K KERNEL] [-d] FILE\n"
	    "  -d  a kernel that is too big gives no image, but status 0\n",
    .write = mkcasfw_run,
    .since = tool_gives_reasons,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
