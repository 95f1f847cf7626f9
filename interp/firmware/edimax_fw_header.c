/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * edimax_fw_header: Edimax image with a long header, big endian.
 *
 *   0 16  magic ("eDiMaX")	16 32 model
 *  48  1  1: force (-f)	49 1 checksum of the header (this byte 0), 50 1 of the data
 *  51  4  size of the data	55 4 start address, 59 4 end address
 *  63 14  version		77 1 type	78 16 MTD name
 *
 * A checksum is the sum of the bytes, exclusive or 0xb9. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <string.h>

enum { HEADER = 94, MODEL = 16, FORCE = 48, HEADER_SUM = 49, DATA_SUM = 50, SIZE = 51, START = 55,
       END = 59, VERSION = 63, TYPE = 77, MTD = 78, TWIST = 0xb9, FAILED = 255 };

static const struct opt options[] = {
	{'e', NULL, OPT_VALUE, "ADDR  end address"},
	{'f', NULL, OPT_NONE, "force"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'m', NULL, OPT_VALUE, "MODEL"},
	{'M', NULL, OPT_VALUE, "MAGIC  (eDiMaX)"},
	{'n', NULL, OPT_VALUE, "NAME  of the MTD partition"},
	{'s', NULL, OPT_VALUE, "ADDR  start address"},
	{'t', NULL, OPT_VALUE, "N  type"},
	{'v', NULL, OPT_VALUE, "VERSION"},
	{0, NULL, OPT_NONE, NULL},
};

static const struct text {
	int id;
	uint8_t at, room;
	const char *what;
} texts[] = {
	{'M', 0, 16, "magic"}, {'m', MODEL, 32, "model"}, {'n', MTD, 16, "MTD device name"},
	{'v', VERSION, 14, "firware version"},
};
enum { TEXTS = sizeof(texts) / sizeof(*texts) };

struct job {
	struct firmware_run *run;
	struct str option[128];
	uint32_t start, end, type;
};

static unsigned char checksum(const void *p, size_t n)
{
	return (unsigned char)(tool_byte_sum(p, n) ^ TWIST);
}

/* 0, or the exit status. */
static int take(struct job *j, int id, struct str value)
{
	const char *what = NULL;

	j->option[id] = value.p ? value : S("");
	if (id == 'e' && !tool_number(j->run, value, &j->end))
		what = "end address";
	else if (id == 's' && !tool_number(j->run, value, &j->start))
		what = "start address";
	else if (id == 't' && (!tool_number(j->run, value, &j->type) || j->type > 0xff))
		what = "image type";
	return what ? firmware_error(j->run, 1, "%s is invalid '%.*s'", what, STR_ARG(value)) : 0;
}

static int check_options(struct job *j)
{
	if (!j->option['o'].p)
		return firmware_error(j->run, FAILED, "no output file specified");
	if (!j->option['i'].p)
		return firmware_error(j->run, FAILED, "no input file specified");
	for (size_t i = 0; i < TEXTS; i++) {
		struct str value = j->option[texts[i].id];

		if (!value.p)
			return firmware_error(j->run, FAILED, "no %s specified", texts[i].what);
		if (value.n >= texts[i].room)
			return firmware_error(j->run, FAILED,
					      "'%.*s' is too long, max %s length is %d",
					      STR_ARG(value), texts[i].what, texts[i].room - 1);
	}
	return 0;
}

static int make(struct job *j)
{
	unsigned char h[HEADER] = {0};
	struct blob *data = NULL, *image;
	struct str bytes;
	int status = tool_read(j->run, j->option['i'], " (", ")", &data);

	if (status)
		return status > 0 ? FAILED : status;
	bytes = blob_flat(j->run->mem, data);
	for (size_t i = 0; i < TEXTS; i++)
		tool_put_text(h + texts[i].at, texts[i].room, j->option[texts[i].id]);
	h[FORCE] = j->option['f'].p != NULL;
	h[TYPE] = (unsigned char)j->type;
	put_be32(h + START, j->start);
	put_be32(h + END, j->end);
	put_be32(h + SIZE, (uint32_t)bytes.n);
	h[DATA_SUM] = checksum(bytes.p, bytes.n);
	h[HEADER_SUM] = checksum(h, HEADER);
	image = blob_copy(h, HEADER);
	firmware_join(&image, data);
	status = tool_write(j->run, j->option['o'], " (", ")", image);
	if (!status)
		buf_fmt(j->run->err, "[%.*s] firmware file \"%.*s\" completed\n",
			STR_ARG(firmware_name(j->run)), STR_ARG(j->option['o']));
	return status;
}

static int edimax_fw_header_run(struct firmware_run *run)
{
	struct job j = {.run = run, .option = {['M'] = S("eDiMaX"), ['v'] = S("")}};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END)
		status = id == OPTS_ERROR ? -1 : take(&j, id, o.value);
	if (!status)
		status = check_options(&j);
	return status ? status : make(&j);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char copy[HEADER];

	if (image.n < HEADER || h[15] || h[MODEL + 31] || h[TYPE - 1] || h[HEADER - 1] ||
	    h[0] < 0x20 || h[MODEL] < 0x20 || h[MTD] < 0x20 || h[FORCE] > 1)
		return false;
	memcpy(copy, h, HEADER);
	copy[HEADER_SUM] = 0;
	/* the magic is anything, so the checksum tells */
	if (checksum(copy, HEADER) != h[HEADER_SUM] && memcmp(h, "eDiMaX", 7) != 0)
		return false;
	data = str_sub(image, HEADER, get_be32(h + SIZE));
	tool_check_size(v, get_be32(h + SIZE), data.n);
	copy[0] = checksum(data.p, data.n);
	firmware_compare(v, "data checksum", h + DATA_SUM, copy, 1);
	copy[0] = h[0];
	copy[HEADER_SUM] = checksum(copy, HEADER);
	firmware_compare(v, "header checksum", h + HEADER_SUM, copy + HEADER_SUM, 1);
	v->extent = HEADER + data.n;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	for (size_t i = 0; i < TEXTS; i++) {
		struct str text = firmware_text(v, h + texts[i].at, texts[i].room);

		firmware_put_field(v, texts[i].id == 'v' ? "version" : texts[i].what, "%.*s",
				   STR_ARG(text));
	}
	firmware_put_field(v, "data", "%u bytes", get_be32(h + SIZE));
}

const struct firmware firmware_edimax_fw_header = {
	.name = "edimax_fw_header",
	.format = "Edimax image (long header)",
	.help = "edimax_fw_header -m MODEL -n MTD -i FILE -o FILE [-M MAGIC] [-v VERSION] [-f]\n"
		"                 [-s START] [-e END] [-t TYPE]\n",
	.write = edimax_fw_header_run,
	.check = check,
	.show = show,
	.pure = true,
};
