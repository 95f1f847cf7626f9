/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * buffalo-tag: Buffalo's tag in front of one or two files, big endian.
 *
 *   0 32  product		 32 32 brand		 64 8 major, 72 8 minor version
 *  80  2  region		 82  4 set of regions	 88 8 language	96 8 platform
 * 104  4  "hwv"		108  4 hardware version
 * 136  4  size of all (-I: of the file, and 200)	140 4 POSIX cksum of all, with 0 here
 *
 * then for one file, two, and one of the DHP series (-I):
 *
 * 144  4  base1			size of the first	size of the file
 * 148  4  base2			size of the second	base2
 * 152  4  size of the file		flag (1 byte)		the file
 * 156  4  flag (1 byte)		the files
 * 160     the file
 *
 * Source: firmware-utils.
 */
#include "firmware/buffalo.h"

#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	PRODUCT = 0, BRAND = 32, MAJOR = 64, MINOR = 72, REGION = 80, REGIONS = 82, LANGUAGE = 88,
	PLATFORM = 96, HARDWARE = 104, TOTAL = 136, CRC = 140, NUMBERS = 144,
	TAG1 = 160, TAG2 = 156, TAG3 = 152, DHP_EXTRA = 200, FILES = 2, ALL_REGIONS = 32,
};

static const struct opt options[] = {
	{'a', NULL, OPT_VALUE, "PLATFORM"},
	{'b', NULL, OPT_VALUE, "BRAND"},
	{'c', NULL, OPT_VALUE, "HEX  base1"},
	{'d', NULL, OPT_VALUE, "HEX  base2"},
	{'f', NULL, OPT_VALUE, "BINARY  flag"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'I', NULL, OPT_VALUE, "FILE  input, DHP series"},
	{'l', NULL, OPT_VALUE, "LANGUAGE"},
	{'m', NULL, OPT_VALUE, "VERSION  minor (1.01)"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'p', NULL, OPT_VALUE, "PRODUCT"},
	{'r', NULL, OPT_VALUE, "JP|US|EU|AP|TW|KR|M_  region"},
	{'s', NULL, OPT_NONE, "no checksum"},
	{'v', NULL, OPT_VALUE, "VERSION  major"},
	{'w', NULL, OPT_VALUE, "VERSION  of the hardware"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str value[128];
	struct str files[FILES], region;
	struct blob *data[FILES];
	size_t n;
	uint32_t region_set;
	int regions;
	bool dhp;
};

static int take_region(struct job *j, struct str name)
{
	static const char table[][3] = {"JP", "US", "EU", "AP", "TW", "KR"};

	if (name.n != 2)
		return buffalo_fail(j->run, "invalid region code '%.*s'", STR_ARG(name));
	j->region = name;
	if (str_is(name, "M_")) {
		j->region_set = UINT32_MAX;
		j->regions = ALL_REGIONS;
		return 0;
	}
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		if (str_is(name, table[i])) {
			j->region_set |= (uint32_t)1 << i;
			j->regions++;
			return 0;
		}
	}
	return buffalo_fail(j->run, "unknown region code '%.*s'", STR_ARG(name));
}

static int take(struct job *j, int id, struct str value)
{
	j->value[id] = value.p ? value : S("");
	if (id == 'r')
		return take_region(j, value);
	j->dhp |= id == 'I';
	if (id != 'i' && id != 'I')
		return 0;
	if (j->n == FILES)
		return buffalo_fail(j->run, "too many input files specified");
	j->files[j->n++] = value;
	return 0;
}

static int check_options(struct job *j)
{
	static const struct { int id; const char *name; size_t most; } texts[] = {
		{'o', "output file", SIZE_MAX}, {'b', "brand", 31}, {'p', "product", 31},
		{'a', "platform", 7}, {'v', "major version", 7}, {'m', "minor version", 7},
		{'l', "language", 7},
	};

	/* The tool goes on all the same. */
	if (!j->n)
		buffalo_fail(j->run, "no input files specified");
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!j->value[texts[i].id].p)
			return buffalo_fail(j->run, "no %s specified", texts[i].name);
		if (j->value[texts[i].id].n > texts[i].most)
			return buffalo_fail(j->run, "%s is too long", texts[i].name);
	}
	if (j->value['w'].n > 1)
		return buffalo_fail(j->run, "hardware version is too long");
	if (!j->regions)
		return buffalo_fail(j->run, "no region code specified");
	return 0;
}

static void put_text(unsigned char *p, struct str text)
{
	if (text.n)
		memcpy(p, text.p, text.n);
}

static void put_texts(const struct job *j, unsigned char *t)
{
	const struct str *v = j->value;

	put_text(t + PRODUCT, v['p']);
	put_text(t + BRAND, v['b']);
	put_text(t + MAJOR, v['v']);
	put_text(t + MINOR, v['m']);
	put_text(t + LANGUAGE, v['l']);
	put_text(t + PLATFORM, v['a']);
	put_text(t + REGION, j->regions > 1 ? S("M_") : j->region);
	if (j->regions > 1)
		put_be32(t + REGIONS, j->region_set);
	if (v['w'].p) {
		put_text(t + HARDWARE, S("hwv"));
		put_text(t + HARDWARE + 4, v['w']);
	}
}

static uint32_t number(const struct job *j, int id, int base)
{
	if (!j->value[id].p)
		return 0;
	return (uint32_t)strtoul(str_cz(j->run->mem, j->value[id]), NULL, base);
}

