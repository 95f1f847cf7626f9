/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * otrx create, check, extract: TRX images by OpenWrt's own tool. The layout is in trx.c (version
 * 1); unlike trx, a file that cannot be read is only complained about. Extracting reads the
 * parts one behind the other from the header's end on, wherever the header says that they begin.
 * Standard input ("-") and an image whose parts overlap are not read here. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum { MAGIC = 0x30524448, HEADER = 28, CRC_FROM = 12, PARTS = 3, PAGE = 4096 };
static const uint64_t most = UINT64_C(1) << 30; /* bytes of padding at once */

static const struct opt options[] = {
	{'f', NULL, OPT_VALUE, "FILE  a part"},
	{'A', NULL, OPT_VALUE, "FILE  append to the part before"},
	{'a', NULL, OPT_VALUE, "SIZE  align what follows"},
	{'b', NULL, OPT_VALUE, "OFFSET  fill up to it"},
	{'M', NULL, OPT_VALUE, "MAGIC"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct blob *body;	/* behind the header */
	uint32_t magic, offsets[PARTS], n;
};

static uint64_t length(const struct job *j)
{
	return HEADER + blob_size(j->body);
}

static void align(struct job *j, uint64_t size)
{
	if (size && size <= most && (length(j) & (size - 1)))
		firmware_join(&j->body, blob_run(0, size - length(j) % size));
}

static void add_file(struct job *j, struct str path, bool part)
{
	struct blob *b = NULL;

	if (j->run->read(j->run, path, &b) != 0)
		buf_fmt(j->run->err, "Couldn't open %.*s\nFailed to append file %.*s\n",
			STR_ARG(path), STR_ARG(path));
	else {
		if (part)
			j->offsets[j->n++] = (uint32_t)length(j);
		firmware_join(&j->body, b);
	}
	align(j, 4);
}

static void fill_to(struct job *j, int64_t at)
{
	if (at < (int64_t)length(j) || (uint64_t)at > most)
		buf_fmt(j->run->err,
			"Current TRX length is 0x%llx, can't pad it with zeros to 0x%llx\n",
			(unsigned long long)length(j), (unsigned long long)at);
	else if ((uint64_t)at > length(j))
		firmware_join(&j->body, blob_run(0, (uint64_t)at - length(j)));
}

static void set_magic(struct job *j, const char *z)
{
	char *end;
	unsigned long magic;

	errno = 0;
	magic = strtoul(z, &end, 0);
	if (errno || end == z || *end)
		buf_fmt(j->run->err, "illegal magic string %s\n", z);
	else
		j->magic = (uint32_t)magic;
}

/* False: no room for another part. */
static bool take(struct job *j, int id, struct str value)
{
	const char *z = str_cz(j->run->mem, value);

	switch (id) {
	case 'A': add_file(j, value, false); break;
	case 'a': align(j, (uint64_t)strtol(z, NULL, 0)); break;
	case 'b': fill_to(j, strtol(z, NULL, 0)); break;
	case 'M': set_magic(j, z); break;
	default:
		if (j->n == PARTS) {
			buf_fmt(j->run->err,
				"Reached TRX partitions limit, no place for %s\n", z);
			return false;
		}
		add_file(j, value, true);
	}
	return true;
}

static int write_out(struct job *j, struct str path)
{
	unsigned char h[HEADER] = {0};
	struct blob *image;
	uint32_t crc;
	int err;

	align(j, PAGE);
	put_le32(h, j->magic);
	put_le32(h + 4, (uint32_t)length(j));
	h[14] = 1; /* version */
	for (size_t i = 0; i < PARTS; i++)
		put_le32(h + 16 + 4 * i, j->offsets[i]);
	crc = digest_crc32(0, h + CRC_FROM, HEADER - CRC_FROM);
	put_le32(h + 8, ~digest_crc32_blob(crc, j->body));
	image = blob_copy(h, HEADER);
	firmware_join(&image, blob_ref(j->body));
	err = j->run->write(j->run, path, image);
	blob_unref(image);
	if (!err)
		return 0;
	buf_fmt(j->run->err, "Couldn't open %.*s\n", STR_ARG(path));
	return 256 - EACCES;
}

static int create(struct firmware_run *run)
{
	struct job j = {.run = run, .magic = MAGIC};
	struct opts o;
	int id, status = 0;

	j.body = blob_empty();
	o = opts_begin(run->mem, options, run->argv + 2, run->argc - 2, false);
	while (status == 0 && (id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			status = -1;
		else if (!take(&j, id, o.value))
			status = 256 - ENOSPC;
	}
	if (status == 0)
		status = write_out(&j, run->argv[2]);
	blob_unref(j.body);
	return status;
}

/* --- check, extract --- */

static const struct opt check_options[] = {
	{'o', NULL, OPT_VALUE, "OFFSET  where the TRX begins"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct opt extract_options[] = {
	{'c', NULL, OPT_VALUE, "not used"},
	{'e', NULL, OPT_VALUE, "not used"},
	{'o', NULL, OPT_VALUE, "OFFSET  where the TRX begins"},
	{'1', NULL, OPT_VALUE, "FILE  for the first part"},
	{'2', NULL, OPT_VALUE, "FILE  for the second part"},
	{'3', NULL, OPT_VALUE, "FILE  for the third part"},
	{0, NULL, OPT_NONE, NULL},
};

/* Options in OPTION, where the TRX begins in *AT. False: to be declined. */
static bool read_options(struct firmware_run *run, const struct opt *table, struct str *option,
			 size_t *at)
{
	struct opts o = opts_begin(run->mem, table, run->argv + 2, run->argc - 2, false);
	int id, n = 0;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return false;
		option[id] = o.value;
	}
	if (option['o'].p)
		n = atoi(str_cz(run->mem, option['o']));
	*at = (size_t)n;
	return n >= 0 && !str_is(run->argv[2], "-");
}

/* STATUS: errno's number, negative. What was said before, then the words that end it. */
static int fail_parse(struct firmware_run *run, int status)
{
	firmware_say(run, "\n", "Couldn't open & parse %.*s: %d", STR_ARG(run->argv[2]), status);
	return 256 - EACCES;
}

/* The TRX from byte AT on in *TRX: 0, or the exit status after a message. */
static int open_trx(struct firmware_run *run, size_t at, struct str *trx)
{
	struct blob *file = NULL;
	const unsigned char *h;
	int err = run->read(run, run->argv[2], &file);

	if (err == -EISDIR)
		return -1;
	if (err) {
		firmware_say(run, "\n", "Couldn't open %.*s", STR_ARG(run->argv[2]));
		return fail_parse(run, -EACCES);
	}
	*trx = str_from(blob_flat(run->mem, file), at);
	*trx = str_dup(run->mem, *trx);
	blob_unref(file);
	h = (const unsigned char *)trx->p;
	if (trx->n < HEADER) {
		firmware_say(run, "\n", "Couldn't read %.*s header", STR_ARG(run->argv[2]));
		return fail_parse(run, -EIO);
	}
	if (get_le32(h) != MAGIC) {
		firmware_say(run, "\n", "Invalid TRX magic: 0x%08x", get_le32(h));
		return fail_parse(run, -EINVAL);
	}
	if (get_le32(h + 4) < HEADER) {
		firmware_say(run, "\n", "Length read from TRX too low (%u B)", get_le32(h + 4));
		return fail_parse(run, -EINVAL);
	}
	return 0;
}

static int check_trx(struct firmware_run *run)
{
	struct str option[128] = {{0}}, trx;
	const unsigned char *h;
	uint32_t size, crc;
	size_t at;
	int status;

	if (!read_options(run, check_options, option, &at))
		return -1;
	status = open_trx(run, at, &trx);
	if (status)
		return status;
	h = (const unsigned char *)trx.p;
	size = get_le32(h + 4);
	if (size > trx.n) {
		firmware_say(run, "\n", "Couldn't read last %zu B of data from %.*s", size - trx.n,
			     STR_ARG(run->argv[2]));
		return 256 - EIO;
	}
	crc = ~digest_crc32(0, h + CRC_FROM, size - CRC_FROM);
	if (crc != get_le32(h + 8)) {
		firmware_say(run, "\n", "Invalid data crc32: 0x%08x instead of 0x%08x", crc,
			     get_le32(h + 8));
		return 256 - EINVAL;
	}
	buf_fmt(run->out, "Found a valid TRX version %d\n", get_le16(h + 14));
	return 0;
}

struct part {
	unsigned index;
	uint32_t at, size;
};

/*
 * Does A stand in front of B, or at the same place? Parts that are not there come last, the later
 * first.
 */
static bool is_before(const struct part *a, const struct part *b)
{
	return a->at && (!b->at || a->at <= b->at);
}

static void swap(struct part *a, struct part *b)
{
	struct part t = *a;

	*a = *b;
	*b = t;
}

/* The parts in their order, with their sizes. False: one reaches back. */
static bool read_parts(const unsigned char *h, struct part *parts)
{
	for (unsigned i = 0; i < PARTS; i++)
		parts[i] = (struct part){.index = i, .at = get_le32(h + 16 + 4 * i)};
	/* the last two, then the first among them */
	if (!is_before(&parts[1], &parts[2]))
		swap(&parts[1], &parts[2]);
	for (unsigned i = 0; i + 1 < PARTS && !is_before(&parts[i], &parts[i + 1]); i++)
		swap(&parts[i], &parts[i + 1]);
	for (unsigned i = 0; i < PARTS; i++) {
		bool last = i + 1 == PARTS || !parts[i + 1].at;
		uint32_t end = last ? get_le32(h + 4) : parts[i + 1].at;

		if (parts[i].at > INT32_MAX || (parts[i].at && end < parts[i].at))
			return false;
		parts[i].size = parts[i].at ? end - parts[i].at : 0;
	}
	return true;
}

/* DATA: what there is of the SIZE bytes. False: PATH cannot be written, nothing was read. */
static bool extract_part(struct firmware_run *run, struct str data, uint32_t size, struct str path)
{
	bool whole = data.n == size;

	if (tool_put(run, path, blob_copy(data.p, whole ? data.n : 0)) != 0) {
		firmware_say(run, "\n", "Couldn't open %.*s", STR_ARG(path));
		return false;
	}
	if (whole)
		buf_fmt(run->out, "Extracted 0x%x bytes into %.*s\n", size, STR_ARG(path));
	else
		firmware_say(run, "\n", "Couldn't read %u B of data from %.*s", size,
			     STR_ARG(run->argv[2]));
	return true;
}

/* Where SIZE bytes from POS on end, or the end of the N. */
static size_t read_to(size_t pos, size_t size, size_t n)
{
	if (pos > n)
		return pos;
	return size > n - pos ? n : pos + size;
}

static int extract(struct firmware_run *run)
{
	struct str option[128] = {{0}}, trx;
	struct part parts[PARTS];
	size_t at, pos = HEADER;
	int status;

	if (!read_options(run, extract_options, option, &at))
		return -1;
	status = open_trx(run, at, &trx);
	if (status)
		return status;
	if (!read_parts((const unsigned char *)trx.p, parts))
		return -1;
	for (unsigned i = 0; i < PARTS; i++) {
		struct str path = option['1' + parts[i].index];

		if (!parts[i].at && path.p)
			buf_fmt(run->out, "TRX doesn't contain partition %u, can't extract %.*s\n",
				parts[i].index + 1, STR_ARG(path));
		if (!parts[i].at || !path.p)
			pos += parts[i].size;
		else if (extract_part(run, str_sub(trx, pos, parts[i].size), parts[i].size, path))
			pos = read_to(pos, parts[i].size, trx.n);
	}
	return 0;
}

static int otrx_run(struct firmware_run *run)
{
	static const struct {
		const char *name;
		int (*run)(struct firmware_run *run);
	} commands[] = {{"create", create}, {"check", check_trx}, {"extract", extract}};

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (run->argc < 2 || !str_is(run->argv[1], commands[i].name))
			continue;
		if (run->argc >= 3)
			return commands[i].run(run);
		buf_z(run->err, "No TRX file passed\n");
		return 256 - EINVAL;
	}
	return -1;
}

/* Until November 2021 there were other messages and statuses, until March no -M. */
static const struct firmware_mark since[] = {
    {.text = "Couldn't open & parse"},
    {0},
};

const struct firmware firmware_otrx = {
    .name = "otrx",
    .help = "otrx create FILE [-M MAGIC] -f PART [-a SIZE] [-b OFFSET] [-A FILE]...: make a TRX"
	    " image\n"
	    "otrx check FILE [-o OFFSET]: is its CRC right?\n"
	    "otrx extract FILE [-o OFFSET] [-1 FILE] [-2 FILE] [-3 FILE]: its parts\n",
    .write = otrx_run,
    .since = since,
    .pure = true,
};
