/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * addpattern: header of Linksys (CyberTAN) images in front of a TRX image, 32 bytes.
 *
 *   0  8  pattern (-p, or the board's), NUL-padded; -b: "PBOT" in its second half
 *   8  3  date: year of the century, month, day (UTC)
 *  11  3  version: three numbers
 *  14  4  "U2ND"
 *  18  1  hardware version	19 1 serial number	20 2 flags
 *  22  2  -5: 73 00, the image is stable	24 2 -5: 74 00, tried	26 4 -5: ff
 *  30  2  0
 *
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HEADER = 32, DATE = 8, VERSION = 11, ID = 14, HARDWARE = 18, SERIAL = 19, FLAGS = 20,
       STABLE = 22, TRY1 = 24, TRY2 = 26, PAGE = 1024 };

static const struct board {
	const char *id, *pattern;
	unsigned char hardware, serial, flags;
} boards[] = {
	{"E2100L", "NL1X", 0x00, 0x0f, 0x3f},
	{"WRT160NL", "NL16", 0x00, 0x0f, 0x3f},
	{"mynet-rext", "WDHNSTFH", 0x00, 0x00, 0x3f},
};

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input (standard input)"},
	{'o', NULL, OPT_VALUE, "FILE  output (standard output)"},
	{'p', NULL, OPT_VALUE, "PATTERN  (W54S)"},
	{'s', NULL, OPT_VALUE, "N  serial number"},
	{'g', NULL, OPT_NONE, "fill up to 1024 bytes with 0xff"},
	{'b', NULL, OPT_NONE, "PBOT"},
	{'v', NULL, OPT_VALUE, "vA.B.C  version (v3.37.2)"},
	{'0', NULL, OPT_NONE, "hardware version 0"},
	{'1', NULL, OPT_NONE, "hardware version 1"},
	{'2', NULL, OPT_NONE, "hardware version 1, flags of WRT54G 2.2"},
	{'4', NULL, OPT_NONE, "flags of version 4"},
	{'5', NULL, OPT_NONE, "behind a TRX 2 image"},
	{'r', NULL, OPT_VALUE, "A.B  hardware version"},
	{'B', NULL, OPT_VALUE, "BOARD"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str in, out, pattern, version, board;
	bool fill, pbot;
	unsigned char h[HEADER];
};

static const char usage[] =
	"\nUsage: addpattern [-i trxfile] [-o binfile] [-B board_id] [-p pattern]"
	" [-s serial] [-g] [-b] [-v v#.#.#] [-r #.#] [-{0|1|2|4|5}] -h\n";

static void take_form(struct job *j, int id)
{
	static const unsigned char form5[] = {0x73, 0, 0x74, 0, 0xff, 0xff, 0xff, 0xff};

	switch (id) {
	case '0': j->h[HARDWARE] = 0; break;
	case '1': j->h[HARDWARE] = 1; break;
	case '2':
		j->h[HARDWARE] = 1;
		j->h[FLAGS] |= 7;
		break;
	case '4':
		j->h[HARDWARE] = 0;
		j->h[FLAGS] = 0x1f;
		break;
	case '5': memcpy(j->h + STABLE, form5, sizeof(form5)); break;
	default: break;
	}
}

static void take(struct job *j, int id, struct str value)
{
	struct arena *mem = j->run->mem;

	switch (id) {
	case 'i': j->in = value; break;
	case 'o': j->out = value; break;
	case 'p': j->pattern = value; break;
	case 's': j->h[SERIAL] = (unsigned char)atoi(str_cz(mem, value)); break;
	case 'g': j->fill = true; break;
	case 'b': j->pbot = true; break;
	case 'v': j->version = value; break;
	case 'r':
		j->h[HARDWARE] = (unsigned char)((int)(atof(str_cz(mem, value)) * 10) + 0x30);
		break;
	case 'B': j->board = value; break;
	default: take_form(j, id);
	}
}

static int apply_board(struct job *j)
{
	const struct board *board = tool_find(boards, j->board);

	if (!board)
		return firmware_say(j->run, usage, "unknown board \"%.*s\"", STR_ARG(j->board));
	j->pattern = str_z(board->pattern);
	j->h[HARDWARE] = board->hardware;
	j->h[SERIAL] = board->serial;
	j->h[FLAGS] = board->flags;
	j->h[FLAGS + 1] = 0;
	return 0;
}

