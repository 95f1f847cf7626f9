/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wrt350nv2-builder: the flash of a Linksys WRT350N v2, and its archive under a header.
 *
 * wrt350n.bin (-b), 8 MiB:
 *
 *          0  .  an image; or the kernel, and behind its size the root file system
 *   size-16   4  of the root file system, big endian, where that is apart
 *   0x640000     up to here bytes by chance, from a multiple of 64 KiB before it on
 *   0x75ffe0  2  product (3)	 2 2 protocol (0)	 4 2 firmware version	6 2 0x90f7
 *   0x75ffe8  8  "eRcOmM"
 *   0x7bfff0  4  size of the boot loader, big endian	0x7c0000 . boot loader
 *   0x7fffb9  1  makes the sum of all bytes a multiple of 256
 *   0x7fffba 70  "sErCoMm", product, firmware version at 57
 *
 * The image (-z): 512 bytes of header with the firmware version at 50 and at 480 the MD5 (as 0
 * there) of all and a salt; the zip archive; 0xff.
 *
 * wrt350nv2_flash.c knows the flash again. Bytes by chance are made from the input's digest here,
 * so that a build can be repeated. Making all in one run (it calls zip) is the real tool's. Source:
 * OpenWrt's tools/wrt350nv2-builder, 2.4.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	FLASH = 0x800000,
	ROOT_END = 0x760000,
	FILLED = 0x640000, /* a smaller archive is refused by the device */
	PRODUCT = 0x75ffe0,
	BOOT = 0x7c0000,
	BOOT_MOST = 0x3ff80,
	SUM = 0x7fffb9,
	PID = 0x7fffba,
	PID_VERSION = 57,
	IMAGE_LEAST = 0x200000,
	KERNEL_LEAST = 0x80000,
	HEADER = 512,
	HEADER_VERSION = 50,
	MARK = 56,
	MD5 = 480,
	DIGEST = 16,
	FAILED = 1,
};

static const char root_mark[] = "eRcOmM", boot_mark[] = "sErCoMm", header_mark[] = "aDmBlK=";
static const char salt[] = "A^gU*<>?RFY@#DR&Z";

/* The same in both headers: what is before the firmware version, from the product on. */
static const unsigned char product[] = {
    0x00, 0x01, 0x00, 0x00, 0x59, 0x42, 0x50, 0x00, 0x01, 0x10,
};

static const struct opt options[] = {
    {'b', NULL, OPT_NONE, "make wrt350n.bin only"},
    {'z', NULL, OPT_NONE, "an archive is there"},
    {'i', NULL, OPT_NONE, "whatever the magics"},
    {'f', NULL, OPT_VALUE, "VERSION  of the firmware (0x2020)"},
    {0, NULL, OPT_NONE, NULL},
};

enum part { IMAGE, KERNEL, ROOT, LOADER, PARTS };

static const char *const part_names[PARTS] = {"image", "kernel", "rootfs", "u-boot"};

struct job {
	struct firmware_run *run;
	struct str file[PARTS];
	struct blob *data[PARTS];
	int size[PARTS]; /* as the parameter file has it */
	uint32_t version;
	bool any_magic;
};

/* --- the parameter file --- */

/* A number as scanf's %i reads it; false: it is not plainly one. */
static bool number(struct job *j, struct str text, int *out)
{
	char *z = str_cz(j->run->mem, text), *end;
	long n = strtol(z, &end, 0);

	*out = (int)n;
	return end != z && !*end && n >= 0 && n <= INT32_MAX;
}

/* ":NAME SIZE FILE" or "#version NUMBER"; false: in another form. */
static bool take_line(struct job *j, struct str line)
{
	struct str rest = str_from(line, 1), name, text, file;
	int n;

	if (!line.n || (line.p[0] != ':' && line.p[0] != '#' && line.p[0] != '$'))
		return true;
	if (!str_word(&rest, &name) || !str_word(&rest, &text) || !number(j, text, &n))
		return false;
	if (line.p[0] == '#') {
		j->version = (uint32_t)n & 0xffff;
		return str_is(name, "version");
	}
	if (line.p[0] != ':' || !str_word(&rest, &file) || name.n > 255 || file.n > 255)
		return false;
	for (size_t i = 0; i < PARTS; i++) {
		if (!str_is(name, part_names[i]))
			continue;
		if (j->file[i].p)
			return false;
		j->file[i] = file;
		j->size[i] = n;
		return true;
	}
	return false;
}

