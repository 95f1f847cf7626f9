/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * netgear-fit-padding: grows a FIT so that NETGEAR's EX6150v2 finds what is behind it. The boot
 * loader rounds up either the tree's size or the offset of its strings, which it takes for a
 * uImage's size; so the first 256 bytes of the strings go to a multiple of 64 KiB and the size is
 * said to be 32 KiB more. The file ends 64 bytes before the next multiple. What it makes is a
 * flattened tree (dtb.c). Source: OpenWrt's target/linux/ipq40xx/image/netgear-fit-padding.py,
 * which writes IN.new, whatever it was given for an output.
 */
#include "firmware/internal.h"

enum { TOTAL = 4, STRINGS = 12, LEAST = 16, MOVED = 256, BLOCK = 65536, SHORT = 64 };

/* B, which is dropped, with its strings at TO. */
static struct blob *grow(struct blob *b, uint32_t strings, uint64_t to)
{
	struct blob *bigger = blob_resize(b, to + BLOCK - SHORT),
		    *piece = blob_slice(bigger, strings, MOVED), *next;
	unsigned char h[LEAST];

	blob_unref(b);
	next = blob_patch(bigger, to, piece);
	blob_unref(bigger);
	blob_unref(piece);
	bigger = blob_patch(next, strings, piece = blob_run(0, MOVED));
	blob_unref(next);
	blob_unref(piece);
	/* the strings may have been in the header */
	blob_read(bigger, 0, h, sizeof(h));
	put_be32(h + STRINGS, (uint32_t)to);
	put_be32(h + TOTAL, (uint32_t)to + BLOCK / 2);
	piece = blob_copy(h, sizeof(h));
	next = blob_patch(bigger, 0, piece);
	blob_unref(piece);
	blob_unref(bigger);
	return next;
}

static int netgear_fit_padding_write(struct firmware_run *run)
{
	unsigned char h[LEAST];
	uint64_t n, to;
	struct blob *b;

	if (run->argc != 3)
		return -1;
	b = python_read(run, run->argv[1]);
	if (!b || blob_read(b, 0, h, LEAST) < LEAST) {
		blob_unref(b);
		return -1;
	}
	n = blob_size(b);
	to = (n / BLOCK + 2) * BLOCK;
	if (to > UINT32_MAX - BLOCK || to < (uint64_t)get_be32(h + STRINGS) + MOVED) {
		blob_unref(b);
		return -1;
	}
	b = grow(b, get_be32(h + STRINGS), to);
	if (python_write(run, str_cat(run->mem, run->argv[1], S(".new")), b) != 0)
		return -1;
	buf_fmt(run->out, "file_len=%llu hdr_file_len=%u str_off=%u\n", (unsigned long long)n,
		get_be32(h + TOTAL), get_be32(h + STRINGS));
	buf_fmt(run->out, "new_file_len=%llu new_hdr_file_len=%llu new_str_offset=%llu\n",
		(unsigned long long)(to + BLOCK - SHORT), (unsigned long long)(to + BLOCK / 2),
		(unsigned long long)to);
	return 0;
}

static const char *const texts[] = {
	/* 24.10 to main of 2026 */
	"8af4ba8b086b602629163fedef3c96ee1de3dc9331e74d3fe4e35a730d1c2d2e",
	NULL,
};

const struct firmware firmware_netgear_fit_padding = {
	.name = "netgear-fit-padding",
	.script = "netgear-fit-padding.py",
	.texts = texts,
	.help = "netgear-fit-padding IN OUT: write IN.new\n",
	.write = netgear_fit_padding_write,
};
