/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpio archive in the "new ASCII" form (initramfs): per entry 110 bytes "070701" (or "070702" with
 * a sum) and 13 numbers of 8 hex digits (6 size of the data, 11 size of the name, 12 sum), the
 * name, the data, both padded to 4. "TRAILER!!!" ends it. Source:
 * Documentation/driver-api/early-userspace.
 */
#include "firmware/parts.h"

#include <string.h>

#include "digest/digest.h"
#include "firmware/internal.h"

enum { HEADER = 110 };

struct entry {
	struct str name, data;
	bool summed;
	uint32_t mode, sum;
	size_t end;
};

static bool hex(struct str image, size_t offset, int field, uint32_t *out)
{
	uint64_t n;

	if (!str_number(str_sub(image, offset + 6 + 8 * (size_t)field, 8), 16, &n))
		return false;
	*out = (uint32_t)n;
	return true;
}

static size_t padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static bool read_entry(struct str image, size_t at, struct entry *e)
{
	struct str magic = str_sub(image, at, 6);
	uint32_t size, name;
	size_t data;

	e->summed = str_is(magic, "070702");
	if (at + HEADER > image.n || (!e->summed && !str_is(magic, "070701")) ||
	    !hex(image, at, 1, &e->mode) || !hex(image, at, 6, &size) ||
	    !hex(image, at, 11, &name) || !hex(image, at, 12, &e->sum))
		return false;
	data = padded(at + HEADER + name);
	if (name == 0 || data > image.n || size > image.n - data)
		return false;
	e->name = str_sub(image, at + HEADER, name - 1);
	e->data = str_sub(image, data, size);
	e->end = padded(data + size);
	return true;
}

static uint32_t sum_of(struct str data)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < data.n; i++)
		sum += (unsigned char)data.p[i];
	return sum;
}

/* Go over the archive; true when its trailer was reached. *END: behind the last good entry. */
static bool walk(struct firmware_view *v, size_t *count, size_t *end, uint64_t *bytes, bool say)
{
	struct str image = firmware_bytes(v);
	struct entry e;

	*count = *end = 0;
	*bytes = 0;
	while (read_entry(image, *end, &e)) {
		*end = e.end;
		if (str_is(e.name, "TRAILER!!!"))
			return true;
		/* Only files have a sum. */
		if (say && e.summed && (e.mode & 0170000) == 0100000 && sum_of(e.data) != e.sum)
			firmware_bad(v, "entry %zu: wrong sum", *count);
		(*count)++;
		*bytes += e.data.n;
	}
	return false;
}

static bool check(struct firmware_view *v)
{
	struct entry e;
	size_t count, end;
	uint64_t bytes;

	if (!read_entry(firmware_bytes(v), 0, &e))
		return false;
	if (walk(v, &count, &end, &bytes, true))
		firmware_good(v, "%zu entries", count);
	else
		firmware_bad(v, "the archive breaks off at %zu, behind %zu entries", end, count);
	v->extent = end;
	return true;
}

static void show(struct firmware_view *v)
{
	size_t count, end;
	uint64_t bytes;

	walk(v, &count, &end, &bytes, false);
	firmware_put_field(v, "entries", "%zu", count);
	firmware_put_field(v, "bytes of files", "%llu", (unsigned long long)bytes);
}

static void files(struct firmware_view *v, struct firmware_files *to)
{
	struct str image = firmware_bytes(v);
	struct firmware_file *f;
	struct entry e;
	uint32_t major = 0, minor = 0;

	for (size_t at = 0; read_entry(image, at, &e) && !str_is(e.name, "TRAILER!!!");
	     at = e.end) {
		f = firmware_add_file(v, to, firmware_text(v, e.name.p, e.name.n));
		if (!f || !firmware_spend(v, e.data.n))
			return;
		f->mode = e.mode;
		f->size = e.data.n;
		hex(image, at, 2, &f->uid);
		hex(image, at, 3, &f->gid);
		hex(image, at, 9, &major);
		hex(image, at, 10, &minor);
		f->device = major << 8 | minor;
		if ((e.mode & 0170000) == 0120000)
			f->link = firmware_text(v, e.data.p, e.data.n);
		else
			digest_bytes(&digest_sha256, e.data.p, e.data.n, f->digest);
	}
}

const struct firmware firmware_cpio = {
    .name = "cpio",
    .format = "cpio archive",
    .check = check,
    .show = show,
    .files = files,
    .strong = true,
    .magic = "07070",
    .n_magic = 5,
};
