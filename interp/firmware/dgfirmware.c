/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dgfirmware: an image of NETGEAR's DG834G, always 0x3e0000 bytes: its kernel and root file
 * system taken out or put in, and its sum made right.
 *
 * 0x020000 0x0b0000  kernel	0x0d0000 0x30ffb2 root file system: filled up with 0xff
 * 0x3dffbd .         product	0x3dffeb 2 version
 * 0x3dfffc 2         sum of all bytes before it, little endian
 *
 * The image has no mark. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { WHOLE = 0x3e0000, PRODUCT = 0x3dffbd, VERSION = 0x3dffeb, SUM = 0x3dfffc, FAILED = 255 };

static const struct part {
	const char *name;	/* in messages */
	uint32_t at, size;
} rootfs = {"rootfs", 0xd0000, 0x30ffb2}, kernel = {"kernel", 0x20000, 0xb0000};

struct job {
	struct firmware_run *run;
	struct str image, out, take[2], put[2]; /* root file system, kernel; unset: not asked for */
	bool fix;
	unsigned char *p;
};

static int fail(struct job *j, const char *why)
{
	firmware_say(j->run, "\n", "%.*s: %s", STR_ARG(j->run->argv[0]), why);
	return FAILED;
}

/* Where the option's value goes; NULL: no option of this kind. */
static struct str *find(struct job *j, struct str option)
{
	static const char *const names[] = {"-x", "-xk", "-m", "-k", "-w"};
	struct str *to[] = {&j->take[0], &j->take[1], &j->put[0], &j->put[1], &j->out};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (str_is(option, names[i]))
			return to[i];
	}
	return NULL;
}

/* 0, or the exit status. */
static int read_options(struct job *j)
{
	const struct str *argv = j->run->argv;

	for (size_t i = 1; i < j->run->argc; i++) {
		struct str *to = find(j, argv[i]);

		if (str_is(argv[i], "-f"))
			j->fix = true;
		else if (to && i + 1 >= j->run->argc)
			return fail(j, "missing argument");
		else if (to)
			*to = argv[++i];
		else if (str_starts(argv[i], S("-")))
			return -1; /* -h; any other is a file's name to the tool */
		else if (j->image.p)
			return fail(j, "too many arguments");
		else
			j->image = argv[i];
	}
	if (!j->image.p)
		return fail(j, "missing argument");
	if ((j->take[0].p && j->put[0].p) || (j->take[1].p && j->put[1].p))
		return fail(j, "conflictuous options");
	return 0;
}

static int load(struct job *j)
{
	struct blob *image = NULL;
	int err;

	buf_z(j->run->out, "** Read firmware file\n");
	err = j->run->read(j->run, j->image, &image);
	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(j, strerror(-err));
	j->p = blob_size(image) == WHOLE ? malloc(WHOLE) : NULL;
	if (j->p)
		blob_read(image, 0, j->p, WHOLE);
	blob_unref(image);
	if (!j->p)
		return fail(j, "image file has wrong size");
	if (!memchr(j->p + PRODUCT, 0, WHOLE - PRODUCT))
		return -1;
	buf_fmt(j->run->out, "Firmware product: %s\nFirmware version: 1.%02d.%02d\n",
		(const char *)j->p + PRODUCT, j->p[VERSION] & 0x7f, j->p[VERSION + 1]);
	return 0;
}

static int take_out(struct job *j, const struct part *part, struct str path)
{
	int err;

	if (!path.p)
		return 0;
	buf_fmt(j->run->out, "** Write %s file\n", part->name);
	err = tool_put(j->run, path, blob_copy(j->p + part->at, part->size));
	return err ? fail(j, strerror(-err)) : 0;
}

static int put_in(struct job *j, const struct part *part, struct str path)
{
	struct blob *file = NULL;
	int err, status = 0;

	if (!path.p)
		return 0;
	buf_fmt(j->run->out, "** Read %s file\n", part->name);
	j->fix = true;
	err = j->run->read(j->run, path, &file);
	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(j, strerror(-err));
	memset(j->p + part->at, 0xff, part->size);
	if (blob_size(file) > part->size)
		status = fail(j, part == &rootfs ? "rootfs image file is too big"
						 : "kernel binary file is too big");
	else
		blob_read(file, 0, j->p + part->at, part->size);
	blob_unref(file);
	return status;
}

static void sum(struct job *j)
{
	uint16_t is = get_le16(j->p + SUM), want = (uint16_t)tool_byte_sum(j->p, SUM);

	buf_fmt(j->run->out, "image checksum = %04x\nreal checksum  = %04x\n", is, want);
	if (!j->fix)
		return;
	buf_z(j->run->out,
	      is == want ? "** Checksum is correct, good\n" : "** Bad Checksum, fix it\n");
	put_le16(j->p + SUM, want);
}

static int store(struct job *j)
{
	int err;

	if (!j->out.p)
		return 0;
	buf_z(j->run->out, "** Write image file\n");
	err = tool_put(j->run, j->out, blob_copy(j->p, WHOLE));
	return err ? fail(j, strerror(-err)) : 0;
}

static int dgfirmware_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	int status = read_options(&j);

	if (!status)
		status = load(&j);
	if (!status)
		status = take_out(&j, &rootfs, j.take[0]);
	if (!status)
		status = take_out(&j, &kernel, j.take[1]);
	if (!status)
		status = put_in(&j, &rootfs, j.put[0]);
	if (!status)
		status = put_in(&j, &kernel, j.put[1]);
	if (!status) {
		sum(&j);
		status = store(&j);
	}
	free(j.p);
	return status;
}

const struct firmware firmware_dgfirmware = {
    .name = "dgfirmware",
    .help = "dgfirmware [-f] [-x|-m ROOTFS] [-xk|-k KERNEL] [-w OUTPUT] FILE: take out (-x, -xk) "
	    "or put in\n"
	    "           (-m, -k) parts of FILE, make its sum right (-f)\n",
    .write = dgfirmware_run,
    .pure = true,
};
