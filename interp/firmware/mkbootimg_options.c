/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkbootimg's command line. AOSP's script reads it by argparse, osm0sis' program word by word, and
 * both have other numbers, pages and messages. What the script would complain of it is to say
 * itself, and the program's usage text is its own.
 * Source: AOSP's mkbootimg as Debian has it; osm0sis' of 2020 and 2021.
 */
#include "firmware/mkbootimg.h"

#include <stdio.h>
#include <stdlib.h>

/* --- which program's ways --- */

/* Debian's; the second is taken when nothing is there to look at. */
static const struct bootimg_script scripts[] = {
    {.sha256 = "4292216fd0fe282245319b0fc892077f133ca67897b9fd5bacd9364fec35947c", /* 11 */
     .most = 2,
     .line = 512,
     .line_most = 1536,
     .board_most = 16,
     .all_addresses = true,
     .day = true},
    {.sha256 = "997d1e756bcbdece2c555ee31c8a9451a1f9a4bc33d80b467b2c82f5af23020a", /* 12 */
     .most = 3,
     .short_header = 1596,
     .line = 512,
     .line_most = 1536,
     .short_line_most = 1536,
     .board_most = 16,
     .needs_dtb = true},
    {.sha256 = "b682574d42fd5c5cb852e7e76996b0e460808f10f47d81fc01e7f6db1697da4e", /* 13 */
     .most = 4,
     .short_header = 1580, /* 4 more in version 4 */
     .line = 511,
     .line_most = 1534,
     .short_line_most = 1535,
     .board_most = 15,
     .needs_dtb = true,
     .dtbo = true},
};

static const struct bootimg_script *const usual = &scripts[1];

static bool has_all(struct str program, const char *const *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(program, str_z(marks[i])) < 0)
			return false;
	return true;
}

static enum bootimg_kind kind_of_program(struct str program)
{
	static const char *const of_2020[] = {"--hashtype <sha1(default)|sha256>",
					      "kernel commandline too large",
					      "could not load recovery dtbo '%s'"};
	static const char *const of_2021[] = {"--hashtype <sha1(default)|sha256>",
					      "kernel cmdline too large",
					      "vendor cmdline too large", "unknown argument '%s'"};

	if (str_find(program, S("imagemk")) >= 0)
		return BOOTIMG_SCRIPT; /* it is us */
	if (has_all(program, of_2021, sizeof(of_2021) / sizeof(*of_2021)))
		return BOOTIMG_2021;
	return has_all(program, of_2020, sizeof(of_2020) / sizeof(*of_2020)) ? BOOTIMG_2020
									     : BOOTIMG_OTHER;
}

static const struct bootimg_script *script_of(struct firmware_run *run, const struct blob *text)
{
	struct str sha256 = digest_hex(run->mem, &digest_sha256, text);

	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++)
		if (str_is(sha256, scripts[i].sha256))
			return &scripts[i];
	return NULL;
}

static void take_kind(struct bootimg *j)
{
	struct firmware_run *run = j->run;
	struct blob *b = NULL;
	struct str all;

	j->kind = BOOTIMG_SCRIPT;
	j->script = usual;
	if (!run->program.n || run->read(run, run->program, &b) != 0)
		return;
	all = blob_flat(run->mem, b);
	if (str_starts(all, S("\177ELF")))
		j->kind = kind_of_program(all);
	else
		j->script = script_of(run, b);
	if (j->kind != BOOTIMG_SCRIPT)
		j->script = NULL;
	else if (!j->script)
		j->kind = BOOTIMG_OTHER;
	blob_unref(b);
}

/* --- the command line --- */

static const struct option_name {
	const char *name;
	enum bootimg_option is;
	bool program_only;
} names[] = {
    {"--kernel", O_KERNEL, false},
    {"--ramdisk", O_RAMDISK, false},
    {"--second", O_SECOND, false},
    {"--recovery_dtbo", O_DTBO, false},
    {"--recovery_acpio", O_DTBO, false},
    {"--dtb", O_DTB, false},
    {"--dt", O_DT, true},
    {"--cmdline", O_CMDLINE, false},
    {"--board", O_BOARD, false},
    {"--base", O_BASE, false},
    {"--kernel_offset", O_KERNEL_OFFSET, false},
    {"--ramdisk_offset", O_RAMDISK_OFFSET, false},
    {"--second_offset", O_SECOND_OFFSET, false},
    {"--tags_offset", O_TAGS_OFFSET, false},
    {"--dtb_offset", O_DTB_OFFSET, false},
    {"--os_version", O_OS_VERSION, false},
    {"--os_patch_level", O_OS_PATCH_LEVEL, false},
    {"--pagesize", O_PAGESIZE, false},
    {"--header_version", O_VERSION, false},
    {"--hashtype", O_HASH, true},
    {"--output", O_OUTPUT, false},
    {"-o", O_OUTPUT, false},
};

