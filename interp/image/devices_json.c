/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A target's devices as JSON, one line a device. Titles are shaped as profiles.json has them
 * (OpenWrt's scripts/json_add_image_info.py), with the whole title besides. The schema is in
 * imagemk(1).
 */
#include <string.h>

#include "image/devices.h"

/* How many bytes the UTF-8 character at P takes; 0: it is none. */
static size_t utf8_length(const unsigned char *p, size_t n)
{
	size_t length = p[0] >= 0xF0 && p[0] < 0xF5 ? 4 : p[0] >= 0xE0 && p[0] < 0xF0 ? 3
			: p[0] >= 0xC2 && p[0] < 0xE0					? 2
											: 0;

	if (length > n)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
	    (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
		return 0;
	return length;
}

/* Bytes that stand for themselves: ASCII without what JSON escapes. */
static bool is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
}

/* The character at P, which is not plain; how many bytes it took. */
static size_t put_special(struct buf *out, const unsigned char *p, size_t n)
{
	size_t length;

	if (p[0] == '"' || p[0] == '\\') {
		buf_char(out, '\\');
		buf_char(out, (char)p[0]);
		return 1;
	}
	if (p[0] == '\n') {
		buf_z(out, "\\n");
		return 1;
	}
	if (p[0] < 0x80) {
		buf_fmt(out, "\\u%04x", p[0]);
		return 1;
	}
	length = utf8_length(p, n);
	if (!length) {
		buf_z(out, "\\ufffd"); /* JSON is UTF-8; Makefiles may be anything */
		return 1;
	}
	buf_put(out, p, length);
	return length;
}

void json_string(struct buf *out, struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	buf_char(out, '"');
	for (size_t i = 0; i < s.n;) {
		size_t run = i;

		while (run < s.n && is_plain(p[run]))
			run++;
		buf_put(out, p + i, run - i);
		i = run;
		if (i < s.n)
			i += put_special(out, p + i, s.n - i);
	}
	buf_char(out, '"');
}

/* "NAME": "VALUE" behind BEFORE, unless VALUE is empty. True: written. */
static bool put_member(struct buf *out, const char *before, const char *name, struct str value)
{
	if (!value.n)
		return false;
	buf_z(out, before);
	buf_char(out, '"');
	buf_z(out, name);
	buf_z(out, "\": ");
	json_string(out, value);
	return true;
}

static void put_strings(struct buf *out, const char *name, const struct strs *list)
{
	buf_z(out, ", \"");
	buf_z(out, name);
	buf_z(out, "\": [");
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_z(out, ", ");
		json_string(out, list->p[i]);
	}
	buf_char(out, ']');
}

struct member {
	const char *name;
	struct str value;
};

/* The I-th object of a list: the first member always, the others unless empty. */
static void put_object(struct buf *out, size_t i, const struct member *members, size_t n)
{
	buf_z(out, i ? ", {\"" : "{\"");
	buf_z(out, members[0].name);
	buf_z(out, "\": ");
	json_string(out, members[0].value);
	for (size_t k = 1; k < n; k++)
		put_member(out, ", ", members[k].name, members[k].value);
	buf_char(out, '}');
}

static void put_titles(struct buf *out, const struct device *d)
{
	buf_z(out, ", \"titles\": [");
	for (size_t i = 0; i < d->titles.n; i++) {
		const struct device_title *t = &d->titles.p[i];
		struct member members[] = {{"title", t->title},
					   {"vendor", t->vendor},
					   {"model", t->model},
					   {"variant", t->variant}};

		put_object(out, i, members, sizeof(members) / sizeof(*members));
	}
	buf_char(out, ']');
}

static void put_images(struct buf *out, const struct device *d)
{
	buf_z(out, ", \"images\": [");
	for (size_t i = 0; i < d->images.n; i++) {
		const struct device_image *image = &d->images.p[i];
		struct member members[] = {{"image", image->image},
					   {"type", image->type},
					   {"filesystem", image->filesystem},
					   {"name", image->name}};

		put_object(out, i, members, sizeof(members) / sizeof(*members));
	}
	buf_char(out, ']');
}

static void put_device(struct buf *out, const struct target *t, const struct device *d)
{
	buf_z(out, "{\"id\": ");
	json_string(out, d->id);
	buf_z(out, ", \"target\": ");
	json_string(out, t->name);
	put_titles(out, d);
	put_images(out, d);
	put_strings(out, "packages", &d->packages);
	put_strings(out, "supported_devices", &d->supported);
	if (d->broken)
		buf_z(out, ", \"broken\": true");
	if (d->off)
		buf_z(out, ", \"default\": false");
	buf_char(out, '}');
}

static void put_profiles(struct buf *out, const struct target *t)
{
	buf_z(out, ", \"profiles\": [");
	for (size_t i = 0; i < t->profiles.n; i++) {
		buf_z(out, i ? ",\n      {\"id\": " : "\n      {\"id\": ");
		json_string(out, t->profiles.p[i].id);
		buf_z(out, ", \"title\": ");
		json_string(out, t->profiles.p[i].title);
		put_strings(out, "packages", &t->profiles.p[i].packages);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

void target_json(const struct target *t, const struct strs *ids, struct buf *out)
{
	const char *between = "\n";

	buf_z(out, "    {\"target\": ");
	json_string(out, t->name);
	put_member(out, ", ", "arch_packages", t->arch_packages);
	put_strings(out, "filesystems", &t->filesystems);
	put_strings(out, "default_packages", &t->default_packages);
	if (t->profiles.n && !ids->n)
		put_profiles(out, t);
	if (t->failed)
		put_member(out, ", ", "error", str_trim(t->said));
	buf_z(out, ", \"devices\": [");
	for (size_t i = 0; i < t->devices.n; i++) {
		if (!target_shows(&t->devices.p[i], ids))
			continue;
		buf_z(out, between);
		buf_z(out, "      ");
		put_device(out, t, &t->devices.p[i]);
		between = ",\n";
	}
	buf_z(out, *between == ',' ? "\n    ]}" : "]}");
}