static bool take_parameters(struct job *j, struct str text)
{
	struct str line;

	while (str_split(&text, '\n', &line))
		if (!take_line(j, line))
			return false;
	return true;
}

/* 0, a status after a message, or -1. */
static int read_parts(struct job *j)
{
	int status = 0;

	for (size_t i = 0; i < PARTS; i++) {
		int err = j->file[i].p ? j->run->read(j->run, j->file[i], &j->data[i]) : 0;

		if (err == -EISDIR)
			return -1;
		if (!err && j->data[i] && blob_size(j->data[i]) < 2)
			return -1;
		if (!err)
			continue;
		buf_fmt(j->run->out, "input file %.*s: %s\n", STR_ARG(j->file[i]), strerror(-err));
		status = -err;
	}
	return status;
}

/* --- checks --- */

static uint64_t size_of(const struct job *j, enum part i)
{
	return j->data[i] ? blob_size(j->data[i]) : 0;
}

/* Begins the part as it should? */
static bool check_magic(struct job *j, enum part i)
{
	unsigned char m[2] = {0, 0};
	bool right;

	blob_read(j->data[i], 0, m, 2);
	if (i == ROOT)
		right = (m[0] == 'h' && m[1] == 's') || (m[0] == 0x85 && m[1] == 0x19);
	else
		right = m[0] == 0x27 && m[1] == 0x05;
	if (right || i == LOADER)
		return true;
	buf_fmt(j->run->out, "mtd %s input file %.*s has unknown magic number (0x%02X%02X)%s\n",
		part_names[i], STR_ARG(j->file[i]), m[0], m[1], j->any_magic ? "...ignoring" : "");
	return j->any_magic;
}

static bool check_size(struct job *j, enum part i, int64_t least, int64_t most)
{
	int64_t n = (int64_t)size_of(j, i);
	bool right = true;

	if (n < least) {
		buf_fmt(j->run->out, "mtd %s input file %.*s too unrealistic small (0x%08llX)\n",
			part_names[i], STR_ARG(j->file[i]), (unsigned long long)n);
		right = false;
	}
	if (most < 0) {
		buf_fmt(j->run->out, "mtd %s bad file size check (%lld) due to input data\n",
			part_names[i], (long long)most);
		right = false;
	} else if (most && n > most) {
		buf_fmt(j->run->out, "mtd %s input file %.*s too big (0x%08llX)\n", part_names[i],
			STR_ARG(j->file[i]), (unsigned long long)n);
		right = false;
	}
	return right;
}

/* Are the parts there that have to be? */
static bool check_parts(struct job *j)
{
	bool kernel = j->file[KERNEL].p, root = j->file[ROOT].p;
	struct buf *out = j->run->out;

	if (j->file[IMAGE].p) {
		if (kernel || root)
			buf_z(out, "Image and kernel/rootfs specified in parameter file\n");
		return !kernel && !root;
	}
	if (kernel && root)
		return true;
	if (kernel)
		buf_z(out, "Kernel without rootfs, either incorrectly specified or not at all in "
			   "parameter file\n");
	else if (root)
		buf_z(out, "Rootfs without kernel, either incorrectly specified or not at all in "
			   "parameter file\n");
	else
		buf_z(out, "Neither an image nor kernel with rootfs was/were correctly specified "
			   "or at all in parameter file\n");
	return false;
}

static bool check_all(struct job *j)
{
	const int64_t kernel = j->size[KERNEL];
	const int64_t least[PARTS] = {IMAGE_LEAST, KERNEL_LEAST, 0, 0};
	const int64_t most[PARTS] = {ROOT_END, kernel - 16, PRODUCT - kernel, BOOT_MOST};
	bool right = true;

	for (enum part i = 0; i < PARTS; i++) {
		if (!j->file[i].p)
			continue;
		if (i == LOADER)
			buf_fmt(j->run->out,
				"mtd %s is specified, but will not be updated as of Linksys "
				"firmware 2.0.19\n",
				part_names[i]);
		right &= check_magic(j, i);
		right &= check_size(j, i, least[i], most[i]);
	}
	return check_parts(j) && right;
}

