/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkdcs932: makes the sum of all words (little endian) of an image for D-Link's cameras DCS-930 and
 * DCS-932 0x55aa55aa, by the last four bytes, in place. A file that is no whole number of words
 * keeps, in its last one, the upper bytes of the word before. Source: firmware-utils of 14.07 to
 * 18.06.
 */
#include "firmware/internal.h"

enum { WORD = 4, USAGE = 234 /* -EINVAL */ };
static const uint32_t wanted = 0x55aa55aa;

static uint32_t sum_words(const struct blob *b)
{
	unsigned char word[WORD] = {0}, piece[4096];
	uint32_t sum = 0;
	uint64_t at = 0;
	size_t n;

	while ((n = blob_read(b, at, piece, sizeof(piece))) > 0) {
		for (size_t i = 0; i < n; i += WORD) {
			memcpy(word, piece + i, n - i < WORD ? n - i : WORD);
			sum += get_le32(word);
		}
		at += n;
	}
	return sum;
}

/* B, which is dropped, with V as its last bytes; less than a word becomes one. */
static struct blob *with_end(struct blob *b, uint32_t v)
{
	uint64_t at = blob_size(b) > WORD ? blob_size(b) - WORD : 0;
	unsigned char word[WORD];
	struct blob *end, *all;

	put_le32(word, v);
	end = blob_copy(word, WORD);
	all = blob_size(b) > WORD ? blob_patch(b, at, end) : blob_ref(end);
	blob_unref(end);
	blob_unref(b);
	return all;
}

static int mkdcs932_write(struct firmware_run *run)
{
	struct blob *b = NULL;
	uint32_t sum;

	if (run->argc == 2 && run->read(run, run->argv[1], &b) == 0) {
		b = with_end(b, 0);
		sum = wanted - sum_words(b);
		if (tool_put(run, run->argv[1], with_end(b, sum)) == 0)
			return 0;
	}
	buf_fmt(run->err, "Usage: %.*s input_file\n", STR_ARG(run->argv[0]));
	return USAGE;
}

const struct firmware firmware_mkdcs932 = {
	.name = "mkdcs932",
	.help = "mkdcs932 FILE\n",
	.write = mkdcs932_write,
	.pure = true,
};
