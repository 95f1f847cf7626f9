/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkcameofw: Cameo image, big endian.
 *
 *   0  4  sum of all bytes behind the header
 *   4  4  size of what is behind the header	8 4 size of the kernel
 *  12 20  model	32 30 signature		62 4 region	66 12 version
 *  78  1  size of the header (84)		79 5 0
 *  84  .  kernel, padded with NULs to its size; root file system, padded to the image's
 *
 * It has no mark; it is known by its sizes. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <string.h>

enum {
	HEADER = 84,
	SIZE = 4,
	KERNEL = 8,
	MODEL = 12,
	SIGNATURE = 32,
	REGION = 62,
	VERSION = 66,
	LENGTH = 78,
	PAD = 79,
	SIZE_MOST = 64 << 20
};

static const struct opt options[] = {
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'c', NULL, OPT_NONE, " the kernel is a combined image"},
	{'M', NULL, OPT_VALUE, "MODEL"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'r', NULL, OPT_VALUE, "FILE  root file system"},
	{'S', NULL, OPT_VALUE, "SIGNATURE"},
	{'R', NULL, OPT_VALUE, "REGION  (DEF)"},
	{'V', NULL, OPT_VALUE, "VERSION"},
	{'I', NULL, OPT_VALUE, "SIZE  of the image"},
	{'K', NULL, OPT_VALUE, "SIZE  of the kernel"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct text {
	int id;
	const char *what;
	size_t at, room;
} texts[] = {
    {'M', "model", MODEL, 20},
    {'S', "signature", SIGNATURE, 30},
    {'R', "region", REGION, 4},
    {'V', "version", VERSION, 12},
};
enum { TEXTS = sizeof(texts) / sizeof(*texts) };

struct job {
	struct firmware_run *run;
	struct str value[128];
	uint32_t image_size, kernel_size;
	struct blob *kernel, *rootfs;
	uint64_t kernel_room, rootfs_room;
};

static int wrong(struct job *j, const char *text, const char *what)
{
	return firmware_error(j->run, 255, text, what);
}

static int take_options(struct job *j)
{
	struct opts o = opts_begin(j->run->mem, options, j->run->argv, j->run->argc, false);
	int id;

	j->value['R'] = S("DEF");
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		if ((id == 'K' || id == 'I') &&
		    !tool_any_whole(j->run, o.value, id == 'K' ? &j->kernel_size : &j->image_size))
			return firmware_error(j->run, 1, "%s is invalid '%.*s'",
					      id == 'K' ? "kernel size" : "image size",
					      STR_ARG(o.value));
		j->value[id] = id == 'c' ? S("c") : o.value;
	}
	return j->kernel_size > SIZE_MOST || j->image_size > SIZE_MOST ? -1 : 0;
}

static int check_options(struct job *j)
{
	for (size_t i = 0; i < TEXTS; i++) {
		struct str value = j->value[texts[i].id];

		if (!value.p)
			return wrong(j, "no %s specified", texts[i].what);
		if (value.n >= texts[i].room)
			return firmware_error(j->run, 255, "%s is too long, max length is %zu",
					      texts[i].what, texts[i].room - 1);
	}
	if (!j->value['o'].p)
		return wrong(j, "no %s specified", "output file");
	return j->value['k'].p ? 0 : wrong(j, "no %s specified", "kernel image");
}

static int take_file(struct job *j, int id, struct blob **out)
{
	int err = tool_read(j->run, j->value[id], " (", ")", out);

	return err == 1 ? 255 : err;
}

static int take_combined(struct job *j)
{
	uint64_t size = blob_size(j->kernel);

	if (!j->kernel_size)
		return wrong(j, "kernel size must be specified for %s images", "combined");
	j->kernel_room = j->image_size ? j->image_size : size;
	return size > j->kernel_room ? wrong(j, "%s image is too big", "kernel") : 0;
}

static int take_parts(struct job *j)
{
	int err = j->value['r'].p ? take_file(j, 'r', &j->rootfs)
				  : wrong(j, "no %s specified", "rootfs image");

	if (err)
		return err;
	j->kernel_room = j->kernel_size ? j->kernel_size : blob_size(j->kernel);
	j->rootfs_room = blob_size(j->rootfs);
	if (j->image_size && j->image_size < j->kernel_room)
		j->kernel_room = j->image_size;
	if (j->image_size)
		j->rootfs_room = j->image_size - j->kernel_room;
	if (blob_size(j->kernel) > j->kernel_room)
		return wrong(j, "%s image is too big", "kernel");
	return blob_size(j->rootfs) > j->rootfs_room ? wrong(j, "%s image is too big", "rootfs")
						     : 0;
}

static int make(struct job *j, bool combined)
{
	struct blob *image = blob_resize(j->kernel, j->kernel_room);
	unsigned char h[HEADER] = {0};
	struct str bytes;
	struct blob *whole;
	int status;

	if (!combined)
		firmware_join(&image, blob_resize(j->rootfs, j->rootfs_room));
	bytes = blob_flat(j->run->mem, image);
	put_be32(h, tool_byte_sum(bytes.p, bytes.n));
	put_be32(h + SIZE, (uint32_t)bytes.n);
	put_be32(h + KERNEL, combined ? j->kernel_size : (uint32_t)j->kernel_room);
	for (size_t i = 0; i < TEXTS; i++)
		tool_put_text(h + texts[i].at, texts[i].room, j->value[texts[i].id]);
	h[LENGTH] = HEADER;
	whole = blob_copy(h, HEADER);
	firmware_join(&whole, image);
	status = tool_write(j->run, j->value['o'], " (", ")", whole);
	if (!status)
		buf_fmt(j->run->err, "[%.*s] firmware file \"%.*s\" completed\n",
			STR_ARG(firmware_name(j->run)), STR_ARG(j->value['o']));
	return status;
}

static int mkcameofw_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	int status = take_options(&j);
	bool combined = j.value['c'].p;

	if (!status)
		status = check_options(&j);
	if (!status)
		status = take_file(&j, 'k', &j.kernel);
	if (!status)
		status = combined ? take_combined(&j) : take_parts(&j);
	if (!status)
		status = make(&j, combined);
	blob_unref(j.kernel);
	blob_unref(j.rootfs);
	return status;
}

static bool check(struct firmware_view *v)
{
	static const unsigned char pad[5];
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;

	if (image.n <= HEADER || p[LENGTH] != HEADER || memcmp(p + PAD, pad, sizeof(pad)) != 0 ||
	    get_be32(p + SIZE) != image.n - HEADER || get_be32(p + KERNEL) > image.n - HEADER ||
	    !p[MODEL] || !p[VERSION])
		return false;
	firmware_compare32(v, "sum", get_be32(p), tool_byte_sum(p + HEADER, image.n - HEADER));
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	for (size_t i = 0; i < TEXTS; i++) {
		struct str text = firmware_text(v, p + texts[i].at, texts[i].room);

		firmware_put_field(v, texts[i].what, "%.*s", STR_ARG(text));
	}
	firmware_put_field(v, "kernel", "%u bytes", get_be32(p + KERNEL));
}

const struct firmware firmware_mkcameofw = {
    .name = "mkcameofw",
    .format = "Cameo image",
    .help = "mkcameofw -M MODEL -S SIGNATURE -V VERSION [-R REGION] -k KERNEL (-r ROOTFS | -c -K "
	    "SIZE) [-K SIZE] [-I SIZE] -o FILE\n",
    .write = mkcameofw_run,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
