/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * srecimage: a file as Motorola S-records, lines that end in CR LF.
 *
 *   S0 0000 NAME	the output's name
 *   S3 ADDRESS DATA	16 bytes each, the last one what is left
 *   S7 ADDRESS		where it starts
 *
 * Behind the type stands the number of the bytes that follow, at the end a byte that makes the sum
 * of all of them 0xff. All digits are hexadecimal, two a byte; addresses of S3 and S7 have 4 bytes.
 * Source: OpenWrt's scripts/srecimage.pl.
 */
#include "firmware/internal.h"

#include <ctype.h>
#include <inttypes.h>

enum { LINE = 16, BYTES_MOST = 255 };

static void put_record(struct buf *out, char type, unsigned n_address, uint32_t address,
		       const unsigned char *data, size_t n)
{
	unsigned sum = (unsigned)n + n_address + 1, size = sum;

	buf_fmt(out, "S%c%02X%0*" PRIX32, type, size, (int)n_address * 2, address);
	for (unsigned i = 0; i < n_address; i++)
		sum += address >> i * 8 & 255;
	for (size_t i = 0; i < n; i++) {
		buf_fmt(out, "%02X", data[i]);
		sum += data[i];
	}
	buf_fmt(out, "%02X\r\n", ~sum & 255);
}

/* The digits of the start, with 0x in front or not; false: not an address of 32 bits. */
static bool address_of(struct str text, uint32_t *out)
{
	uint64_t n;

	if (str_starts(text, S("0x")))
		text = str_from(text, 2);
	if (!str_number(text, 16, &n) || n > UINT32_MAX)
		return false;
	*out = (uint32_t)n;
	return true;
}

static void put_data(struct buf *out, const struct blob *b, uint32_t start)
{
	unsigned char line[LINE];
	uint64_t at = 0;
	size_t n;

	while ((n = blob_read(b, at, line, LINE)) > 0) {
		put_record(out, '3', 4, start + (uint32_t)at, line, n);
		at += n;
	}
}

static int srecimage_write(struct firmware_run *run)
{
	const struct str *argv = run->argv;
	struct buf out = buf_new(run->mem);
	struct str name;
	uint32_t start;
	struct blob *b;

	if (run->argc != 4 || !address_of(argv[3], &start) || str_eq(argv[1], argv[2]))
		return -1;
	name = str_from(argv[2], (size_t)(str_rchr(argv[2], '/') + 1));
	if (!name.n || name.n > BYTES_MOST - 3)
		return -1;
	b = python_read(run, argv[1]);
	if (!b || blob_size(b) > (uint64_t)UINT32_MAX + 1 - start) {
		blob_unref(b);
		return -1;
	}
	put_record(&out, '0', 2, 0, (const unsigned char *)name.p, name.n);
	put_data(&out, b, start);
	put_record(&out, '7', 4, start, NULL, 0);
	blob_unref(b);
	return python_write(run, argv[2], blob_copy(out.p, out.n));
}

/* --- check --- */

struct record {
	char type;
	size_t n;		/* bytes of address and data */
	unsigned char bytes[BYTES_MOST];
};

/* One line; false: it is none. SOUND: its sum is right. */
static bool read_record(struct str line, struct record *r, bool *sound)
{
	unsigned char size;
	unsigned sum;

	if (line.n < 4 || line.p[0] != 'S' || !isdigit((unsigned char)line.p[1]) ||
	    !str_hex(str_sub(line, 2, 2), &size, 1) || !size || line.n != 4 + 2 * (size_t)size ||
	    !str_hex(str_from(line, 4), r->bytes, size))
		return false;
	r->type = line.p[1];
	r->n = size - 1u;
	sum = size + tool_byte_sum(r->bytes, size);
	*sound = (sum & 255) == 255;
	return true;
}

/* The next line without what ends it; false: there is none. */
static bool next_line(struct str *rest, struct str *line)
{
	if (!rest->n || !str_split(rest, '\n', line))
		return false;
	while (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

static bool check(struct firmware_view *v)
{
	struct str rest = firmware_bytes(v), line;
	size_t n = 0, wrong = 0;
	struct record r;
	bool sound;

	if (!str_starts(rest, S("S0")))
		return false;
	while (next_line(&rest, &line)) {
		if (!read_record(line, &r, &sound)) {
			if (!n)
				return false;
			firmware_bad(v, "line %zu is no record", n + 1);
			return true;
		}
		n++;
		wrong += !sound;
	}
	if (wrong)
		firmware_bad(v, "the sums of %zu records are wrong", wrong);
	else
		firmware_good(v, "sums of %zu records", n);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str rest = firmware_bytes(v), line;
	uint64_t data = 0;
	struct record r;
	bool sound;

	while (next_line(&rest, &line) && read_record(line, &r, &sound)) {
		if (r.type == '0' && r.n > 2) {
			struct str name = firmware_text(v, r.bytes + 2, r.n - 2);

			firmware_put_field(v, "name", "%.*s", STR_ARG(name));
		} else if (r.type == '3' && r.n >= 4) {
			if (!data)
				firmware_put_field(v, "address", "0x%08x", get_be32(r.bytes));
			data += r.n - 4;
		} else if (r.type == '7' && r.n >= 4) {
			firmware_put_field(v, "start", "0x%08x", get_be32(r.bytes));
		}
	}
	firmware_put_field(v, "data", "%" PRIu64 " bytes", data);
}

static const char *const texts[] = {
	/* 17.01 to main of 2026 */
	"8bc0ae1302a9ab5f79af69f9eb5ba89c8784b60513d083b1a73d6e0dde9f0372",
	"e631ff8bea1a528fd42b9b77b6dc19db9fba53aaaf5c6d1e61ebb9ca3e0ea33f", /* 15.05 */
	NULL,
};

const struct firmware firmware_srecimage = {
	.name = "srecimage",
	.format = "Motorola S-records",
	.script = "srecimage.pl",
	.texts = texts,
	.help = "srecimage IN OUT ADDRESS\n",
	.write = srecimage_write,
	.check = check,
	.show = show,
};
