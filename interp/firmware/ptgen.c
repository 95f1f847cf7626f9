/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ptgen: writes a partition table (MBR: mbr.c, GPT: gpt.c has the layout) and prints offset and
 * size of each partition in bytes, one number a line. The tool's quirks are kept: partition ids
 * are the disk's with the last byte counted up, and hybrid entries all leave their CHS in the
 * second slot. Source: firmware-utils.
 */
#include "firmware/ptgen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct ptgen_guid guid_basic = {{0xa2, 0xa0, 0xd0, 0xeb, 0xe5, 0xb9, 0x33, 0x44, 0x87,
					      0xc0, 0x68, 0xb6, 0xb7, 0x26, 0x99, 0xc7}};
static const struct ptgen_guid guid_efi = {{0x28, 0x73, 0x2a, 0xc1, 0x1f, 0xf8, 0xd2, 0x11, 0xba,
					    0x4b, 0x00, 0xa0, 0xc9, 0x3e, 0xc9, 0x3b}};
static const struct ptgen_guid guid_linux = {{0xaf, 0x3d, 0xc6, 0x0f, 0x83, 0x84, 0x72, 0x47, 0x8e,
					      0x79, 0x3d, 0x69, 0xd8, 0x47, 0x7d, 0xe4}};
static const struct ptgen_guid guid_fit = {{0x83, 0xbe, 0xe9, 0xca, 0x5f, 0xb1, 0xcc, 0x49, 0x86,
					    0x3f, 0x08, 0x1b, 0x74, 0x4a, 0x2d, 0x93}};

/* Types by name (-T). */
static const struct named_type {
	const char *name;
	struct ptgen_guid guid;
	uint64_t attributes;
} named_types[] = {
	/* priority 1, successful */
	{"cros_kernel",
	 {{0x5d, 0x2a, 0x3a, 0xfe, 0x32, 0x4f, 0xa7, 0x41, 0xb7, 0x25, 0xac, 0xcc, 0x32, 0x85, 0xa3,
	   0x09}},
	 UINT64_C(1) << 48 | UINT64_C(1) << 56},
	{"sifiveu_spl",
	 {{0x00, 0x33, 0x19, 0x5b, 0x78, 0xfc, 0xcd, 0x40, 0x80, 0x02, 0xe8, 0x6c, 0x45, 0x58, 0x0b,
	   0x47}},
	 0},
	{"sifiveu_uboot",
	 {{0x53, 0xb3, 0x54, 0x2e, 0x71, 0x12, 0x42, 0x48, 0x80, 0x6f, 0xe4, 0x36, 0xd6, 0xaf, 0x69,
	   0x85}},
	 0},
};

static const struct opt options[] = {
	{'v', "verbose", OPT_NONE, "say where partitions lie"},
	{'l', "kb_alignment", OPT_VALUE, "KIB  align partitions"},
	{'n', "ignore-null-sized-parts", OPT_NONE, "leave out partitions of size 0"},
	{'D', "disable-gpt-stub-part", OPT_NONE, "no partition in the gap before the first"},
	{'o', "output", OPT_VALUE, "FILE  output"},
	{'h', "heads", OPT_VALUE, "N  heads"},
	{'s', "sectors", OPT_VALUE, "N  sectors per track"},
	{'S', "mbr-disk-signature", OPT_VALUE, "N  disk signature (0x5452574f)"},
	{'a', "active-part", OPT_VALUE, "N  active partition (1)"},
	{'g', "gpt", OPT_NONE, "GPT instead of MBR"},
	{'G', "gpt-guid", OPT_VALUE, "GUID  of the disk"},
	{'e', "gpt-entry-offset", OPT_VALUE, "SIZE  where the entries lie (1K)"},
	{'d', "gpt-disk-size", OPT_VALUE, "SIZE  of the disk; writes the second table"},
	{'b', "gpt-split-images", OPT_NONE, "2 or 3 files"},
	{'p', "part", OPT_VALUE, "SIZE[@START]  a partition"},
	{'t', "mbr-part-type", OPT_VALUE, "HEX  type of the partitions that follow"},
	{'T', "gpt-part-type", OPT_VALUE, "NAME  type of the next partition"},
	{'N', "gpt-part-name", OPT_VALUE, "NAME  of the next partition"},
	{'r', "gpt-part-attr-required", OPT_NONE, "the next partition is required"},
	{'B', "gpt-part-attr-bootable", OPT_NONE, "the next partition is bootable"},
	{'H', "gpt-part-hybrid", OPT_NONE, "the next partition is in the MBR too"},
	{'i', "gpt-part-index", OPT_VALUE, "N  entry of the next partition"},
	{0, NULL, OPT_NONE, NULL},
};

enum { GO_ON = -2 };