/* --- wrt350n.bin --- */

/* N bytes at P that do not compress, of DATA's digest. */
static void put_noise(unsigned char *p, size_t n, const struct blob *data)
{
	enum { SHA256 = 32, COUNT = 8 };
	unsigned char seed[SHA256 + COUNT], next[SHA256];

	digest_blob(&digest_sha256, data, seed);
	for (size_t at = 0; at < n; at += SHA256) {
		put_be64(seed + SHA256, at);
		digest_bytes(&digest_sha256, seed, sizeof(seed), next);
		memcpy(p + at, next, n - at < SHA256 ? n - at : SHA256);
	}
}

/* Part I at OFFSET, and noise behind it. */
static void put_part(struct job *j, unsigned char *flash, enum part i, size_t offset)
{
	size_t n = (size_t)size_of(j, i), noise, begin;

	if (!j->data[i])
		return;
	if (i == ROOT || i == LOADER)
		put_be32(flash + offset - 16, (uint32_t)n);
	blob_read(j->data[i], 0, flash + offset, n);
	if ((i != IMAGE && i != ROOT) || offset + n >= FILLED)
		return;
	noise = FILLED - offset - n;
	begin = offset + n + (noise & 0xffff);
	noise &= ~(size_t)0xffff;
	if (!noise)
		return;
	buf_fmt(j->run->out,
		"mtd %s input file %.*s is too small (0x%08zX), adding 0x%08zX random "
		"bytes\n",
		part_names[i], STR_ARG(j->file[i]), n, noise);
	put_noise(flash + begin, noise, j->data[i]);
}

static void put_marks(const struct job *j, unsigned char *flash)
{
	unsigned char *p = flash + PRODUCT, *pid = flash + PID;

	memset(p, 0, 16);
	p[1] = 3;
	put_be16(p + 4, (uint16_t)j->version);
	put_be16(p + 6, 0x90f7);
	memcpy(p + 8, root_mark, sizeof(root_mark) - 1);
	memset(pid, 0, 70);
	memcpy(pid, boot_mark, sizeof(boot_mark) - 1);
	memcpy(pid + 7, product, sizeof(product));
	pid[46] = pid[54] = 3;
	put_be16(pid + PID_VERSION, (uint16_t)j->version);
	pid[62] = 4;
	memcpy(pid + 63, boot_mark, sizeof(boot_mark) - 1);
	flash[SUM] = (unsigned char)(0u - tool_byte_sum(flash, FLASH));
}

static int make_bin(struct job *j)
{
	unsigned char *flash = calloc(1, FLASH);
	int err;

	/* a size of 16 for the kernel turns its check off: the tool writes out of its memory */
	if (!flash || size_of(j, KERNEL) > FLASH ||
	    size_of(j, ROOT) + (uint64_t)j->size[KERNEL] > FLASH) {
		free(flash);
		return -1;
	}
	put_part(j, flash, IMAGE, 0);
	put_part(j, flash, KERNEL, 0);
	put_part(j, flash, ROOT, (size_t)j->size[KERNEL]);
	put_part(j, flash, LOADER, BOOT);
	put_marks(j, flash);
	err = tool_put(j->run, S("wrt350n.bin"), blob_adopt(flash, FLASH));
	if (err)
		buf_fmt(j->run->out, "output file wrt350n.bin: %s\n", strerror(-err));
	return -err;
}

/* All of -b, with PARAMETERS read. */
static int build_bin(struct job *j, const struct blob *parameters)
{
	int status;

	if (!take_parameters(j, blob_flat(j->run->mem, parameters)))
		return -1;
	status = read_parts(j);
	if (status)
		return status;
	return check_all(j) ? make_bin(j) : FAILED;
}

/* --- the image --- */

