/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * aruba-header: image for the APBoot boot loader of Aruba's access points, 512 bytes of header, big
 * endian.
 *
 *   0   4  size of what follows	   4  4  2: version of the header
 *   8   4  makes the sum of all words of header and image 0
 *  12   8  "ARUBA"			  20 256 build	276 24 version
 * 300   1  1: valid			 301  1  type: 0 system, 3 boot loader
 * 302   1  compression, 0		 303  1  machine
 * 304   4  size of the image		 308  4  kind of the next header, 0
 * 312  20  MD5 and what keeps it from being 0, not used
 * 332   4  flags, 0			 336 12  0	384 32 vendor
 *
 * The image is filled with NULs to whole words. Source: OpenWrt's scripts/aruba-header.py.
 */
#include "firmware/internal.h"

#include <ctype.h>

enum {
	SIZE = 0, FORMAT = 4, SUM = 8, MAGIC = 12, BUILD = 20, BUILD_ROOM = 256, VERSION = 276,
	VERSION_ROOM = 24, VALID = 300, TYPE = 301, MACHINE = 303, IMAGE_SIZE = 304, NEXT = 308,
	VENDOR = 384, VENDOR_ROOM = 32, HEADER = 512, BOOT = 3,
};

static const unsigned char magic[8] = "ARUBA";
static const struct opt options[] = {{0, NULL, OPT_NONE, NULL}};

/* By number. */
static const char *const machines[] = {
	"MSWITCH", "CABERNET", "SYRAH", "MERLOT", "MUSCAT", "NEBBIOLO", "MALBEC", "PALOMINO",
	"GRENACHE", "MOSCATO", "TALISKER", "JURA_R", "SCAPA", "JURA_O", "CORVINA", "ARRAN",
	"BLUEBLOOD", "MSR2K", "PORFIDIO", "CAZULO", "SCAPA_H", "CARDHU", "BOWMORE", "TAMDHU",
	"ARDBEG", "ARDMORE", "DALMORE", "K2", "GRAPPA", "SHUMWAY", "SPRINGBANK", "OUZO",
	"AMARULA", "GROZDOVA", "PALINKA", "HAZELBURN", "TOMATIN", "HAZELBURN_H", "TOMATIN_16",
	"SPRINGBANK_16", "OCTOMORE", "BALVENIE", "OUZO_PLUS", "X4", "EINAR", "GLENFARCLAS",
	"GLENFIDDICH", "EIGER", "GLENMORANGIE", "MILAGRO", "OPUSONE", "ABERLOUR", "MILLSTONE",
	"DEWARS", "BUNKER", "MASTERSON", "SIERRA", "KILCHOMAN",
	"SPEYBURN", "LAGAVULIN", "LAPHROAIG", "TOBA", "ARRANTA",
};

enum { MACHINES = sizeof(machines) / sizeof(*machines) };

static bool is_called(struct str text, const char *name)
{
	size_t i = 0;

	while (i < text.n && name[i] && toupper((unsigned char)text.p[i]) == name[i])
		i++;
	return i == text.n && !name[i];
}

/* Big-endian words of N bytes, NULs behind them for what is no whole one. */
static uint32_t word_sum(const unsigned char *p, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (uint32_t)p[i] << (24 - 8 * (i & 3));
	return sum;
}

static uint32_t word_sum_blob(const struct blob *b)
{
	unsigned char piece[4096];
	uint32_t sum = 0;
	uint64_t at = 0;
	size_t n;

	while ((n = blob_read(b, at, piece, sizeof(piece))) > 0) {
		sum += word_sum(piece, n);
		at += n;
	}
	return sum;
}

static bool put_text(unsigned char *p, size_t room, struct str text)
{
	if (!python_text(text) || text.n >= room)
		return false;
	tool_put_text(p, room, text);
	return true;
}