static int fill_header(struct job *j)
{
	time_t t = (time_t)j->run->epoch;
	struct tm tm;
	int v[3];

	if (sscanf(str_cz(j->run->mem, j->version), "v%d.%d.%d", &v[0], &v[1], &v[2]) != 3) {
		buf_fmt(j->run->err, "bad version string \"%.*s\"\n", STR_ARG(j->version));
		return 1;
	}
	if (!gmtime_r(&t, &tm))
		return firmware_say(j->run, usage, "Invalid SOURCE_DATE_EPOCH");
	memcpy(j->h, j->pattern.p, j->pattern.n);
	if (j->pbot)
		memcpy(j->h + 4, "PBOT", 4);
	j->h[DATE] = (unsigned char)(tm.tm_year % 100);
	j->h[DATE + 1] = (unsigned char)(tm.tm_mon + 1);
	j->h[DATE + 2] = (unsigned char)tm.tm_mday;
	for (int i = 0; i < 3; i++)
		j->h[VERSION + i] = (unsigned char)v[i];
	memcpy(j->h + ID, "U2ND", 4);
	buf_fmt(j->run->err, "writing firmware v%d.%d.%d on %d/%d/%d (y/m/d)\n", v[0], v[1], v[2],
		j->h[DATE], j->h[DATE + 1], j->h[DATE + 2]);
	return 0;
}

static int write_out(struct job *j, struct blob *data)
{
	struct blob *image = blob_copy(j->h, HEADER);
	uint64_t rest;
	int err;

	firmware_join(&image, data);
	rest = (PAGE - blob_size(image) % PAGE) % PAGE;
	if (j->fill && rest) {
		buf_fmt(j->run->err, "adding %d bytes of garbage\n", (int)rest);
		firmware_join(&image, blob_run(0xff, rest));
	}
	err = j->out.p ? j->run->write(j->run, j->out, image) : j->run->output(j->run, image);
	blob_unref(image);
	return err ? firmware_say(j->run, usage, "can not open \"%.*s\" for writing",
				  STR_ARG(j->out)) : 0;
}

static int build(struct job *j)
{
	struct blob *data = NULL;
	int status;

	if (j->board.p && (status = apply_board(j)) != 0)
		return status;
	if (j->pattern.n > 8)
		return firmware_say(j->run, usage, "illegal pattern \"%.*s\"", STR_ARG(j->pattern));
	if (!j->in.p)
		data = blob_ref(j->run->input(j->run));
	else if (j->run->read(j->run, j->in, &data) != 0)
		return firmware_say(j->run, usage, "can not open \"%.*s\" for reading",
				    STR_ARG(j->in));
	status = fill_header(j);
	if (status) {
		blob_unref(data);
		return status;
	}
	return write_out(j, data);
}

static int addpattern_run(struct firmware_run *run)
{
	struct job j = {.run = run, .pattern = S("W54S"), .version = S("v3.37.2")};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	buf_z(run->err, "mjn3's addpattern replacement - v0.81\n");
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
	}
	if (o.operands.n || run->argc < 2)
		return firmware_say(run, usage, "illegal arg \"%.*s\"",
			     STR_ARG(o.operands.n ? o.operands.p[0] : S("(null)")));
	return build(&j);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;

	if (image.n < HEADER || memcmp(p + ID, "U2ND", 4) != 0)
		return false;
	v->extent = HEADER;
	if (p[DATE + 1] < 1 || p[DATE + 1] > 12 || p[DATE + 2] < 1 || p[DATE + 2] > 31)
		firmware_bad(v, "the date %u/%u/%u is none", p[DATE], p[DATE + 1], p[DATE + 2]);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;
	struct str pattern = firmware_text(v, p, 8);

	firmware_put_field(v, "pattern", "%.*s", STR_ARG(pattern));
	firmware_put_field(v, "date", "%02u-%02u-%02u", p[DATE], p[DATE + 1], p[DATE + 2]);
	firmware_put_field(v, "version", "%u.%u.%u", p[VERSION], p[VERSION + 1], p[VERSION + 2]);
	firmware_put_field(v, "hardware", "%u, flags 0x%02x", p[HARDWARE], p[FLAGS]);
}

/* Until June 2017 the time was that of the run. */
static const struct firmware_mark since[] = {
    {.text = "SOURCE_DATE_EPOCH"},
    {0},
};

const struct firmware firmware_addpattern = {
    .name = "addpattern",
    .format = "Linksys image",
    .help = "addpattern [-i FILE] [-o FILE] [-B BOARD] [-p PATTERN] [-v vA.B.C] [-g] [-4|-5]\n",
    .write = addpattern_run,
    .since = since,
    .named = "B",
    .check = check,
    .show = show,
    .pure = false, /* today's date is in the header */
    .header = true,
};