static bool is_page(const struct bootimg *j, uint32_t page)
{
	return page >= 2048 && page <= (j->kind == BOOTIMG_SCRIPT ? 16384 : 131072) &&
	       !(page & (page - 1));
}

/* What the program looks at as soon as it comes upon it: 0, or its exit status after a message. */
static int take_at_once(struct bootimg *j, enum bootimg_option is, struct str value)
{
	if (is == O_PAGESIZE) {
		j->page = (uint32_t)strtoul(str_cz(j->run->mem, value), NULL, 10);
		if (is_page(j, j->page))
			return 0;
		firmware_say(j->run, "\n", "error: unsupported page size %d", (int)j->page);
		return 255;
	}
	if (is == O_HASH) {
		if (str_is(value, "sha1") || str_is(value, "sha256")) {
			j->hash = digest_find(value);
			return 0;
		}
		firmware_say(j->run, "\n", "error: unknown hash algorithm '%.*s'", STR_ARG(value));
		return 255;
	}
	return 0;
}

static const struct option_name *option_called(const struct bootimg *j, struct str arg)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(arg, names[i].name) &&
		    !(j->kind == BOOTIMG_SCRIPT && names[i].program_only))
			return &names[i];
	return NULL;
}

/* 0, an exit status, or -1: to be declined. */
static int take_options(struct bootimg *j)
{
	struct firmware_run *run = j->run;
	int status = 0;

	for (size_t i = 1; i < run->argc && status == 0; i++) {
		const struct option_name *o = option_called(j, run->argv[i]);
		struct str value;

		if (str_is(run->argv[i], "--id")) {
			j->id = true;
			continue;
		}
		if (!o || ++i == run->argc)
			return -1; /* the usage text */
		value = run->argv[i];
		if (j->kind == BOOTIMG_SCRIPT && (j->value[o->is].p || str_starts(value, S("-"))))
			return -1;
		j->value[o->is] = value;
		if (j->kind != BOOTIMG_SCRIPT)
			status = take_at_once(j, o->is, value);
	}
	return status;
}

/* --- numbers --- */

/* An address or offset; false: to be declined. */
static bool address(const struct bootimg *j, enum bootimg_option is, uint64_t otherwise,
		    uint64_t *out)
{
	*out = otherwise;
	if (!j->value[is].p)
		return true;
	if (j->kind == BOOTIMG_SCRIPT)
		return python_number(j->value[is], UINT32_MAX, out);
	*out = strtoul(str_cz(j->run->mem, j->value[is]), NULL, 16);
	return true;
}

bool bootimg_address(const struct bootimg *j, enum bootimg_option is, uint32_t otherwise,
		     uint64_t *out)
{
	uint64_t base, offset;

	if (!address(j, O_BASE, 0x10000000, &base) || !address(j, is, otherwise, &offset))
		return false;
	if (j->kind != BOOTIMG_SCRIPT)
		base = (uint32_t)base;
	*out = base + offset;
	return true;
}

/* The script reads all numbers, also those that the version does not need. */
static bool check_addresses(const struct bootimg *j)
{
	uint64_t unused;

	for (enum bootimg_option is = O_BASE; is <= O_DTB_OFFSET; is++)
		if (!address(j, is, 0, &unused))
			return false;
	return true;
}

/* At most MOST digits at the start of *TEXT, which loses them; -1: fewer than LEAST. */
static int digits(struct str *text, size_t least, size_t most)
{
	size_t n = 0;
	int number = 0;

	for (; n < most && n < text->n && text->p[n] >= '0' && text->p[n] <= '9'; n++)
		number = number * 10 + (text->p[n] - '0');
	if (n < least)
		return -1;
	*text = str_from(*text, n);
	return number;
}

