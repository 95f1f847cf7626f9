/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkcsysimg: flash image of Edimax's ADM5120 boards: boot loader and settings (32 KiB each), web
 * pages, code, more files, each filled up. Web pages and code, little endian:
 *
 *  0 4  signature: the board's, of code "CSYS"
 *  4 4  address	8 4 size of the data, padding included
 *  . .  data, then what makes their sum 0: of bytes (1 byte), of code of 16-bit words (2 bytes)
 *
 * Telling what is done (-v) is not here. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

enum {
	FILES_MOST = 8,
	WORDS = 32,
	ARG_MOST = 1023,
	FIRST_SIZE = 0x8000,
	HEADER = 12,
	ALIGN = 0x10000,
	WEB_MOST = 3 * 0x10000,
	WEB_AT = 0x10000,
	SIGNATURE = 4,
	CODE_SUM = 2,
	WEB_SUM = 1,
};
static const uint32_t code_at = 0x80500000;

static const struct board {
	const char *name;
	uint8_t flash;		/* MiB */
	const char *signature;	/* of its web pages */
} boards[] = {
	{"BR-6104K", 2, "WB4K"}, {"BR-6104KP", 2, "WBKP"}, {"BR-6104Wg", 2, "WBGW"},
	{"BR-6114WG", 2, "WBIP"}, {"BR-6524K", 2, "2-K-"}, {"BR-6524KP", 2, "2-KP"},
	{"BR-6524N", 2, "WNRA"}, {"BR-6524WG", 4, "2-WG"}, {"BR-6524WP", 4, "2-WP"},
	{"BR-6541K", 2, "4--K"}, {"BR-6541KP", 2, "4-KP"}, {"BR-6541WP", 4, "4-WP"},
	{"EW-7207APg", 2, "EWAS"}, {"PS-1205UWg", 2, "4000"}, {"PS-3205U", 2, "5010"},
	{"PS-3205UWg", 2, "5011"}, {"H2BR4", 2, "2-K-"}, {"H2WR54G", 4, "2-WG"},
	{"XRT-401D", 2, "WB4K"}, {"XRT-402D", 2, "2-K-"}, {"C54BSR4", 2, "WBIP"},
	{"5GXi", 2, "5GXI"},
};

static const struct opt options[] = {
	{'B', NULL, OPT_VALUE, "BOARD"},
	{'b', NULL, OPT_VALUE, "FILE[:ALIGN[:FILL]]  boot loader"},
	{'c', NULL, OPT_VALUE, "FILE[:ALIGN[:FILL]]  settings"},
	{'w', NULL, OPT_VALUE, "[FILE[:ADDR[:ALIGN[:FILL]]]]  web pages"},
	{'r', NULL, OPT_VALUE, "FILE[:ADDR[:ALIGN[:FILL]]]  code"},
	{'x', NULL, OPT_VALUE, "FILE[:ALIGN[:FILL]]  more"},
	{'d', NULL, OPT_NONE, "an image that is too big is no error"},
	{'k', NULL, OPT_NONE, "and is kept"},
	{0, NULL, OPT_NONE, NULL},
};

enum kind { BOOT, CONFIG, WEB, CODE, KINDS, EXTRA = KINDS, DOUBLE };

static const struct {
	char letter;
	const char *name;
} kinds[KINDS] = {{'b', "boot"}, {'c', "config"}, {'w', "web"}, {'r', "runtime"}};

struct part {
	enum kind kind;		/* DOUBLE: read and counted, not written */
	struct str path;	/* unset: none */
	struct blob *data;
	uint32_t n, addr, align, size, room; /* n: of data; size: in the image; room: for data */
	bool has_addr, has_align;
	unsigned char fill;
};

struct job {
	struct firmware_run *run;
	const struct board *board;
	struct part parts[FILES_MOST];
	size_t n;
	bool allow, keep, invalid;
};

