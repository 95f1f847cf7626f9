/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * srec2bin: Motorola S-records (S3 and S7) as binary records, little endian.
 *
 *   0 4  0xfeedfa42; with a third argument 0xdeadbe42
 *
 * Then records; bytes whose addresses follow each other are in one:
 *
 *   0 4  size of the data; 0: the address is where the program starts
 *   4 4  address
 *   8 .  data
 *   . 4  makes the sum of size, address and all bytes of data 0
 *
 * The first record has neither size nor address nor sum when its address is 0. What the tool says
 * goes to standard output, and its exit status is always 0; the first line that is wrong ends it.
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

enum { LINE_MOST = 255, HEAD = 8 };
static const uint32_t tag_little = 0xfeedfa42, tag_big = 0xdeadbe42;

struct job {
	struct firmware_run *run;
	struct buf out;
	size_t start;		/* of the record that is open, in OUT */
	bool open;
	uint32_t address, sum;	/* the last one's; of the record */
	unsigned records;	/* of data */
};

static void put_word(struct buf *b, uint32_t v)
{
	unsigned char p[4];

	put_le32(p, v);
	buf_put(b, (const char *)p, 4);
}

static void end_record(struct job *j)
{
	uint32_t size = (uint32_t)(j->out.n - j->start - HEAD);

	if (!j->open)
		return;
	put_le32((unsigned char *)j->out.p + j->start, size);
	put_word(&j->out, ~(j->sum + size) + 1);
	j->open = false;
}

/* What follows has this address. */
static void go_to(struct job *j, uint32_t address)
{
	if (address != j->address + 1) {
		end_record(j);
		j->open = true;
		j->start = j->out.n;
		j->sum = address;
		put_word(&j->out, 0);
		put_word(&j->out, address);
	}
	j->address = address;
}

static bool wrong(struct job *j, const char *what, const char *shown)
{
	buf_fmt(j->run->out, "\nERROR: %s - '%s'.", what, shown);
	return false;
}

/* N hex digits at P, which become upper case. */
static uint32_t number(struct job *j, char *p, int n)
{
	uint32_t v = 0;

	for (; n > 0; n--, p++) {
		v <<= 4;
		if (*p >= 'a' && *p <= 'z')
			*p &= 0x5f;
		if (*p >= '0' && *p <= '9')
			v += (uint32_t)(*p - '0');
		else if (*p >= 'A' && *p <= 'F')
			v += (uint32_t)(*p - 'A' + 10);
		else
			wrong(j, "Bad Hex char", p);
	}
	return v;
}

static bool sum_is_right(struct job *j, char *p, unsigned count)
{
	uint32_t sum = count;

	for (const char *q = p; *q; q++)
		if (!isxdigit((unsigned char)*q))
			return wrong(j, "Invalid hex digits", p);
	for (unsigned i = 0; i < count; i++)
		sum += number(j, p + 2 * i, 2);
	return (sum & 0xff) == 0xff;
}

static bool take_data(struct job *j, char *p, unsigned count)
{
	uint32_t address = number(j, p, 8);

	for (unsigned i = 4; i + 1 < count; i++) {
		unsigned char c = (unsigned char)number(j, p + 2 * i, 2);

		go_to(j, address++);
		j->sum += c;
		buf_char(&j->out, (char)c);
	}
	j->records++;
	return true;
}

/* How many bytes a record of each type has at least, and what is wrong with it all the same; NULL:
 * nothing. */
static const struct type {
	unsigned least;
	const char *refused;
} types[10] = {
    {3, NULL},
    {3, "Srecord Not valid for MIPS"},
    {4, "Srecord Not valid for MIPS"},
    {5, NULL},
    {0, "Invalid Srecord type"},
    {3, NULL},
    {0, "Invalid Srecord type"},
    {5, NULL},
    {4, "Srecord Not valid for MIPS"},
    {3, "Srecord Not valid for MIPS"},
};