/* --- numbers --- */

static int64_t to_kib(struct ptgen *j, struct str text)
{
	char *end;
	int64_t n = (int64_t)strtoull(str_cz(j->run->mem, text), &end, 0);
	int c = tolower((unsigned char)*end), shift = c == 'm' ? 10 : c == 'g' ? 20 : 0;

	if (c && !strchr("kmg", c))
		return 0;
	if (*end && end[1]) {
		buf_z(j->run->err, "garbage after end of number\n");
		return 0;
	}
	return (int64_t)((uint64_t)n << shift);
}

static bool parse_guid(struct str text, struct ptgen_guid *out)
{
	static const unsigned char order[16] = {3, 2, 1,  0,  5,  4,  7,  6,
						8, 9, 10, 11, 12, 13, 14, 15};
	size_t at = 0;

	if (text.n < 36)
		return false;
	for (int i = 0; i < 16; i++) {
		char two[3] = {0};

		if (at < text.n && text.p[at] == '-')
			at++;
		if (at >= text.n)
			return false;
		memcpy(two, text.p + at, at + 2 <= text.n ? 2 : 1);
		out->b[order[i]] = (unsigned char)strtol(two, NULL, 16);
		at += 2;
	}
	return true;
}

/* --- command line --- */

static struct ptgen_guid guid_of_type(unsigned type, const char **name)
{
	if (type == 0xef && !*name)
		*name = "EFI System Partition";
	return type == 0xef ? guid_efi : type == 0x83 ? guid_linux : type == 0x2e ? guid_fit
										  : guid_basic;
}

static unsigned most_parts(const struct ptgen *j)
{
	return j->gpt ? PTGEN_ENTRIES : PTGEN_SLOTS;
}

static int add_part(struct ptgen *j, struct str value)
{
	struct ptgen_part *p = &j->parts[j->n];
	ptrdiff_t at = str_chr(value, '@');

	if (j->n >= most_parts(j))
		return ptgen_fail(j, "Too many partitions");
	if (j->used[j->index])
		return ptgen_fail(j, "Partition entry with index %u already defined", j->index);
	if (at >= 0) {
		p->start = to_kib(j, str_from(value, (size_t)at + 1));
		value = str_sub(value, 0, (size_t)at);
	}
	if (!p->has_guid)
		p->guid = guid_of_type(j->type, &j->next.name);
	p->size = to_kib(j, value);
	p->required = j->next.required;
	p->bootable = j->next.bootable;
	p->name = j->next.name;
	p->hybrid = j->next.hybrid;
	p->index = j->index;
	p->type = (unsigned char)j->type; /* the next one inherits it */
	buf_fmt(j->run->err, "part %lld %lld\n", (long long)p->start, (long long)p->size);
	j->n++;
	j->next = (struct ptgen_part){0};
	j->used[j->index++] = true;
	if (j->index >= most_parts(j))
		j->index = 0;
	return GO_ON;
}

static int set_named_type(struct ptgen *j, struct str name)
{
	for (size_t i = 0; i < sizeof(named_types) / sizeof(*named_types); i++) {
		struct ptgen_part *p = &j->parts[j->n];

		if (!str_is(name, named_types[i].name))
			continue;
		p->has_guid = true;
		p->guid = named_types[i].guid;
		if (named_types[i].attributes)
			p->attributes = named_types[i].attributes;
		return GO_ON;
	}
	return ptgen_fail(j, "Invalid GPT partition type \"%.*s\"", STR_ARG(name));
}

static int set_disk_size(struct ptgen *j, struct str value)
{
	uint64_t total = 2 * (uint64_t)to_kib(j, value);

	j->alternate = true;
	if (total == 0)
		return GO_ON;
	if (total <= 2 * PTGEN_TABLE_SECTORS + 3)
		return ptgen_fail(j, "GPT disk size must be larger than %d KBytes",
			    (2 * PTGEN_TABLE_SECTORS + 3) * PTGEN_SECTOR / 1024);
	j->last_usable = total - PTGEN_TABLE_SECTORS - 2;
	return GO_ON;
}

static int set_entry_offset(struct ptgen *j, struct str value)
{
	j->first_entry = 2 * (uint64_t)to_kib(j, value);
	if (j->first_entry < PTGEN_FIRST_ENTRY)
		return ptgen_fail(j, "GPT First Entry offset must not be smaller than %d KBytes",
			    PTGEN_FIRST_ENTRY / 2);
	return GO_ON;
}

static int set_index(struct ptgen *j, uint32_t n)
{
	j->index = n;
	if (n >= most_parts(j))
		return ptgen_fail(j, "Too big GPT/MBR entry index %d", (int)n);
	return GO_ON;
}

