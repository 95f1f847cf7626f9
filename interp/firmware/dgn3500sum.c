/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dgn3500sum: what the NETGEAR DGN3500's boot loader wants at the end of an image.
 *
 *  0 70  product id: "sErCoMm" at both ends, "YP5723" (-24 Germany, -26 North America) within
 * 70  4  sum from the given offset on, in hex	74 4 of the whole file
 *
 * The sums are of 16 bits, over signed bytes and the product id. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { PID = 70, SUMS = 8, DIGIT = 16, LETTER = 45 };

static void put_pid(unsigned char *p, struct str region)
{
	bool germany = str_is(region, "DE");

	memset(p, 0, PID);
	memcpy(p, "sErCoMm", 7);
	memcpy(p + 11, "YP572", 5);
	p[DIGIT] = germany ? '4' : str_is(region, "NA") ? '6' : '3';
	p[LETTER] = germany ? 'B' : 'A';
	memcpy(p + 47, "72", 2);
	p[57] = 0x11;
	memcpy(p + PID - 7, "sErCoMm", 7);
}

static unsigned sum(struct str data)
{
	unsigned total = 0;

	for (size_t i = 0; i < data.n; i++)
		total += (unsigned)(int)(signed char)data.p[i];
	return total & 0xffff;
}

static int dgn3500sum_run(struct firmware_run *run)
{
	unsigned char pid[PID];
	struct blob *image = NULL;
	struct str bytes, sums;
	long start;
	int err;

	if (run->argc < 3)
		return -1;
	err = run->read(run, run->argv[1], &image);
	if (err && err != -ENOENT)
		return -1;
	put_pid(pid, run->argc == 4 ? run->argv[3] : S("WW"));
	firmware_join(&image, blob_copy(pid, PID));
	bytes = blob_flat(run->mem, image);
	start = strtol(str_cz(run->mem, run->argv[2]), NULL, 16);
	if (start < 0 || (uint64_t)start > bytes.n) {
		blob_unref(image);
		return -1;
	}
	sums = str_fmt(run->mem, "%04X%04X", sum(str_from(bytes, (size_t)start)), sum(bytes));
	firmware_join(&image, blob_copy(sums.p, sums.n));
	if (tool_put(run, run->argv[1], image) != 0) {
		buf_z(run->out, "ERROR: File not writeable!\n");
		return 1;
	}
	if (run->argc == 4)
		buf_fmt(run->out, "%.*s: PID type: %.*s\n", STR_ARG(run->argv[0]),
			STR_ARG(run->argv[3]));
	return 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), said, is;
	unsigned char pid[PID];
	const char *p;

	if (image.n < PID + SUMS)
		return false;
	p = image.p + image.n - SUMS - PID;
	put_pid(pid, p[DIGIT] == '4' ? S("DE") : p[DIGIT] == '6' ? S("NA") : S("WW"));
	if (memcmp(p, pid, PID) != 0)
		return false;
	said = firmware_text(v, p + PID + 4, 4);
	is = str_fmt(v->mem, "%04X", sum(str_sub(image, 0, image.n - SUMS)));
	if (str_eq(said, is))
		firmware_good(v, "sum %.*s", STR_ARG(is));
	else
		firmware_bad(v, "sum is %.*s, but the data gives %.*s", STR_ARG(said), STR_ARG(is));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	char digit = image.p[image.n - SUMS - PID + DIGIT];

	firmware_put_field(v, "region", "%s", digit == '4' ? "Germany" : digit == '6'
				      ? "North America" : "worldwide");
}

/* Until June 2017 the sum began with what the memory held. */
static const struct firmware_mark since[] = {
    {.beside = "otrx"},
    {0},
};

const struct firmware firmware_dgn3500sum = {
    .name = "dgn3500sum",
    .format = "NETGEAR DGN3500 trailer",
    .help = "dgn3500sum FILE OFFSET [WW|DE|NA]: add product id and sums to FILE; OFFSET is hex\n",
    .write = dgn3500sum_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
    .trailer = true,
};