static bool take_line(struct job *j, char *line)
{
	char *p = line + 4, kind = line[1];
	unsigned count;

	if (line[0] != 'S')
		return wrong(j, "Not an Srecord file", line);
	if (strlen(line) < 5)
		return wrong(j, "Srecord too short", line);
	count = number(j, line + 2, 2);
	if (count * 2 != strlen(p))
		return wrong(j, "Count field larger than record", line);
	if (!sum_is_right(j, p, count))
		return wrong(j, "Bad Checksum", line);
	if (kind < '0' || kind > '9')
		return true;
	if (count < types[kind - '0'].least)
		return wrong(j, "Invalid Srecord count field", line);
	if (types[kind - '0'].refused)
		return wrong(j, types[kind - '0'].refused, line);
	if (kind == '0' && number(j, p, 4))
		return wrong(j, "Srecord 1 address not zero", line);
	if (kind == '5' && (number(j, p, 4) | j->records))
		return wrong(j, "Incorrect number of S3 Record processed", line);
	if (kind == '7' && count != 5)
		return wrong(j, "Invalid Srecord count field", line);
	if (kind == '7')
		go_to(j, number(j, p, 8));
	return kind != '3' || take_data(j, p, count);
}

static void take_text(struct job *j, struct str text)
{
	char line[LINE_MOST + 1];
	struct str rest;
	bool good = true;

	while (good && str_split(&text, '\n', &rest)) {
		size_t n = 0;

		for (size_t i = 0; i < rest.n && n < LINE_MOST; i++)
			if (rest.p[i] != '\r')
				line[n++] = rest.p[i];
		line[n] = '\0';
		good = !*line || take_line(j, line);
	}
	end_record(j);
}

static int srec2bin_run(struct firmware_run *run)
{
	struct job j = {.run = run, .out = buf_new(run->mem), .address = ~(uint32_t)0};
	struct blob *in = NULL;
	int err;

	if (run->argc < 3) {
		buf_z(run->out, "\nError: <srec2bin <srec input file> <bin output file>\n\n");
		return 0;
	}
	err = run->read(run, run->argv[1], &in);
	if (err == -EISDIR)
		return -1;
	if (err) {
		buf_fmt(run->out, "\nError: Opening input file, %.*s.", STR_ARG(run->argv[1]));
		return 0;
	}
	put_word(&j.out, run->argc > 3 ? tag_big : tag_little);
	take_text(&j, blob_flat(run->mem, in));
	blob_unref(in);
	if (tool_put(run, run->argv[2], blob_copy(j.out.p, j.out.n)) != 0) {
		run->out->n = 0;
		buf_fmt(run->out, "\nError: Opening Output file, %.*s.", STR_ARG(run->argv[2]));
	}
	return 0;
}

/* The record at AT: its size with head and sum, or 0. */
static size_t record_at(struct str image, size_t at)
{
	uint32_t size;

	if (image.n - at < HEAD + 4)
		return 0;
	size = get_le32((const unsigned char *)image.p + at);
	return size > image.n - at - HEAD - 4 ? 0 : HEAD + (size_t)size + 4;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	size_t at = 4, n;

	if (image.n < 4 || (get_le32(p) != tag_little && get_le32(p) != tag_big) ||
	    !record_at(image, at))
		return false;
	for (; at < image.n && (n = record_at(image, at)) != 0; at += n)
		firmware_compare32(v, "record sum", get_le32(p + at + n - 4),
				   ~(get_le32(p + at) + get_le32(p + at + 4) +
				     tool_byte_sum(p + at + HEAD, n - HEAD - 4)) +
				       1);
	if (at < image.n)
		firmware_bad(v, "no whole record at %zu", at);
	v->extent = 4 + HEAD;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	size_t n, shown = 0;

	for (size_t at = 4; at < image.n && (n = record_at(image, at)) != 0 && shown < 64;
	     at += n, shown++)
		if (n > HEAD + 4)
			firmware_put_field(v, "record", "%zu bytes at 0x%08x", n - HEAD - 4,
					   get_le32(p + at + 4));
		else
			firmware_put_field(v, "start", "0x%08x", get_le32(p + at + 4));
}

const struct firmware firmware_srec2bin = {
    .name = "srec2bin",
    .format = "binary S-records",
    .help = "srec2bin SREC OUTPUT [BIG]: S3 and S7 records as binary ones; with a third argument "
	    "tagged as big endian\n",
    .write = srec2bin_run,
    .check = check,
    .show = show,
    .pure = true,
    .header = true,
};
