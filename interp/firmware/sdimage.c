/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sdimage: puts a boot stream for i.MX23 and i.MX28 twice into an SD card's image, little endian.
 * The partition of type 'S' in its MBR begins with
 *
 *  0 4  0x00112233	 4 4 1	 8 4 2	12 4 number of copies (2)
 * 16 .  each: 0 4 0, 4 4 0, 8 4 tag (1, 2), 12 4 first sector, 16 4 number of sectors
 *
 * The first copy is at its fifth sector, the second where it ends, at a multiple of the alignment
 * (64 KiB) from the partition's start. Source: mhei/fsl-imx-uuc.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	SECTOR = 512, TABLE = 446, ENTRY = 16, TYPE = 4, START = 8, COUNT = 12, PARTITIONS = 4,
	MBR_MARK = 510, MARK = 0xaa55, FIRST = 4, HEAD = 56, COPY = 20, ALIGN = 64,
};
static const uint64_t most = UINT64_C(1) << 30;

static const struct opt options[] = {
	{'a', "alignment", OPT_VALUE, "KIB  of the second copy"},
	{'d', "device", OPT_VALUE, "FILE  image"},
	{'f', "firmware", OPT_VALUE, "FILE  boot stream"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str device, firmware;
	int align;		/* KiB; 0: a sector */
	struct blob *image, *stream;
};

/* 0, 1 after saying why not, or -1. */
static int take_align(struct job *j, struct str text)
{
	char *end;
	long value = strtol(str_cz(j->run->mem, text), &end, 0);

	if (*end)
		return firmware_say(j->run, "\n", "Error: garbage after alignment value: %s", end);
	if (value > (1 << 20))
		return -1;
	j->align = value < 0 ? ALIGN : (int)value;
	if (value < 0)
		firmware_say(j->run, "\n", "Warning: invalid alignment '%.*s' given, using %d "
			     "instead.", STR_ARG(text), ALIGN);
	return 0;
}

static int read_options(struct job *j)
{
	struct opts o = opts_begin(j->run->mem, options, j->run->argv, j->run->argc, false);
	int id, status = 0;

	j->align = ALIGN;
	while (!status && (id = opts_next(&o)) != OPTS_END) {
		if (id == 'a')
			status = take_align(j, o.value);
		else if (id == OPTS_ERROR)
			return -1;
		else
			*(id == 'd' ? &j->device : &j->firmware) = o.value;
	}
	return status ? status : j->device.p && j->firmware.p ? 0 : -1;
}

static int read_one(struct job *j, const char *what, struct str path, struct blob **out)
{
	int err = j->run->read(j->run, path, out);

	if (err == -EISDIR)
		return -1;
	return err ? firmware_say(j->run, "\n", "Can't open %s '%.*s': %s", what, STR_ARG(path),
				  strerror(-err)) : 0;
}

static int read_both(struct job *j)
{
	int status = read_one(j, "firmware", j->firmware, &j->stream);

	if (!status && !blob_size(j->stream))
		return firmware_say(j->run, "\n", "mmap(%.*s) failed: %s", STR_ARG(j->firmware),
				    strerror(EINVAL));
	if (!status)
		status = read_one(j, "device", j->device, &j->image);
	if (!status && (blob_size(j->image) < SECTOR || blob_size(j->stream) > most))
		return -1;
	return status;
}

/* The entry of the partition for boot streams in MBR, or NULL. */
static const unsigned char *find_partition(const unsigned char *mbr)
{
	for (size_t i = 0; i < PARTITIONS; i++) {
		const unsigned char *e = mbr + TABLE + i * ENTRY;

		if (e[TYPE] == 'S')
			return e;
	}
	return NULL;
}

static void put_at(struct job *j, uint64_t at, struct blob *b)
{
	struct blob *whole = blob_patch(j->image, at, b);

	blob_unref(j->image);
	blob_unref(b);
	j->image = whole;
}

static void put_copy(unsigned char *p, uint32_t tag, uint32_t first, uint32_t n)
{
	put_le32(p + 8, tag);
	put_le32(p + 12, first);
	put_le32(p + 16, n);
}

static void write_all(struct job *j, uint32_t start, uint32_t second)
{
	uint32_t n = ((uint32_t)blob_size(j->stream) + SECTOR - 1) / SECTOR;
	unsigned char h[HEAD] = {0};

	put_le32(h, 0x00112233);
	put_le32(h + 4, 1);
	put_le32(h + 8, 2);
	put_le32(h + 12, 2);
	put_copy(h + 16, 1, start + FIRST, second - FIRST);
	put_copy(h + 16 + COPY, 2, start + second, n);
	put_at(j, (uint64_t)start * SECTOR, blob_copy(h, HEAD));
	put_at(j, (uint64_t)(start + second) * SECTOR, blob_ref(j->stream));
	put_at(j, (uint64_t)(start + FIRST) * SECTOR, blob_ref(j->stream));
}

static int install(struct job *j)
{
	unsigned char mbr[SECTOR];
	const unsigned char *part;
	uint64_t size = blob_size(j->stream), unit = j->align ? (uint64_t)j->align << 10 : SECTOR;
	uint64_t second = (FIRST * SECTOR + size + unit - 1) / unit * unit, least;

	blob_read(j->image, 0, mbr, SECTOR);
	if (get_le16(mbr + MBR_MARK) != MARK)
		return firmware_say(j->run, "\n",
				    "MBR signature check failed: expected 0x%x, read 0x%x", MARK,
				    get_le16(mbr + MBR_MARK));
	part = find_partition(mbr);
	if (!part)
		return firmware_say(j->run, "\n", "Could not find bootstream partition.");
	least = (second + size + SECTOR - 1) / SECTOR;
	if (get_le32(part + COUNT) < least)
		return firmware_say(
		    j->run, "\n",
		    "Bootstream partition is too small with %u sectors.\nWith two instances of "
		    "this firmware and firmware alignment to %d kB,\nwe require at least %u "
		    "sectors (or %u kB).",
		    get_le32(part + COUNT), j->align, (unsigned)least,
		    (unsigned)(least * SECTOR / 1024));
	if (get_le32(part + START) > most / SECTOR) /* the tool counts in 32 bits */
		return -1;
	write_all(j, get_le32(part + START), (uint32_t)(second / SECTOR));
	return tool_put(j->run, j->device, blob_ref(j->image)) ? -1 : 0;
}

static int sdimage_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	int status = read_options(&j);

	if (!status)
		status = read_both(&j);
	if (!status)
		status = install(&j);
	blob_unref(j.image);
	blob_unref(j.stream);
	return status;
}

const struct firmware firmware_sdimage = {
	.name = "sdimage",
	.help = "sdimage -d IMAGE -f BOOTSTREAM [-a KIB]\n",
	.write = sdimage_run,
	.pure = true,
};
