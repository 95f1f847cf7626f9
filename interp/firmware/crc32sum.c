/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * crc32sum: the CRC-32 of a file as eight digits.
 *
 *   -i CRC  go on from it	-p POLY  another polynomial	-b  highest bit first
 *   -n  nothing inverted	-d  a decimal number
 *
 * Source: MediaTek's tool in OpenWrt trees for MT798x, whose mkits.sh calls it.
 */
#include "firmware/internal.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

enum { TABLE = 256, FAILED = 1, NO_FILE = 256 - EINVAL };

static const struct opt options[] = {
    {'i', NULL, OPT_VALUE, "CRC  go on from it"},
    {'p', NULL, OPT_VALUE, "POLYNOMIAL"},
    {'b', NULL, OPT_NONE, "highest bit first"},
    {'n', NULL, OPT_NONE, "nothing inverted"},
    {'d', NULL, OPT_NONE, "a decimal number"},
    {0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	uint32_t crc, polynomial;
	bool big, bare, decimal;
};

/* The remainder of each byte. */
static void make_table(const struct job *j, uint32_t *table)
{
	for (uint32_t i = 0; i < TABLE; i++) {
		uint32_t v = j->big ? i << 24 : i;

		for (int bit = 0; bit < 8; bit++) {
			if (j->big)
				v = v << 1 ^ (v >> 31 ? j->polynomial : 0);
			else
				v = v >> 1 ^ (v & 1 ? j->polynomial : 0);
		}
		table[i] = v;
	}
}

static uint32_t sum(const struct job *j, const struct blob *data)
{
	uint32_t table[TABLE], crc = j->bare ? j->crc : ~j->crc;
	uint64_t pos = 0;
	struct str span;

	make_table(j, table);
	while (blob_next(data, &pos, &span)) {
		const unsigned char *p = (const unsigned char *)span.p;

		for (size_t i = 0; i < span.n; i++)
			crc = j->big ? table[crc >> 24 ^ p[i]] ^ crc << 8
				     : table[(crc ^ p[i]) & 255] ^ crc >> 8;
	}
	return j->bare ? crc : ~crc;
}

/* A number whose first letter is a digit, hexadecimal or not; WHAT: in the message. */
static bool number(struct job *j, const char *what, struct str text, uint32_t *out)
{
	if (text.n && isxdigit((unsigned char)text.p[0])) {
		*out = tool_any_number(j->run, text);
		return true;
	}
	firmware_say(j->run, "\n", "Error: Invalid %s value - %.*s", what, STR_ARG(text));
	return false;
}

/* 0, an exit status after a message, or -1: to be declined. */
static int take_options(struct job *j, struct strs *names)
{
	struct opts o = opts_begin(j->run->mem, options, j->run->argv, j->run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		bool right = true;

		switch (id) {
		case 'i':
			right = number(j, "crc", o.value, &j->crc);
			break;
		case 'p':
			right = number(j, "polynomial", o.value, &j->polynomial);
			break;
		case 'b':
			j->big = true;
			break;
		case 'n':
			j->bare = true;
			break;
		case 'd':
			j->decimal = true;
			break;
		default:
			return -1; /* the usage text */
		}
		if (!right)
			return FAILED;
	}
	*names = o.operands;
	return 0;
}

/* The input, to be dropped: 0, an exit status after a message, or -1. */
static int read_input(struct job *j, const struct strs *names, struct blob **data)
{
	struct str name = names->n ? names->p[0] : S("-");
	int err;

	if (!name.n) {
		firmware_say(j->run, "\n", "Error: Input file must not be empty");
		return FAILED;
	}
	if (str_is(name, "-")) {
		*data = blob_ref(j->run->input(j->run));
		return 0;
	}
	err = j->run->read(j->run, name, data);
	if (err == -EISDIR)
		return -1;
	if (err) {
		firmware_say(j->run, "\n", "Error: Failed to open file '%.*s'", STR_ARG(name));
		return NO_FILE;
	}
	return 0;
}

static int crc32sum_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct blob *data = NULL;
	struct strs names;
	int status;

	if (tool_lacks(run, S("CRC32 checksum tool")))
		return -1; /* another one of that name */
	status = take_options(&j, &names);
	if (!status)
		status = read_input(&j, &names, &data);
	if (status)
		return status;
	if (!j.polynomial)
		j.polynomial = j.big ? 0x04c11db7 : 0xedb88320;
	buf_fmt(run->out, j.decimal ? "%u\n" : "%08x\n", sum(&j, data));
	blob_unref(data);
	return 0;
}

const struct firmware firmware_crc32sum = {
    .name = "crc32sum",
    .help = "crc32sum [-i CRC] [-p POLYNOMIAL] [-b] [-n] [-d] [FILE]\n",
    .write = crc32sum_run,
    .pure = true,
};
