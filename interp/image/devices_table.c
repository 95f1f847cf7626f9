/* SPDX-License-Identifier: GPL-2.0-only */
/* A target's devices as a table for people: a line that names the target, then a line a device. */
#include <string.h>

#include "image/devices.h"

/* Columns are as wide as their widest entry, up to these; a longer entry moves the rest of its
 * line. */
enum { ID_MOST = 40, TITLE_MOST = 44 };

/* Columns that S takes: characters of UTF-8, not bytes. */
static size_t width(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

static void put_padded(struct buf *out, struct str s, size_t to)
{
	size_t n = width(s);

	buf_str(out, s);
	for (; n < to; n++)
		buf_char(out, ' ');
}

static size_t wider(size_t now, struct str s, size_t most)
{
	size_t n = width(s);

	return n > most ? (now > most ? now : most) : n > now ? n : now;
}

static bool came_before(const struct device *d, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(d->images.p[k].image, d->images.p[i].image))
			return true;
	return false;
}

/* Each image once, whatever file systems it comes with; then what is special. */
static void put_images(struct buf *out, const struct device *d)
{
	for (size_t i = 0; i < d->images.n; i++) {
		if (came_before(d, i))
			continue;
		buf_char(out, ' ');
		buf_str(out, d->images.p[i].image);
	}
	if (d->legacy)
		buf_z(out, " (by Image/Build/Profile)");
	else if (d->broken)
		buf_z(out, " (broken)");
	else if (d->off)
		buf_z(out, " (not by default)");
}

static void put_device(struct buf *out, const struct device *d, size_t id, size_t title)
{
	buf_z(out, "  ");
	put_padded(out, d->id, id);
	buf_z(out, "  ");
	put_padded(out, d->titles.n ? d->titles.p[0].title : S(""), title);
	buf_char(out, ' ');
	put_images(out, d);
	buf_char(out, '\n');
	for (size_t i = 1; i < d->titles.n; i++) {
		buf_z(out, "  ");
		put_padded(out, S(""), id);
		buf_z(out, "  ");
		buf_str(out, d->titles.p[i].title);
		buf_char(out, '\n');
	}
}

static void put_profile(struct buf *out, const struct profile *p, size_t id)
{
	buf_z(out, "  ");
	put_padded(out, p->id, id);
	buf_fmt(out, "  %.*s (profile)\n", STR_ARG(p->title));
}

static void put_head(struct buf *out, const struct target *t, size_t shown, bool colour)
{
	buf_z(out, colour ? "\033[1m" : "");
	buf_str(out, t->name);
	buf_z(out, colour ? "\033[0m" : "");
	buf_z(out, "  ");
	buf_count(out, shown, "device");
	for (size_t i = 0; i < t->filesystems.n; i++) {
		buf_z(out, i ? " " : "; ");
		buf_str(out, t->filesystems.p[i]);
	}
	if (t->arch_packages.n)
		buf_fmt(out, "; packages for %.*s", STR_ARG(t->arch_packages));
	buf_z(out, t->failed ? "; could not be read to its end\n" : "\n");
}

void target_table(const struct target *t, const struct strs *ids, bool colour, struct buf *out)
{
	size_t id = 0, title = 0, shown = 0;

	for (size_t i = 0; i < t->devices.n; i++) {
		const struct device *d = &t->devices.p[i];

		if (!target_shows(d, ids))
			continue;
		shown++;
		id = wider(id, d->id, ID_MOST);
		for (size_t k = 0; k < d->titles.n; k++)
			title = wider(title, d->titles.p[k].title, TITLE_MOST);
	}
	for (size_t i = 0; !ids->n && i < t->profiles.n; i++)
		id = wider(id, t->profiles.p[i].id, ID_MOST);
	put_head(out, t, shown, colour);
	for (size_t i = 0; i < t->devices.n; i++)
		if (target_shows(&t->devices.p[i], ids))
			put_device(out, &t->devices.p[i], id, title);
	for (size_t i = 0; !ids->n && i < t->profiles.n; i++)
		put_profile(out, &t->profiles.p[i], id);
}