static void take_switch(struct ptgen *j, int id)
{
	switch (id) {
	case 'v': j->verbose = true; break;
	case 'D': j->no_stub = true; break;
	case 'n': j->skip_null = true; break;
	case 'g': j->gpt = true; break;
	case 'b': j->alternate = j->split = true; break;
	case 'H': j->next.hybrid = true; break;
	case 'r': j->next.required = true; break;
	case 'B': j->next.bootable = true; break;
	default: break;
	}
}

static int take(struct ptgen *j, int id, struct str value)
{
	const char *z = value.p ? str_cz(j->run->mem, value) : "";

	switch (id) {
	case 'o': j->out = value; break;
	case 'l': j->align = (int)strtoul(z, NULL, 0) * 2; break;
	case 'h': j->heads = (int)strtoul(z, NULL, 0); break;
	case 's': j->sectors = (int)strtoul(z, NULL, 0); break;
	case 'S': j->disk_id = (uint32_t)strtoul(z, NULL, 0); break;
	case 'a': j->active = (int)strtoul(z, NULL, 0); break;
	case 't': j->type = (unsigned char)strtoul(z, NULL, 16); break;
	case 'N': j->next.name = z; break;
	case 'e': return set_entry_offset(j, value);
	case 'd': return set_disk_size(j, value);
	case 'p': return add_part(j, value);
	case 'T': return set_named_type(j, value);
	case 'i': return set_index(j, (uint32_t)strtoul(z, NULL, 0));
	case 'G':
		if (!parse_guid(value, &j->guid))
			return ptgen_fail(j, "Invalid guid string");
		break;
	default: take_switch(j, id);
	}
	return GO_ON;
}

static int usage(struct ptgen *j)
{
	buf_fmt(j->run->err,
		"Usage: %.*s [OPTION]...\n"
		"Generate hard drive image with predefined partitions\n\n",
		STR_ARG(j->run->argv[0]));
	buf_str(j->run->err, opts_help(j->run->mem, options));
	return 1;
}

/* False: one that is not known here. */
static bool find_release(struct firmware_run *run, enum ptgen_release *out)
{
	if (!tool_lacks(run, S("already defined")))
		*out = PTGEN_NOW;
	else if (!tool_lacks(run, S("GPT First Entry offset must not")))
		*out = PTGEN_2025;
	else if (!tool_lacks(run, S("[-N <name>]")))
		*out = PTGEN_2021;
	else
		return false;
	return true;
}

/* Does a tool of J's release have option ID? */
static bool has_option(const struct ptgen *j, int id)
{
	/* -e was wrong until March 2026. */
	return j->release == PTGEN_NOW || !strchr(j->release == PTGEN_2025 ? "DBie" : "DBiebd", id);
}

static bool has_long_option(const struct firmware_run *run)
{
	for (size_t i = 1; i < run->argc; i++) {
		if (str_starts(run->argv[i], S("--")))
			return true;
	}
	return false;
}

static int ptgen_run(struct firmware_run *run)
{
	struct ptgen j = {.run = run, .type = 0x83, .heads = -1, .sectors = -1, .active = 1,
			.disk_id = 0x5452574f, .first_entry = PTGEN_FIRST_ENTRY,
			.guid = {{0x4f, 0x57, 0x52, 0x54, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
				  0x88, 0x99, 0xaa, 0xbb, 0x00}}};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id, status;

	if (!find_release(run, &j.release) || (j.release != PTGEN_NOW && has_long_option(run)))
		return -1;
	j.parts = arena_array(run->mem, struct ptgen_part, PTGEN_ENTRIES + 1);
	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR || !has_option(&j, id))
			return -1;
		status = take(&j, id, o.value);
		if (status != GO_ON)
			return status;
	}
	if (o.operands.n || (!j.gpt && (j.heads <= 0 || j.sectors <= 0)) || !j.out.p)
		return j.release == PTGEN_NOW ? usage(&j) : -1;
	/* Until March 2024 a GPT had no active partition but the first four. */
	if (j.release == PTGEN_2021 && j.gpt && j.active > PTGEN_SLOTS)
		return -1;
	if (j.active < 0 || j.active > (int)most_parts(&j))
		j.active = 0;
	return j.gpt ? ptgen_gpt(&j) : ptgen_mbr(&j);
}

const struct firmware firmware_ptgen = {
    .name = "ptgen",
    .help =
	"ptgen -o FILE -h HEADS -s SECTORS [-l KIB] [-t TYPE] -p SIZE[@START]...: make an MBR\n"
	"ptgen -g -o FILE [-l KIB] [-G GUID] [-t TYPE] [-N NAME] -p SIZE[@START]...: make a GPT\n",
    .write = ptgen_run,
    .named = "T",
    .pure = true,
};