/* False: words that are declined. */
static bool fill(unsigned char *h, const struct str *arg, const struct blob *image)
{
	uint32_t size = (uint32_t)blob_size(image);
	size_t machine = 0;

	memset(h, 0, HEADER);
	while (machine < MACHINES && !is_called(arg[6], machines[machine]))
		machine++;
	if (machine == MACHINES || (!str_is(arg[5], "os") && !str_is(arg[5], "boot")) ||
	    !put_text(h + BUILD, BUILD_ROOM, arg[2]) ||
	    !put_text(h + VERSION, VERSION_ROOM, arg[3]) ||
	    !put_text(h + VENDOR, VENDOR_ROOM, arg[4]))
		return false;
	put_be32(h + SIZE, size);
	put_be32(h + FORMAT, 2);
	memcpy(h + MAGIC, magic, sizeof(magic));
	h[VALID] = 1;
	h[TYPE] = str_is(arg[5], "boot") ? BOOT : 0;
	h[MACHINE] = (unsigned char)machine;
	put_be32(h + IMAGE_SIZE, size);
	put_be32(h + SUM, 0 - word_sum(h, HEADER) - word_sum_blob(image));
	/* a sum of 0 does not fit into the script's four bytes */
	return get_be32(h + SUM) != 0;
}

static int aruba_header_write(struct firmware_run *run)
{
	struct tool_options o = {0};
	unsigned char h[HEADER];
	struct blob *image;

	if (!python_options(run, options, &o) || o.operands.n != 7)
		return -1;
	image = python_read(run, o.operands.p[0]);
	if (image && blob_size(image) <= UINT32_MAX - 3) {
		firmware_join(&image, blob_run(0, (4 - blob_size(image) % 4) % 4));
		if (fill(h, o.operands.p, image))
			return python_write_behind(run, o.operands.p[1], h, HEADER, image);
	}
	blob_unref(image);
	return -1;
}

static bool check(struct firmware_view *v)
{
	struct str all = firmware_bytes(v), image;
	const unsigned char *h = (const unsigned char *)all.p;
	uint32_t sum;

	if (all.n < HEADER || memcmp(h + MAGIC, magic, sizeof(magic)) != 0)
		return false;
	image = str_sub(all, HEADER, get_be32(h + SIZE));
	tool_check_size(v, get_be32(h + SIZE), image.n);
	sum = 0 - word_sum(h, HEADER) - word_sum((const unsigned char *)image.p, image.n);
	firmware_compare32(v, "sum of words", get_be32(h + SUM), get_be32(h + SUM) + sum);
	v->extent = HEADER + image.n;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str build = firmware_text(v, h + BUILD, BUILD_ROOM);
	struct str version = firmware_text(v, h + VERSION, VERSION_ROOM);
	struct str vendor = firmware_text(v, h + VENDOR, VENDOR_ROOM);

	firmware_put_field(v, "build", "%.*s", STR_ARG(build));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "vendor", "%.*s", STR_ARG(vendor));
	firmware_put_field(v, "type", "%s",
			   !h[TYPE] ? "system" : h[TYPE] == BOOT ? "boot loader" : "other");
	if (h[MACHINE] < MACHINES)
		firmware_put_field(v, "machine", "%s", machines[h[MACHINE]]);
	firmware_put_field(v, "size", "%u bytes", get_be32(h + IMAGE_SIZE));
}

static void parts(struct firmware_view *v)
{
	firmware_put_part(v, S("image"), HEADER,
			  get_be32((const unsigned char *)firmware_bytes(v).p + IMAGE_SIZE));
}

static const char *const texts[] = {
	/* 25.12 and main of 2026 */
	"ece2ba6fc90225a9244c743607091724bf7b1e56a6dd8d9220d69b89465cc24a",
	NULL,
};

const struct firmware firmware_aruba_header = {
	.name = "aruba-header",
	.format = "Aruba APBoot image",
	.script = "aruba-header.py",
	.texts = texts,
	.help = "aruba-header IN OUT BUILD VERSION VENDOR os|boot MACHINE\n",
	.write = aruba_header_write,
	.check = check,
	.show = show,
	.parts = parts,
};
