/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkplanexfw: Planex image.
 *
 *  0 20  SHA-1 of a number of the board (4 bytes, big endian) and of the data
 * 20  8  version with a NUL		28 2 the board's
 * 30  4  size of the data, big endian: always the board's
 * 34  .  the data, filled up with 0xff, up to 64 KiB more than its size
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <string.h>

#include "digest/digest.h"

enum { HEADER = 34, SHA1 = 20, VERSION = 20, VERSION_SIZE = 8, KIND = 28, SIZE = 30,
       MORE = 0x10000, SHA1_STATE = 512 };

static const struct board {
	const char *name;
	uint32_t seed;
	unsigned char kind[2];
	uint32_t size;
} boards[] = {
	{"MZK-W04NU", 2, {4, 8}, 0x770000},
	{"MZK-W300NH", 4, {0, 0}, 0x770000},
};
enum { BOARDS = sizeof(boards) / sizeof(*boards) };

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'v', NULL, OPT_VALUE, "VERSION  (1.00.00)"},
	{0, NULL, OPT_NONE, NULL},
};

static void sum(uint32_t seed, const struct blob *data, unsigned char *out)
{
	unsigned char state[SHA1_STATE], number[4];
	uint64_t pos = 0;
	struct str span;

	put_be32(number, seed);
	digest_sha1.begin(state);
	digest_sha1.update(state, number, 4);
	while (blob_next(data, &pos, &span))
		digest_sha1.update(state, span.p, span.n);
	digest_sha1.end(state, out);
}

static struct blob *make(const struct board *board, struct blob *data, struct str version)
{
	size_t n = version.n < VERSION_SIZE ? version.n : VERSION_SIZE - 1;
	struct blob *body = blob_ref(data), *image;
	unsigned char h[HEADER];

	firmware_join(&body, blob_run(0xff, board->size - blob_size(data)));
	memset(h, 0xff, HEADER);
	sum(board->seed, body, h);
	if (n)
		memcpy(h + VERSION, version.p, n);
	h[VERSION + n] = 0;
	memcpy(h + KIND, board->kind, 2);
	put_be32(h + SIZE, board->size);
	image = blob_copy(h, HEADER);
	firmware_join(&image, body);
	firmware_join(&image, blob_run(0xff, MORE - HEADER));
	return image;
}

static int mkplanexfw_run(struct firmware_run *run)
{
	struct tool_options o = {.value = {['v'] = S("1.00.00")}};
	const struct board *board;
	struct blob *data = NULL;
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	if (!o.value['B'].p)
		return firmware_error(run, 1, "no board specified");
	board = tool_find(boards, o.value['B']);
	if (!board)
		return firmware_error(run, 1, "unknown board '%.*s'", STR_ARG(o.value['B']));
	status = tool_read_input(run, o.value, &data);
	if (status)
		return status;
	if (blob_size(data) > board->size)
		status = firmware_error(
		    run, 1, "file '%.*s' is too big - max size: 0x%08X (exceeds %llu bytes)\n",
		    STR_ARG(o.value['i']), board->size,
		    (unsigned long long)(blob_size(data) - board->size));
	else
		status = tool_write(run, o.value['o'], ": ", "", make(board, data, o.value['v']));
	blob_unref(data);
	return status;
}

static const struct board *board_of(const unsigned char *h)
{
	for (size_t i = 0; i < BOARDS; i++) {
		if (get_be32(h + SIZE) == boards[i].size &&
		    memcmp(h + KIND, boards[i].kind, 2) == 0)
			return &boards[i];
	}
	return NULL;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	const struct board *board = image.n < HEADER ? NULL : board_of(h);
	unsigned char digest[SHA1];
	struct blob *data;

	if (!board || !memchr(h + VERSION, 0, VERSION_SIZE))
		return false;
	if (image.n - HEADER < board->size)
		firmware_bad(v, "the header says %u bytes, there are %zu", board->size,
			     image.n - HEADER);
	data =
	    blob_copy(h + HEADER, image.n - HEADER < board->size ? image.n - HEADER : board->size);
	sum(board->seed, data, digest);
	blob_unref(data);
	firmware_compare(v, "SHA-1", h, digest, SHA1);
	v->extent = HEADER;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	struct str version = firmware_text(v, h + VERSION, VERSION_SIZE);

	firmware_put_field(v, "board", "%s", board_of(h)->name);
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
}

const struct firmware firmware_mkplanexfw = {
    .name = "mkplanexfw",
    .format = "Planex image",
    .help = "mkplanexfw -B BOARD -i FILE -o FILE [-v VERSION]\n",
    .write = mkplanexfw_run,
    .since = tool_gives_reasons,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