static void warn(struct job *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void warn(struct job *j, const char *fmt, ...)
{
	struct str name = firmware_name(j->run);
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(j->run->mem, fmt, ap);
	va_end(ap);
	buf_fmt(j->run->err, "[%.*s] *** warning: %.*s\n", STR_ARG(name), STR_ARG(text));
}

static struct part *find(struct job *j, enum kind kind)
{
	for (size_t i = 0; i < j->n; i++) {
		if (j->parts[i].kind == kind)
			return &j->parts[i];
	}
	return NULL;
}

static uint32_t head_size(const struct part *p)
{
	return p->kind == WEB || p->kind == CODE ? HEADER : 0;
}

static uint32_t sum_size(const struct part *p)
{
	return p->kind == CODE ? CODE_SUM : p->kind == WEB ? WEB_SUM : 0;
}

/* --- options: 0, or the exit status --- */

static int take_board(struct job *j, struct str value)
{
	if (j->board)
		return firmware_error(j->run, 1, "only one board option allowed");
	if (str_starts(value, S("-")))
		return firmware_error(j->run, 1, "option -B requires an argument\n");
	j->board = tool_find(boards, value);
	return j->board ? 0 : firmware_error(j->run, 1, "invalid/unknown board specified: %.*s",
					     STR_ARG(value));
}

static enum kind kind_of(struct job *j, int letter)
{
	for (unsigned i = 0; i < KINDS; i++) {
		if (kinds[i].letter != letter)
			continue;
		if (!find(j, i))
			return i;
		warn(j, "only one %s block allowed", kinds[i].name);
		return DOUBLE;
	}
	return EXTRA;
}

static bool take_word(struct job *j, struct str **words, uint32_t *out, bool *has)
{
	struct str word = *(*words)++;

	if (!word.n)
		return true;
	*has = true;
	return tool_number(j->run, word, out);
}

static int take_part(struct job *j, int letter, struct str value)
{
	struct str words[WORDS] = {{0}}, rest = str_sub(value, 0, ARG_MOST), *w = words + 1;
	struct part p = {.kind = kind_of(j, letter), .fill = 0xff};
	uint32_t fill = 0xff;
	bool has_fill;

	for (size_t i = 0; i < WORDS; i++)
		str_split(&rest, ':', &words[i]);
	if (words[0].n)
		p.path = words[0];
	else if (p.kind != WEB)
		return firmware_error(j->run, 1, "no file specified in %.*s", STR_ARG(value));
	if (head_size(&p) && !take_word(j, &w, &p.addr, &p.has_addr))
		return firmware_error(j->run, 1, "invalid start address in %.*s", STR_ARG(value));
	if (!take_word(j, &w, &p.align, &p.has_align))
		return firmware_error(j->run, 1, "invalid alignment value in %.*s", STR_ARG(value));
	if (!take_word(j, &w, &fill, &has_fill) || fill > 0xff)
		return firmware_error(j->run, 1, "invalid paddig character in %.*s",
				      STR_ARG(value));
	p.fill = (unsigned char)fill;
	j->parts[j->n++] = p;
	return 0;
}

static int take(struct job *j, struct opts *o, int id)
{
	struct str value = o->value;

	if (id == 'd')
		j->allow = true;
	else if (id == 'k')
		j->keep = true;
	else if (id == 'B')
		return take_board(j, value);
	else if (j->n == FILES_MOST)
		return -1;
	else if (id == 'w' && str_starts(value, S("-"))) {
		if (o->next < 2 || o->argv[o->next - 1].p != value.p)
			return -1;
		o->next--; /* the next option, no value */
		return take_part(j, id, S(""));
	} else
		return take_part(j, id, value);
	return 0;
}

/* --- sizes --- */

static uint32_t aligned(uint32_t at, uint32_t align)
{
	return align ? (at + align - 1) & ~(align - 1) : at;
}

static void refuse(struct job *j, bool too_big, const char *what)
{
	if (!too_big)
		return;
	warn(j, "%s is too big", what);
	j->invalid = true;
}

static void refuse_file(struct job *j, const struct part *p, uint32_t room)
{
	warn(j, "file %.*s is too big, size=%d, avail=%d", STR_ARG(p->path), (int)p->n, (int)room);
	j->invalid = true;
}

/* How much P takes at *AT, which goes on behind it. */
static void place(struct part *p, uint32_t *at, uint32_t addr)
{
	if (!p->has_addr)
		p->addr = addr;
	if (!p->has_align)
		p->align = ALIGN;
	p->size = aligned(*at + p->n + head_size(p) + sum_size(p), p->align) - *at;
	*at += p->size;
}

static void place_all(struct job *j)
{
	uint32_t at = 2 * FIRST_SIZE, flash = (uint32_t)j->board->flash << 20;
	struct part *boot = find(j, BOOT), *config = find(j, CONFIG), *web = find(j, WEB),
		    *code = find(j, CODE);

	if (boot)
		boot->size = FIRST_SIZE;
	if (boot)
		refuse(j, boot->n > FIRST_SIZE, "boot block");
	if (config)
		config->size = FIRST_SIZE;
	if (config)
		refuse(j, config->n > FIRST_SIZE, "config block");
	if (web) {
		place(web, &at, WEB_AT);
		refuse(j, web->size > WEB_MOST, "webpages block");
		refuse(j, at > flash, "webp block");
	}
	if (code) {
		place(code, &at, code_at);
		refuse(j, at > flash, "code block");
	}
	for (size_t i = 0; i < j->n; i++) {
		struct part *p = &j->parts[i];

		if (p->kind != EXTRA)
			continue;
		place(p, &at, 0);
		if (at > flash)
			refuse_file(j, p, flash - at);
	}
	for (size_t i = 0; i < j->n; i++) {
		struct part *p = &j->parts[i];

		p->room = p->size - head_size(p) - sum_size(p);
		if (p->room < p->n)
			refuse_file(j, p, p->room);
	}
}

static int read_all(struct job *j)
{
	int status = 0;

	for (size_t i = 0; i < j->n && !status; i++) {
		struct part *p = &j->parts[i];

		if (!p->path.p)
			continue;
		status = tool_read(j->run, p->path, ": ", "", &p->data);
		p->n = status ? 0 : (uint32_t)blob_size(p->data);
	}
	return status;
}

/* --- the image --- */

static uint16_t sum_of(struct str data, uint32_t size)
{
	const unsigned char *p = (const unsigned char *)data.p;
	uint32_t sum = 0;

	if (size == WEB_SUM)
		return (uint16_t)-tool_byte_sum(p, data.n);
	for (size_t i = 0; i < data.n; i += 2)
		sum += (uint32_t)(p[i] | (i + 1 < data.n ? p[i + 1] << 8 : 0));
	return (uint16_t)-sum;
}

static void add(const struct job *j, const struct part *p, struct blob **image)
{
	struct blob *data = p->data ? blob_ref(p->data) : blob_empty();
	unsigned char h[HEADER], sum[2];

	firmware_join(&data, blob_run(p->fill, p->room - p->n));
	if (head_size(p)) {
		memcpy(h, p->kind == CODE ? "CSYS" : j->board->signature, SIGNATURE);
		put_le32(h + 4, p->addr);
		put_le32(h + 8, p->room);
		firmware_join(image, blob_copy(h, HEADER));
	}
	put_le16(sum, sum_of(blob_flat(j->run->mem, data), sum_size(p)));
	firmware_join(image, data);
	firmware_join(image, blob_copy(sum, sum_size(p)));
}

static int write_all(struct job *j, struct str path)
{
	struct blob *image = blob_empty();
	int status;

	for (unsigned kind = 0; kind <= EXTRA; kind++) {
		for (size_t i = 0; i < j->n; i++) {
			if (j->parts[i].kind == kind)
				add(j, &j->parts[i], &image);
		}
	}
	status = tool_write(j->run, path, ": ", "", image);
	if (status || !j->invalid || j->allow)
		return status;
	if (j->run->remove)
		j->run->remove(j->run, path);
	return 1;
}

static int check_and_write(struct job *j, struct strs operands)
{
	int status;

	if (!j->board)
		return firmware_error(j->run, 1, "no board specified");
	if (!operands.n)
		return firmware_error(j->run, 1, "no output file specified");
	if (operands.n > 1)
		return firmware_error(j->run, 1, "invalid option: %.*s", STR_ARG(operands.p[1]));
	status = read_all(j);
	if (status)
		return status;
	place_all(j);
	if (j->invalid && !j->keep) {
		warn(j, "generation of invalid images \"%.*s\" disabled", STR_ARG(operands.p[0]));
		return j->allow ? 0 : 1;
	}
	if (j->invalid)
		warn(j, "generating invalid image: \"%.*s\"", STR_ARG(operands.p[0]));
	for (size_t i = 0; i < j->n; i++) {
		if (j->parts[i].kind != DOUBLE && j->parts[i].room < j->parts[i].n)
			return -1; /* the tool fills gigabytes then */
	}
	return write_all(j, operands.p[0]);
}

static int mkcsysimg_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status = 0;

	while (!status && (id = opts_next(&o)) != OPTS_END) {
		status = id == OPTS_ERROR ? -1 : take(&j, &o, id);
		if (status > 0) { /* getopt has no letter for it */
			firmware_error(run, 1, "invalid option: -");
			run->err->n--;
			buf_put(run->err, "\0\n", 2);
		}
	}
	if (!status)
		status = check_and_write(&j, o.operands);
	for (size_t i = 0; i < j.n; i++)
		blob_unref(j.parts[i].data);
	return status;
}

