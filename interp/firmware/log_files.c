/* SPDX-License-Identifier: GPL-2.0-only */
/* The files of a file system that is a log (log_files.h). */
#include "firmware/log_files.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	MOST_DEPTH = 100,
	KIND = 0170000,
	DIRECTORY = 0040000,
	REGULAR = 0100000,
	LINK = 0120000,
	LINK_MOST = 4096
};

struct lister {
	struct firmware_view *v;
	struct log *log;
	struct firmware_files *to;
};

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_name(const void *a, const void *b)
{
	const struct log_entry *x = a, *y = b;
	int order = compare(x->parent, y->parent);

	order = order ? order : str_cmp(x->name, y->name);
	return order ? order : compare(x->version, y->version);
}

static int by_inode(const void *a, const void *b)
{
	const struct log_inode *x = a, *y = b;
	int order = compare(x->ino, y->ino);

	return order ? order : compare(x->version, y->version);
}

static int by_offset(const void *a, const void *b)
{
	const struct log_data *x = a, *y = b;
	int order = compare(x->ino, y->ino);

	order = order ? order : compare(x->version, y->version);
	return order ? order : compare(x->offset, y->offset);
}

/*
 * Of N rows of SIZE bytes, which are sorted by the number at byte AT of each, the first whose
 * number is not below KEY; N: none.
 */
static size_t first_row(const void *rows, size_t n, size_t size, size_t at, uint64_t key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		uint32_t number;

		memcpy(&number, (const char *)rows + middle * size + at, sizeof(number));
		if (number < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The newest record of INO; NULL: none. */
static const struct log_inode *find_inode(const struct log *log, uint32_t ino)
{
	size_t behind = first_row(log->inodes.p, log->inodes.n, sizeof(*log->inodes.p),
				  offsetof(struct log_inode, ino), (uint64_t)ino + 1);

	return behind && log->inodes.p[behind - 1].ino == ino ? &log->inodes.p[behind - 1] : NULL;
}

static size_t first_data(const struct log *log, uint32_t ino)
{
	return first_row(log->data.p, log->data.n, sizeof(*log->data.p),
			 offsetof(struct log_data, ino), ino);
}

static size_t first_entry(const struct log *log, uint32_t parent)
{
	return first_row(log->entries.p, log->entries.n, sizeof(*log->entries.p),
			 offsetof(struct log_entry, parent), parent);
}

/* D's bytes over those that are there, as far as they belong to a file of SIZE. */
static bool put_data(const struct lister *l, const struct log_data *d, unsigned char *bytes,
		     size_t size)
{
	unsigned char *room;
	size_t n;
	bool good;

	if (d->offset >= size || !d->size)
		return true;
	n = size - d->offset < d->size ? size - (size_t)d->offset : d->size;
	if (!firmware_spend(l->v, d->size))
		return false;
	room = malloc(d->size);
	good = room && l->log->unpack(d, room);
	if (good)
		memcpy(bytes + d->offset, room, n);
	free(room);
	return good;
}

/* All of I's bytes, from malloc; NULL: they cannot be read. */
static unsigned char *content(const struct lister *l, const struct log_inode *i)
{
	unsigned char *bytes;
	bool good = true;

	if (i->size > firmware_room(l->v) || !firmware_spend(l->v, i->size))
		return NULL;
	bytes = calloc(1, i->size ? (size_t)i->size : 1);
	for (size_t k = first_data(l->log, i->ino);
	     good && bytes && k < l->log->data.n && l->log->data.p[k].ino == i->ino; k++)
		good = put_data(l, &l->log->data.p[k], bytes, (size_t)i->size);
	if (good)
		return bytes;
	free(bytes);
	return NULL;
}

static void take_content(const struct lister *l, const struct log_inode *i, struct firmware_file *f)
{
	uint32_t kind = i->mode & KIND;
	unsigned char *bytes;

	if (kind == LINK && i->link.p) {
		f->link = i->link;
		return;
	}
	if (kind != REGULAR && !(kind == LINK && i->size <= LINK_MOST))
		return;
	bytes = content(l, i);
	if (!bytes)
		f->unread = true;
	else if (kind == LINK)
		f->link = firmware_text(l->v, bytes, (size_t)i->size);
	else
		digest_bytes(&digest_sha256, bytes, (size_t)i->size, f->digest);
	free(bytes);
}

static void list(struct lister *l, uint32_t ino, struct str path, unsigned depth);

static void list_folder(struct lister *l, uint32_t ino, struct str path, unsigned depth)
{
	const struct log *log = l->log;

	for (size_t i = first_entry(log, ino);
	     i < log->entries.n && log->entries.p[i].parent == ino; i++) {
		const struct log_entry *e = &log->entries.p[i];
		bool last =
		    i + 1 == log->entries.n || e[1].parent != ino || !str_eq(e->name, e[1].name);
		struct str name;

		if (!last || !e->ino || l->to->trouble)
			continue;
		name = firmware_text(l->v, e->name.p, e->name.n);
		list(l, e->ino,
		     path.n ? str_fmt(l->v->mem, "%.*s/%.*s", STR_ARG(path), STR_ARG(name)) : name,
		     depth + 1);
	}
}

static void list(struct lister *l, uint32_t ino, struct str path, unsigned depth)
{
	const struct log_inode *i = find_inode(l->log, ino);
	struct firmware_file *added = firmware_add_file(l->v, l->to, path);

	if (!added)
		return;
	if (depth > MOST_DEPTH) {
		l->to->trouble = "directories are too deep inside one another";
		return;
	}
	if (i) {
		added->mode = i->mode;
		added->uid = i->uid;
		added->gid = i->gid;
		added->device = i->device;
		added->size = (i->mode & KIND) == DIRECTORY ? 0 : i->size;
		take_content(l, i, added);
	}
	/* A root needs no inode of its own. */
	if (!i || (i->mode & KIND) == DIRECTORY)
		list_folder(l, ino, path, depth);
}

void log_list(struct firmware_view *v, struct log *log, uint32_t root, struct firmware_files *files)
{
	struct lister l = {v, log, files};

	if (log->entries.n)
		qsort(log->entries.p, log->entries.n, sizeof(*log->entries.p), by_name);
	if (log->inodes.n)
		qsort(log->inodes.p, log->inodes.n, sizeof(*log->inodes.p), by_inode);
	if (log->data.n)
		qsort(log->data.p, log->data.n, sizeof(*log->data.p), by_offset);
	list(&l, root, S(""), 0);
}