static void put_header(unsigned char *h, uint32_t version)
{
	memset(h, 0, HEADER);
	memcpy(h, product, sizeof(product));
	h[39] = h[47] = 3;
	put_be16(h + HEADER_VERSION, (uint16_t)version);
	h[55] = 4;
	memcpy(h + MARK, header_mark, sizeof(header_mark) - 1);
}

static void md5_of(unsigned char *out, const struct blob *image)
{
	struct blob *salted = blob_ref((struct blob *)image);

	firmware_join(&salted, blob_copy(salt, sizeof(salt) - 1));
	digest_blob(&digest_md5, salted, out);
	blob_unref(salted);
}

static int make_image(struct job *j, struct str name, struct blob *archive)
{
	unsigned char h[HEADER], md5[DIGEST];
	struct blob *image, *patch, *done;
	int err;

	put_header(h, j->version);
	image = blob_copy(h, HEADER);
	firmware_join(&image, archive);
	firmware_join(&image, blob_run(0xff, 1));
	md5_of(md5, image);
	patch = blob_copy(md5, DIGEST);
	done = blob_patch(image, MD5, patch);
	blob_unref(patch);
	blob_unref(image);
	err = tool_put(j->run, name, done);
	if (err)
		buf_fmt(j->run->out, "Output file %.*s: %s\n", STR_ARG(name), strerror(-err));
	return -err;
}

/* --- the command --- */

static int builder_run(struct firmware_run *run)
{
	struct job j = {.run = run, .version = 0x2020};
	struct tool_options o = {0};
	struct blob *in = NULL;
	bool archive;
	int status, version;

	if (!tool_options(run, options, &o))
		return -1;
	archive = o.value['z'].p != NULL;
	/* all else ends with the usage text, or calls zip */
	if (archive == (o.value['b'].p != NULL) || o.operands.n != (archive ? 2 : 1) ||
	    (o.operands.n == 2 && str_eq(o.operands.p[0], o.operands.p[1])))
		return -1;
	if (o.value['f'].p && !number(&j, o.value['f'], &version))
		return -1;
	if (o.value['f'].p)
		j.version = (uint32_t)version & 0xffff;
	j.any_magic = o.value['i'].p != NULL;
	if (run->read(run, o.operands.p[0], &in) != 0)
		return -1;
	buf_z(run->out, "WRT350Nv2-Builder v2.4 by Dirk Teurlings <info@upexia.nl> and Matthias "
			"Buecher (http://www.maddes.net/)\n");
	if (archive)
		return make_image(&j, o.operands.p[1], in);
	status = build_bin(&j, in);
	blob_unref(in);
	for (size_t i = 0; i < PARTS; i++)
		blob_unref(j.data[i]);
	return status;
}

/* --- reading the image --- */

static bool check(struct firmware_view *v)
{
	static const char none[DIGEST];
	struct str image = firmware_bytes(v);
	unsigned char md5[DIGEST];
	struct blob *all, *patch, *blank;

	if (image.n <= HEADER || memcmp(image.p, product, sizeof(product)) != 0 ||
	    memcmp(image.p + MARK, header_mark, sizeof(header_mark)) != 0)
		return false;
	all = blob_copy(image.p, image.n);
	patch = blob_copy(none, DIGEST);
	blank = blob_patch(all, MD5, patch);
	md5_of(md5, blank);
	firmware_compare(v, "MD5", (const unsigned char *)image.p + MD5, md5, DIGEST);
	blob_unref(all);
	blob_unref(patch);
	blob_unref(blank);
	v->extent = image.n;
	return true;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "firmware version", "0x%04x",
			   get_be16((const unsigned char *)firmware_bytes(v).p + HEADER_VERSION));
}

static void parts(struct firmware_view *v)
{
	firmware_put_part(v, S("archive"), HEADER, firmware_bytes(v).n - HEADER - 1);
}

const struct firmware firmware_wrt350nv2_builder = {
    .name = "wrt350nv2-builder",
    .format = "Linksys WRT350N v2 image",
    .help = "wrt350nv2-builder -b PARAMETERS: make wrt350n.bin\n"
	    "wrt350nv2-builder -z [-f VERSION] ARCHIVE OUTPUT\n",
    .write = builder_run,
    .check = check,
    .show = show,
    .parts = parts,
};
