/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fiptool create: Firmware Image Package of Trusted Firmware-A, little endian.
 *
 *  0 4  0xaa640001	 4 4 0x12345678	 8 8 flags (0)
 *
 * An entry for each image that is not empty, in the order of the table below, and one of NULs whose
 * offset is the end of the package; as many more of NULs as there are empty images:
 *
 *  0 16  UUID	16 8 offset	24 8 size	32 8 flags (0)
 *
 * The images are behind them. Source: the package format in the documentation of Trusted
 * Firmware-A.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { HEADER = 16, ENTRY = 40, UUID = 16, AT = 16, SIZE = 24, FIRST = 256, ENTRIES_MOST = 256 };

static const unsigned char mark[8] = {0x01, 0x00, 0x64, 0xaa, 0x78, 0x56, 0x34, 0x12};

static const struct kind {
	const char *name, *uuid;
} kinds[] = {
	{"scp-fwu-cfg", "659227032f74e6448dff579ac1ff0610"},
	{"ap-fwu-cfg", "60b3eb37c1e5ea419df319eda11f6801"},
	{"fwu", "4f511d112be54e49b4c583c2f715840a"},
	{"fwu-cert", "71408ab218d6874c8b2ec6dccd50f096"},
	{"tb-fw", "5ff9ec0b4d223e4da544c39d81c73f0a"},
	{"scp-fw", "9766fd3d89bee849ae5d78a140608213"},
	{"soc-fw", "47d4086d4cfe98469b952950cbbd5a00"},
	{"tos-fw", "05d0e18953dc13478d2b500a4b7a3e38"},
	{"tos-fw-extra1", "0b70c29b2a5a78409f650a5682738288"},
	{"tos-fw-extra2", "8ea87bb1cfa23f4d85fde7bba50220d9"},
	{"nt-fw", "d6d0eea7fcead54b97829934f234b6e4"},
	{"rmm-fw", "6c0762a612f24b5692cbba8f633606d9"},
	{"fw-config", "5807e16a845947be8ed5648e8dddab0e"},
	{"hw-config", "08b8f1d9c9cf9349a9626fbc6b7265cc"},
	{"tb-fw-config", "6c0458ffaf6b7d4f82edaa27bc69bfd2"},
	{"soc-fw-config", "9979814b0376fb468c8e8d267f7859e0"},
	{"tos-fw-config", "26257c1adbc67f478d96c4c4b0248021"},
	{"nt-fw-config", "28da981593e87e44ac661aaf801550f9"},
	{"rot-cert", "862d1d72f860e411920b8be762160f24"},
	{"trusted-key-cert", "827ee890f860e411a1b4777a21b4f94c"},
	{"scp-fw-key-cert", "024221a1f860e4118d9bf33c0e15a014"},
	{"soc-fw-key-cert", "8ab8beccf960e4119ad0eb4822d8dcf8"},
	{"tos-fw-key-cert", "9477d603fb60e41185ddb7105b8cee04"},
	{"nt-fw-key-cert", "8ad5832afb60e4118aafdf30bbc49859"},
	{"tb-fw-cert", "d6e269ea5d63e4118d8c9fbabe9956a5"},
	{"scp-fw-cert", "44be6f045e63e411b28b73d8eaae9656"},
	{"soc-fw-cert", "e2b20c205e63e4119ce8abccf92bb666"},
	{"tos-fw-cert", "a49f44115e63e41187283f05722af33d"},
	{"nt-fw-cert", "8ec4c1f35d63e411a7a987ee40b23fa7"},
	{"sip-sp-cert", "776dfd4486974c3b91ebc13e025a2a6f"},
	{"plat-sp-cert", "ddcbbf4acad611ea87d00242ac130003"},
	{"cca-cert", "36d83d85761d4daf96f1cd99d6569b00"},
	{"core-swd-cert", "52222d31820f494d8bbcea6825d3c35a"},
	{"plat-key-cert", "d43cd9025b9f412e8ac692b6d18be60d"},
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

static void put_uuid(unsigned char *p, const char *hex)
{
	uint64_t byte;

	for (size_t i = 0; i < UUID; i++) {
		str_number((struct str){hex + 2 * i, 2}, 16, &byte);
		p[i] = (unsigned char)byte;
	}
}

/* Read the files into IMAGES, of each kind the last one. 0, the exit status, or -1. */
static int read_options(struct firmware_run *run, struct blob **images, struct str *path)
{
	struct opt options[KINDS + 1] = {{0}};
	struct opts o;
	int id, err = 0;

	for (int i = 0; i < KINDS; i++)
		options[i] = (struct opt){FIRST + i, kinds[i].name, OPT_VALUE, NULL};
	o = opts_begin(run->mem, options, run->argv + 1, run->argc - 1, false);
	while (!err && (id = opts_next(&o)) != OPTS_END) {
		struct blob **to;

		if (id == OPTS_ERROR)
			return -1;
		to = &images[id - FIRST];
		blob_unref(*to);
		*to = NULL;
		err = run->read(run, o.value, to);
		if (err && err != -EISDIR)
			return firmware_say(run, "\n", "ERROR: fopen %.*s: %s", STR_ARG(o.value),
					    strerror(-err));
	}
	if (err || o.operands.n != 1)
		return -1;
	*path = o.operands.p[0];
	return 0;
}

static struct blob *pack(struct blob *const *images)
{
	unsigned char toc[HEADER + (KINDS + 1) * ENTRY] = {0}, *e = toc + HEADER;
	uint64_t at = HEADER + ENTRY;
	struct blob *package = blob_empty(), *whole;

	memcpy(toc, mark, sizeof(mark));
	for (size_t i = 0; i < KINDS; i++)
		at += images[i] ? ENTRY : 0;
	for (size_t i = 0; i < KINDS; i++) {
		uint64_t size = images[i] ? blob_size(images[i]) : 0;

		if (!size)
			continue;
		put_uuid(e, kinds[i].uuid);
		put_le64(e + AT, at + blob_size(package));
		put_le64(e + SIZE, size);
		e += ENTRY;
		firmware_join(&package, blob_ref(images[i]));
	}
	put_le64(e + AT, at + blob_size(package)); /* the last one */
	whole = blob_copy(toc, (size_t)at);
	firmware_join(&whole, package);
	return whole;
}

static int fiptool_run(struct firmware_run *run)
{
	struct blob *images[KINDS] = {NULL};
	struct str path;
	int status, err;

	if (run->argc < 2 || !str_is(run->argv[1], "create"))
		return -1;
	status = read_options(run, images, &path);
	if (!status) {
		err = tool_put(run, path, pack(images));
		status = err ? firmware_say(run, "\n", "ERROR: fopen %.*s: %s", STR_ARG(path),
					    strerror(-err)) : 0;
	}
	for (size_t i = 0; i < KINDS; i++)
		blob_unref(images[i]);
	return status;
}

/* --- check --- */

struct entry {
	const unsigned char *uuid;
	uint64_t at, size;
};

/* Entry I; false: it is the last one (its offset is set), or not there (it is 0). */
static bool read_entry(struct str image, size_t i, struct entry *e)
{
	static const unsigned char none[UUID];
	struct str bytes = str_sub(image, HEADER + i * ENTRY, ENTRY);

	e->at = 0;
	if (bytes.n < ENTRY || i == ENTRIES_MOST)
		return false;
	e->uuid = (const unsigned char *)bytes.p;
	e->at = get_le64(e->uuid + AT);
	e->size = get_le64(e->uuid + SIZE);
	return memcmp(e->uuid, none, UUID) != 0;
}

static const char *name_of(const struct entry *e)
{
	char hex[2 * UUID + 1];

	for (size_t i = 0; i < UUID; i++)
		snprintf(hex + 2 * i, 3, "%02x", e->uuid[i]);
	for (size_t i = 0; i < KINDS; i++) {
		if (strcmp(hex, kinds[i].uuid) == 0)
			return kinds[i].name;
	}
	return "image";
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct entry e;
	size_t i;

	if (image.n < HEADER + ENTRY || memcmp(image.p, mark, sizeof(mark)) != 0)
		return false;
	for (i = 0; read_entry(image, i, &e); i++) {
		if (e.at > image.n || e.size > image.n - e.at)
			firmware_bad(v, "%s is out of the file", name_of(&e));
	}
	if (!e.at)
		firmware_bad(v, "the entries have no end");
	else if (e.at > image.n)
		firmware_bad(v, "the package is %llu bytes, of which %zu are there",
			     (unsigned long long)e.at, image.n);
	v->extent = e.at && e.at < image.n ? e.at : image.n;
	return true;
}

static void show(struct firmware_view *v)
{
	struct entry e;

	for (size_t i = 0; read_entry(firmware_bytes(v), i, &e); i++)
		firmware_put_field(v, name_of(&e), "%llu bytes at %llu",
				   (unsigned long long)e.size, (unsigned long long)e.at);
}

static void parts(struct firmware_view *v)
{
	struct entry e;

	for (size_t i = 0; read_entry(firmware_bytes(v), i, &e); i++)
		firmware_put_part(v, str_z(name_of(&e)), e.at, e.size);
}

const struct firmware firmware_fiptool = {
    .name = "fiptool",
    .format = "Firmware Image Package",
    .help = "fiptool create [--tb-fw FILE] [--soc-fw FILE] [--nt-fw FILE]... OUTPUT\n",
    .write = fiptool_run,
    .check = check,
    .show = show,
    .parts = parts,
    .pure = true,
    .strong = true,
    .magic = "\x01\x00\x64\xaa\x78\x56\x34\x12",
    .n_magic = 8,
};
