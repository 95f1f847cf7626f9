/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * TRX (Broadcom), little endian.
 *
 *   0   4  magic "HDR0" (-M: another)
 *   4   4  size of the image, header included (with -F only up to the file system's mark)
 *   8   4  CRC-32 from byte 12 to that size, not inverted at the end; version 2: with 8 bytes of
 *          the part at offsets[3] taken as 0xff
 *  12   2  flags   14 2 version
 *  16  12  offsets of three parts; version 2: 16 bytes, four parts
 *
 * Parts are padded to 4 bytes, the image to 4096. Source: firmware-utils' trx.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	MAGIC = 0x30524448,
	CRC_FROM = 12,
	VERSION = 14,
	OFFSETS = 16,
	HEADER_V1 = 28,
	HEADER_V2 = 32,
	MOST = 0x720000,
	PAGE = 4096,
	BIN_HEADER = 32,
	BIN_FLAGS = 22,
	BIN_FLAGS_SIZE = 8,
};
static const uint64_t most_ever = UINT64_C(1) << 30;

static const struct opt options[] = {
	{'2', NULL, OPT_NONE, "version 2 (must come first)"},
	{'o', NULL, OPT_VALUE, "FILE  output (standard output)"},
	{'m', NULL, OPT_VALUE, "SIZE  most bytes"},
	{'a', NULL, OPT_VALUE, "SIZE  align what follows"},
	{'b', NULL, OPT_VALUE, "OFFSET  fill up to it"},
	{'x', NULL, OPT_VALUE, "N  go N bytes on, or back"},
	{'f', NULL, OPT_VALUE, "FILE  a part"},
	{'A', NULL, OPT_VALUE, "FILE  append to the part before"},
	{'F', NULL, OPT_VALUE, "FILE  append; size and CRC end in front of it"},
	{'M', NULL, OPT_VALUE, "MAGIC"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str out;
	struct blob *body;	/* from the end of the header on */
	uint32_t header, magic, offsets[4], n, mark; /* mark 0: none */
	uint64_t most;
	bool v2, any;
};

enum { GO_ON = -2 };

static const char usage[] =
	"\nUsage:\n trx [-2] [-o outfile] [-m maxlen] [-a align]"
	" [-b absolute offset] [-x relative offset]\n"
	"     [-f file] [-f file [-f file [-f file (v2 only)]]]\n";

static uint64_t length(const struct job *j)
{
	return j->header + blob_size(j->body);
}

static void add_zeros(struct job *j, uint64_t n)
{
	if (n)
		firmware_join(&j->body, blob_run(0, n));
}

static int add_file(struct job *j, struct str path, bool append)
{
	struct blob *b = NULL;
	int err;

	if (!append) {
		if (j->n == (j->v2 ? 4u : 3u))
			return firmware_say(j->run, usage, "too many files");
		j->offsets[j->n++] = (uint32_t)length(j);
	}
	err = j->run->read(j->run, path, &b);
	if (err)
		return firmware_say(j->run, usage, "can not open \"%.*s\" for reading",
				    STR_ARG(path));
	j->any = true;
	if (length(j) + blob_size(b) >= j->most) {
		buf_fmt(j->run->err, "fread failure or file \"%.*s\" too large\n", STR_ARG(path));
		blob_unref(b);
		return 1;
	}
	if (blob_size(b) % 4)
		firmware_join(&b, blob_run(0, 4 - blob_size(b) % 4));
	firmware_join(&j->body, b);
	return GO_ON;
}

/* Move the end to AT, which is not beyond the most bytes. */
static int move_to(struct job *j, uint64_t at)
{
	struct blob *cut;

	if (at >= length(j)) {
		if (at > j->most)
			return firmware_say(j->run, usage, "offset %llu is beyond %llu bytes",
					    (unsigned long long)at,
				     (unsigned long long)j->most);
		add_zeros(j, at - length(j));
		return GO_ON;
	}
	if (at < j->header)
		return firmware_say(j->run, usage, "offset %llu is inside the header",
				    (unsigned long long)at);
	cut = blob_slice(j->body, 0, at - j->header);
	blob_unref(j->body);
	j->body = cut;
	return GO_ON;
}

static int go_back(struct job *j, int64_t n)
{
	uint64_t back = (uint64_t)-n;

	if (back <= length(j))
		return move_to(j, length(j) - back);
	return firmware_say(j->run, usage, "WARNING: current length smaller then -x %d offset",
			    (int)n);
}

static int set_most(struct job *j, uint64_t n)
{
	j->most = (n + PAGE - 1) / PAGE * PAGE;
	if (j->most < PAGE || j->most > most_ever)
		return firmware_say(j->run, usage, "maxlen too small (or wrapped)");
	if (j->most > MOST)
		buf_z(j->run->err,
		      "WARNING: maxlen exceeds default maximum!  Beware of overwriting nvram!\n");
	return GO_ON;
}

static int take_number(struct job *j, int id, struct str value)
{
	char *end, *z = str_cz(j->run->mem, value);
	uint64_t n;
	int64_t on;

	errno = 0;
	n = strtoul(z, &end, 0);
	on = id == 'x' ? strtol(z, &end, 0) : 0;
	if (errno || end == z || *end)
		return firmware_say(j->run, usage, "illegal numeric string");
	switch (id) {
	case 'm': return set_most(j, n);
	case 'M': j->magic = (uint32_t)n; return GO_ON;
	case 'a':
		if (n == 0 || n > most_ever || (length(j) & (n - 1)) == 0)
			return GO_ON;
		return move_to(j, length(j) + n - (length(j) & (n - 1)));
	case 'b':
		if (n >= length(j))
			return move_to(j, n);
		buf_fmt(j->run->err, "WARNING: current length exceeds -b %d offset\n", (int)n);
		return GO_ON;
	default:
		if (on < 0)
			return go_back(j, on);
		return (uint64_t)on > most_ever ? firmware_say(j->run, usage,
							       "illegal numeric string")
						: move_to(j, length(j) + (uint64_t)on);
	}
}

static int take(struct job *j, int id, struct str value)
{
	switch (id) {
	case '2':
		if (length(j) != HEADER_V1)
			buf_z(j->run->err, "-2 has to be used before any other argument!\n");
		else {
			j->v2 = true;
			j->header = HEADER_V2;
		}
		return GO_ON;
	case 'o': j->out = value; return GO_ON;
	case 'F': j->mark = (uint32_t)length(j); return add_file(j, value, true);
	case 'A': return add_file(j, value, true);
	case 'f': return add_file(j, value, false);
	default: return take_number(j, id, value);
	}
}

/* CRC from CRC_FROM to SIZE, in version 2 with 0xff for the boot flags of the part at BIN. */
static uint32_t checksum(struct str image, uint32_t size, bool v2, uint32_t bin)
{
	static const unsigned char ff[BIN_FLAGS_SIZE] = {0xff, 0xff, 0xff, 0xff,
							 0xff, 0xff, 0xff, 0xff};
	uint64_t from = (uint64_t)bin + BIN_FLAGS, to = from + BIN_FLAGS_SIZE;
	uint32_t crc = 0;

	if (!v2 || to > size || from < CRC_FROM)
		return ~digest_crc32(0, image.p + CRC_FROM, size - CRC_FROM);
	crc = digest_crc32(crc, image.p + CRC_FROM, from - CRC_FROM);
	crc = digest_crc32(crc, ff, sizeof(ff));
	return ~digest_crc32(crc, image.p + to, size - to);
}

static struct blob *finish(struct job *j)
{
	unsigned char h[HEADER_V2] = {0};
	uint32_t size;
	struct blob *image;

	add_zeros(j, (PAGE - length(j) % PAGE) % PAGE);
	size = j->mark ? j->mark : (uint32_t)length(j);
	put_le32(h, j->magic);
	put_le32(h + 4, size);
	put_le16(h + VERSION, j->v2 ? 2 : 1);
	for (size_t i = 0; i < (j->v2 ? 4u : 3u); i++)
		put_le32(h + OFFSETS + 4 * i, j->offsets[i]);
	image = blob_copy(h, j->header);
	firmware_join(&image, blob_ref(j->body));
	put_le32(h + 8, checksum(blob_flat(j->run->mem, image), size, j->v2, j->offsets[3]));
	blob_unref(image);
	image = blob_copy(h, j->header);
	firmware_join(&image, blob_ref(j->body));
	return image;
}

static int write_out(struct job *j)
{
	struct blob *image;
	int err;

	if (!j->any)
		return firmware_say(j->run, usage, "we require atleast one filename");
	image = finish(j);
	if (j->v2 && blob_size(image) - j->offsets[3] < BIN_HEADER) {
		buf_z(j->run->err, "TRXv2 binheader too small!\n");
		blob_unref(image);
		return 1;
	}
	err = j->out.p ? j->run->write(j->run, j->out, image) : j->run->output(j->run, image);
	blob_unref(image);
	if (err)
		return firmware_say(j->run, usage, "can not open \"%.*s\" for writing",
				    STR_ARG(j->out));
	return 0;
}

static int trx_run(struct firmware_run *run)
{
	struct job j = {.run = run, .header = HEADER_V1, .magic = MAGIC, .most = MOST};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = GO_ON;

	j.body = blob_empty();
	buf_z(run->err, "mjn3's trx replacement - v0.81.1\n");
	while (status == GO_ON && (id = opts_next(&o)) != OPTS_END)
		status = id == OPTS_ERROR ? -1 : take(&j, id, o.value);
	if (status == GO_ON && o.operands.n)
		status = -1; /* files without -f stand in order with the options */
	if (status == GO_ON)
		status = write_out(&j);
	blob_unref(j.body);
	return status;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t size;
	bool v2;

	if (image.n < HEADER_V2 || get_le32(h) != MAGIC)
		return false;
	size = get_le32(h + 4);
	v2 = get_le16(h + VERSION) == 2;
	v->extent = v2 ? HEADER_V2 : HEADER_V1;
	if (size < HEADER_V1 || size > image.n)
		firmware_bad(v, "the header says %u bytes, there are %zu", size, image.n);
	else
		firmware_compare32(v, "CRC-32", get_le32(h + 8),
				   checksum(image, size, v2, get_le32(h + OFFSETS + 12)));
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;
	size_t n = get_le16(h + VERSION) == 2 ? 4 : 3;

	firmware_put_field(v, "version", "%u", get_le16(h + VERSION));
	firmware_put_field(v, "size", "%u", get_le32(h + 4));
	for (size_t i = 0; i < n; i++) {
		if (get_le32(h + OFFSETS + 4 * i))
			firmware_put_field(v, "part", "at %u", get_le32(h + OFFSETS + 4 * i));
	}
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	size_t n = get_le16(h + VERSION) == 2 ? 4 : 3;

	for (size_t i = 0; i < n; i++) {
		uint32_t at = get_le32(h + OFFSETS + 4 * i), end = get_le32(h + 4);

		for (size_t j = 0; j < n; j++) {
			uint32_t other = get_le32(h + OFFSETS + 4 * j);

			if (other > at && other < end)
				end = other;
		}
		if (at && end > at)
			firmware_put_part(v, str_fmt(v->mem, "part %zu", i), at, end - at);
	}
}

/* Until 2016 there was no -M. */
static const struct firmware_mark since[] = {
    {.text = "-:2o:m:a:x:b:f:A:F:M:"},
    {0},
};

const struct firmware firmware_trx = {
    .name = "trx",
    .format = "TRX image",
    .help = "trx [-2] -o FILE [-m SIZE] [-a SIZE] -f PART [-f PART]...: make a TRX image\n",
    .write = trx_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
    .strong = true,
    .header = true,
    .parts = parts,
};