/* "1.2.3", "1.2" or "1" by the script, which goes by what the text begins with. */
static bool script_version(struct str text, uint32_t *out)
{
	int number[3] = {digits(&text, 1, 3), 0, 0};

	*out = 0;
	if (number[0] < 0)
		return true; /* another text is nothing */
	for (size_t i = 1; i < 3 && str_starts(text, S(".")); i++) {
		struct str rest = str_from(text, 1);
		int next = digits(&rest, 1, 3);

		if (next < 0)
			break;
		number[i] = next;
		text = rest;
	}
	*out = (uint32_t)(number[0] << 14 | number[1] << 7 | number[2]);
	return number[0] < 128 && number[1] < 128 && number[2] < 128;
}

/* "2020-05" or (DAY) "2020-05-01", and whatever follows; as above. */
static bool script_patch_level(struct str text, bool day, uint32_t *out)
{
	int year = digits(&text, 4, 4), month;

	*out = 0;
	if (year < 0 || !str_starts(text, S("-")))
		return true;
	text = str_from(text, 1);
	month = digits(&text, 2, 2);
	if (month < 0)
		return true;
	if (day) {
		text = str_from(text, str_starts(text, S("-")) ? 1 : text.n);
		if (digits(&text, 2, 2) < 0)
			return true;
	}
	*out = (uint32_t)((year - 2000) << 4 | month);
	return year >= 2000 && year < 2128 && month > 0 && month <= 12;
}

/* The same by the program, which has scanf read them. */
static bool program_version(const char *text, uint32_t *out)
{
	unsigned a = 0, b = 0, c = 0;
	int n = sscanf(text, "%u.%u.%u", &a, &b, &c);

	*out = n >= 1 && a < 128 && b < 128 && c < 128 ? a << 14 | b << 7 | c : 0;
	return a <= INT32_MAX && b <= INT32_MAX && c <= INT32_MAX;
}

static uint32_t program_patch_level(const char *text)
{
	unsigned year = 0, month = 0;

	if (sscanf(text, "%u-%u", &year, &month) != 2 || year < 2000 || year >= 2128 || !month ||
	    month > 12)
		return 0;
	return (year - 2000) << 4 | month;
}

static bool take_os(struct bootimg *j)
{
	struct str version = j->value[O_OS_VERSION], level = j->value[O_OS_PATCH_LEVEL];
	uint32_t is = 0, patched = 0;

	if (j->kind == BOOTIMG_SCRIPT &&
	    ((version.n && !python_text(version)) || (level.n && !python_text(level)) ||
	     !script_version(version, &is) || !script_patch_level(level, j->script->day, &patched)))
		return false;
	if (j->kind != BOOTIMG_SCRIPT) {
		if (!program_version(str_cz(j->run->mem, version), &is))
			return false;
		patched = program_patch_level(str_cz(j->run->mem, level));
	}
	j->os = is << 11 | patched;
	return true;
}

static bool take_version(struct bootimg *j)
{
	struct str text = j->value[O_VERSION];

	if (j->kind == BOOTIMG_SCRIPT)
		return python_option32(text, &j->version) && j->version <= j->script->most;
	j->version = (uint32_t)strtoul(str_cz(j->run->mem, text), NULL, 10);
	return j->version <= INT32_MAX;
}

static bool take_page(struct bootimg *j)
{
	return j->kind != BOOTIMG_SCRIPT ||
	       (python_option32(j->value[O_PAGESIZE], &j->page) && is_page(j, j->page));
}

/* Would the output be one of the inputs? The program may have emptied it before it reads that. */
static bool is_input(const struct bootimg *j, struct str path)
{
	for (size_t i = 0; i < PARTS; i++)
		if (j->value[i].p && str_eq(j->value[i], path))
			return true;
	return false;
}

int bootimg_options(struct bootimg *j)
{
	int status;

	take_kind(j);
	j->page = 2048;
	j->hash = &digest_sha1;
	if (j->kind == BOOTIMG_OTHER)
		return -1;
	status = take_options(j);
	if (status)
		return status;
	if (!check_addresses(j) || !take_page(j) || !take_version(j) || !take_os(j) ||
	    !j->value[O_OUTPUT].n || !j->value[O_KERNEL].n || is_input(j, j->value[O_OUTPUT]))
		return -1;
	return 0;
}