static size_t header_size(const struct job *j)
{
	return j->dhp ? TAG3 : j->n == 1 ? TAG1 : TAG2;
}

static void put_numbers(const struct job *j, unsigned char *t, uint64_t total)
{
	uint32_t size[FILES];
	unsigned char flag = (unsigned char)number(j, 'f', 2);

	for (size_t i = 0; i < FILES; i++)
		size[i] = j->data[i] ? (uint32_t)blob_size(j->data[i]) : 0;
	put_be32(t + TOTAL, j->dhp ? size[0] + DHP_EXTRA : (uint32_t)total);
	if (j->dhp) {
		put_be32(t + NUMBERS, size[0]);
		put_be32(t + NUMBERS + 4, number(j, 'd', 16));
	} else if (j->n == 1) {
		put_be32(t + NUMBERS, number(j, 'c', 16));
		put_be32(t + NUMBERS + 4, number(j, 'd', 16));
		put_be32(t + NUMBERS + 8, size[0]);
		t[NUMBERS + 12] = flag;
	} else {
		put_be32(t + NUMBERS, size[0]);
		put_be32(t + NUMBERS + 4, size[1]);
		t[NUMBERS + 8] = flag;
	}
}

static struct blob *with_tag(const struct job *j, const unsigned char *t)
{
	struct blob *image = blob_copy(t, header_size(j));

	for (size_t i = 0; i < j->n; i++)
		firmware_join(&image, blob_ref(j->data[i]));
	return image;
}

static struct blob *make(const struct job *j)
{
	unsigned char t[TAG1] = {0};
	uint64_t total = header_size(j);
	struct blob *image;

	for (size_t i = 0; i < j->n; i++)
		total += blob_size(j->data[i]);
	put_texts(j, t);
	put_numbers(j, t, total);
	image = with_tag(j, t);
	if (j->dhp || j->value['s'].p)
		return image;
	put_be32(t + CRC, digest_cksum_blob(image));
	blob_unref(image);
	return with_tag(j, t);
}

static int read_and_make(struct job *j)
{
	uint64_t size;
	int status = 0;

	for (size_t i = 0; i < j->n && !status; i++)
		status = buffalo_size(j->run, j->files[i], &size);
	for (size_t i = 0; i < j->n && !status; i++)
		status = buffalo_read(j->run, j->files[i], j->files[i], &j->data[i]);
	if (!status)
		status = buffalo_write(j->run, j->value['o'], make(j));
	for (size_t i = 0; i < FILES; i++)
		blob_unref(j->data[i]);
	return status;
}

static int buffalo_tag_run(struct firmware_run *run)
{
	struct job j = {.run = run, .value = {['m'] = S("1.01")}};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		status = take(&j, id, o.value);
		if (status)
			return status;
	}
	status = check_options(&j);
	return status ? status : read_and_make(&j);
}

/* --- read --- */

/* The size of the tag, 0 when there is none. */
static size_t find(struct str image)
{
	const unsigned char *t = (const unsigned char *)image.p;
	uint32_t total, a, b;

	if (image.n < TAG1 || t[PRODUCT] <= 0x20 || t[PRODUCT] > 0x7e || t[BRAND] <= 0x20 ||
	    t[BRAND] > 0x7e || t[MAJOR - 1] || t[BRAND - 1])
		return 0;
	total = get_be32(t + TOTAL);
	a = get_be32(t + NUMBERS);
	b = get_be32(t + NUMBERS + 4);
	if (total == image.n && get_be32(t + NUMBERS + 8) == image.n - TAG1)
		return TAG1;
	if (total == image.n && (uint64_t)a + b == image.n - TAG2)
		return TAG2;
	return a == image.n - TAG3 && total == a + DHP_EXTRA ? TAG3 : 0;
}

static bool check(struct firmware_view *v)
{
	struct str image = str_sub(firmware_bytes(v), 0, fwtool_payload(firmware_bytes(v)));
	size_t size = find(image);
	struct blob *zeroed;
	uint32_t crc;

	if (!size)
		return false;
	v->extent = size;
	crc = get_be32((const unsigned char *)image.p + CRC);
	if (!crc)
		return true;
	zeroed = blob_copy(image.p, CRC);
	firmware_join(&zeroed, blob_run(0, 4));
	firmware_join(&zeroed, blob_copy(image.p + CRC + 4, image.n - CRC - 4));
	firmware_compare32(v, "cksum", crc, digest_cksum_blob(zeroed));
	blob_unref(zeroed);
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *t = (const unsigned char *)firmware_bytes(v).p;
	static const struct tool_text fields[] = {
		{"product", PRODUCT, 32}, {"brand", BRAND, 32}, {"major version", MAJOR, 8},
		{"minor version", MINOR, 8}, {"region", REGION, 2}, {"language", LANGUAGE, 8},
		{"platform", PLATFORM, 8}, {"hardware version", HARDWARE + 4, 4},
	};

	tool_show_texts(v, t, fields, sizeof(fields) / sizeof(*fields));
}

/* Until January 2017 there was no -I. */
static const struct firmware_mark since[] = {
    {.text = "for DHP series"},
    {0},
};

const struct firmware firmware_buffalo_tag = {
    .name = "buffalo-tag",
    .format = "Buffalo tagged image",
    .help = "buffalo-tag -b BRAND -p PRODUCT -a PLATFORM -v VERSION -l LANGUAGE -r REGION -i FILE "
	    "-o FILE\n",
    .write = buffalo_tag_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
};