/* --- check: a code block --- */

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char is[2];

	/* mkedimaximg's images have the same mark, and another header: they are for no address in
	 * RAM */
	if (image.n < HEADER + CODE_SUM || memcmp(h, "CSYS", SIGNATURE) != 0 || h[7] < 0x80)
		return false;
	data = str_sub(image, HEADER, get_le32(h + 8));
	if (data.n < get_le32(h + 8) || image.n - HEADER - data.n < CODE_SUM) {
		firmware_bad(v, "the header says %u bytes, there are %zu", get_le32(h + 8), data.n);
		return true;
	}
	put_le16(is, sum_of(data, CODE_SUM));
	firmware_compare(v, "checksum", h + HEADER + data.n, is, 2);
	v->extent = HEADER + data.n + CODE_SUM;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *h = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "address", "0x%08x", get_le32(h + 4));
	firmware_put_field(v, "data", "%u bytes", get_le32(h + 8));
}

const struct firmware firmware_mkcsysimg = {
    .name = "mkcsysimg",
    .format = "Edimax CSYS code",
    .help = "mkcsysimg -B BOARD [-b BOOT] [-c SETTINGS] [-w [PAGES]] [-r CODE] [-x FILE]... [-d] "
	    "[-k] OUTPUT\n",
    .write = mkcsysimg_run,
    .since = tool_gives_reasons,
    .named = "B",
    .check = check,
    .show = show,
    .pure = true,
    .strong = true,
};
