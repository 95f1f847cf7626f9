/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What two files differ in (differ.h). Pieces belong together that have the same name, or without
 * one the same format, counted among those beside them; where all bytes of two are equal nothing
 * inside is looked at.
 */
#include "firmware/differ_internal.h"

#include <string.h>

enum { TEXT_MOST = 4 << 20, LINES_MOST = 4000, LINES_SAID = 60 };

static void compare(struct differ *d, const struct firmware_piece *old,
		    const struct firmware_piece *new, struct str where);

const char *firmware_differs_name(enum firmware_differs kind)
{
	static const char *const names[] = {
	    "added",	  "removed",	  "format", "size",	  "field",	  "check", "bytes",
	    "file-added", "file-removed", "file",   "line-added", "line-removed", "unread"};

	return names[kind];
}

void differ_say(struct differ *d, enum firmware_differs kind, struct str where, struct str name,
		struct str old, struct str new)
{
	*vec_push(d->mem, d->out) = (struct firmware_difference){kind, where, name, old, new};
}

static struct str number(struct differ *d, uint64_t n)
{
	return str_fmt(d->mem, "%llu", (unsigned long long)n);
}

/* --- fields and findings --- */

/* The Nth field of that name, or NULL. */
static const struct firmware_field *field(const struct firmware_view *v, struct str name, size_t n)
{
	for (size_t i = 0; i < v->fields.n; i++) {
		if (str_eq(v->fields.p[i].name, name) && n-- == 0)
			return &v->fields.p[i];
	}
	return NULL;
}

/* Which of its name field I is. */
static size_t rank(const struct firmware_view *v, size_t i)
{
	size_t n = 0;

	for (size_t k = 0; k < i; k++)
		n += str_eq(v->fields.p[k].name, v->fields.p[i].name);
	return n;
}

static void compare_fields(struct differ *d, const struct firmware_view *old,
			   const struct firmware_view *new, struct str where)
{
	for (size_t i = 0; i < old->fields.n; i++) {
		const struct firmware_field *f = &old->fields.p[i],
					    *g = field(new, f->name, rank(old, i));

		if (!g || !str_eq(f->value, g->value))
			differ_say(d, DIFFERS_FIELD, where, f->name, f->value,
				   g ? g->value : (struct str){NULL, 0});
	}
	for (size_t i = 0; i < new->fields.n; i++) {
		const struct firmware_field *g = &new->fields.p[i];

		if (!field(old, g->name, rank(new, i)))
			differ_say(d, DIFFERS_FIELD, where, g->name, (struct str){NULL, 0},
				   g->value);
	}
}

static bool is_said(const struct firmware_view *v, struct str text)
{
	for (size_t i = 0; i < v->findings.n; i++) {
		if (v->findings.p[i].bad && str_eq(v->findings.p[i].text, text))
			return true;
	}
	return false;
}

static void compare_checks(struct differ *d, const struct firmware_view *old,
			   const struct firmware_view *new, struct str where)
{
	for (size_t i = 0; i < old->findings.n; i++) {
		if (old->findings.p[i].bad && !is_said(new, old->findings.p[i].text))
			differ_say(d, DIFFERS_CHECK, where, S(""), old->findings.p[i].text,
				   (struct str){NULL, 0});
	}
	for (size_t i = 0; i < new->findings.n; i++) {
		if (new->findings.p[i].bad && !is_said(old, new->findings.p[i].text))
			differ_say(d, DIFFERS_CHECK, where, S(""), (struct str){NULL, 0},
				   new->findings.p[i].text);
	}
}

/* --- files --- */

static const char *kind_of(uint32_t mode)
{
	switch (mode & 0170000) {
	case 0040000: return "directory";
	case 0100000: return "file";
	case 0120000: return "link";
	case 0060000: return "block device";
	case 0020000: return "character device";
	case 0010000: return "pipe";
	case 0140000: return "socket";
	default: return "?";
	}
}

static struct str describe_file(struct differ *d, const struct firmware_file *f)
{
	if ((f->mode & 0170000) == 0120000)
		return str_fmt(d->mem, "link to %.*s", STR_ARG(f->link));
	if ((f->mode & 0170000) == 0100000)
		return str_fmt(d->mem, "%llu bytes", (unsigned long long)f->size);
	return str_z(kind_of(f->mode));
}

static void compare_file(struct differ *d, const struct firmware_file *old,
			 const struct firmware_file *new, struct str where)
{
	struct str path = old->path.n ? old->path : S("/");
	bool link = (old->mode & 0170000) == 0120000 && (new->mode & 0170000) == 0120000;
	bool bytes = (old->mode & 0170000) == 0100000 && (new->mode & 0170000) == 0100000;

	if ((old->mode & 0170000) != (new->mode & 0170000)) {
		differ_say(d, DIFFERS_FILE, where, path, describe_file(d, old),
			   describe_file(d, new));
		return;
	}
	if (link && !str_eq(old->link, new->link))
		differ_say(d, DIFFERS_FILE, where, path, describe_file(d, old),
			   describe_file(d, new));
	if (bytes && old->size != new->size)
		differ_say(d, DIFFERS_FILE, where, path, describe_file(d, old),
			   describe_file(d, new));
	else if (bytes && (old->unread || new->unread))
		differ_say(d, DIFFERS_UNREAD, where, path, (struct str){NULL, 0},
			   S("its bytes could not be read"));
	else if (bytes && memcmp(old->digest, new->digest, sizeof(old->digest)) != 0)
		differ_say(d, DIFFERS_FILE, where, path, describe_file(d, old),
			   S("as many others"));
	if (old->mode != new->mode)
		differ_say(d, DIFFERS_FILE, where, path,
			   str_fmt(d->mem, "mode %04o", old->mode & 07777),
			   str_fmt(d->mem, "mode %04o", new->mode & 07777));
	if (old->uid != new->uid || old->gid != new->gid)
		differ_say(d, DIFFERS_FILE, where, path,
			   str_fmt(d->mem, "owner %u:%u", old->uid, old->gid),
			   str_fmt(d->mem, "owner %u:%u", new->uid, new->gid));
	if (old->device != new->device)
		differ_say(d, DIFFERS_FILE, where, path,
			   str_fmt(d->mem, "device 0x%x", old->device),
			   str_fmt(d->mem, "device 0x%x", new->device));
}

/* Both lists are by path. */
static void compare_lists(struct differ *d, const struct firmware_files *old,
			  const struct firmware_files *new, struct str where)
{
	size_t i = 0, j = 0;

	while (i < old->v.n || j < new->v.n) {
		const struct firmware_file *f = i < old->v.n ? &old->v.p[i] : NULL,
					   *g = j < new->v.n ? &new->v.p[j] : NULL;
		int order = !f ? 1 : !g ? -1 : str_cmp(f->path, g->path);

		if (order == 0)
			compare_file(d, f, g, where);
		else if (order < 0)
			differ_say(d, DIFFERS_FILE_REMOVED, where, f->path, describe_file(d, f),
				   (struct str){NULL, 0});
		else
			differ_say(d, DIFFERS_FILE_ADDED, where, g->path, (struct str){NULL, 0},
				   describe_file(d, g));
		i += order <= 0;
		j += order >= 0;
	}
}

/* False: they have no files, or none that could be listed. */
static bool compare_files(struct differ *d, const struct firmware_piece *old,
			  const struct firmware_piece *new, struct str where)
{
	struct firmware_files a, b;
	const char *why;

	if (old->row != new->row || !old->row || !old->row->files)
		return false;
	if (!firmware_list(d->mem, old, &a) || !firmware_list(d->mem, new, &b))
		return false;
	why = a.trouble ? a.trouble : b.trouble;
	if (why) {
		differ_say(d, DIFFERS_UNREAD, where, S(""), (struct str){NULL, 0},
			   str_fmt(d->mem, "files: %s", why));
		return false;
	}
	compare_lists(d, &a, &b, where);
	return true;
}

/* --- pieces --- */

static bool is_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f)
			return false;
	}
	return s.n <= TEXT_MOST;
}

static struct strs lines_of(struct differ *d, struct str s)
{
	struct strs lines = {0};
	struct str line;

	if (s.n && s.p[s.n - 1] == '\n')
		s.n--;
	while (str_split(&s, '\n', &line))
		*vec_push(d->mem, &lines) = line;
	return lines;
}

/* The lines that only FROM has; how many. */
static size_t say_lines(struct differ *d, const struct strs *from, const struct strs *other,
			enum firmware_differs kind, struct str where, bool count_only)
{
	size_t n = 0;

	for (size_t i = 0; i < from->n; i++) {
		struct str line = from->p[i], none = {NULL, 0};

		if (strs_have(other, line))
			continue;
		n++;
		if (!count_only)
			differ_say(d, kind, where, S(""),
				   kind == DIFFERS_LINE_REMOVED ? line : none,
				   kind == DIFFERS_LINE_REMOVED ? none : line);
	}
	return n;
}

/* False: too much is new, or only the order of lines. */
static bool compare_lines(struct differ *d, struct str old, struct str new, struct str where)
{
	struct strs a = lines_of(d, old), b = lines_of(d, new);
	size_t n;

	if (a.n > LINES_MOST || b.n > LINES_MOST)
		return false;
	n = say_lines(d, &a, &b, DIFFERS_LINE_REMOVED, where, true) +
	    say_lines(d, &b, &a, DIFFERS_LINE_ADDED, where, true);
	if (n == 0 || n > LINES_SAID)
		return false;
	say_lines(d, &a, &b, DIFFERS_LINE_REMOVED, where, false);
	say_lines(d, &b, &a, DIFFERS_LINE_ADDED, where, false);
	return true;
}

static void compare_bytes(struct differ *d, struct str old, struct str new, struct str where)
{
	size_t n = old.n < new.n ? old.n : new.n, first = n, differ = 0;

	if (is_text(old) && is_text(new) &&
	    (differ_json(d, old, new, where) || compare_lines(d, old, new, where)))
		return;
	for (size_t i = 0; i < n; i++) {
		if (old.p[i] == new.p[i])
			continue;
		if (!differ++)
			first = i;
	}
	if (!differ && old.n == new.n)
		return;
	differ_say(d, DIFFERS_BYTES, where, S(""), (struct str){NULL, 0},
	    differ ? str_fmt(d->mem, "%zu of %zu differ, the first at 0x%zx", differ, n, first)
		   : str_fmt(d->mem, "the first %zu are the same", n));
}

static struct str key_of(const struct firmware_piece *p)
{
	return p->name.n ? p->name : str_z(firmware_piece_is(p));
}

static bool is_alike(const struct firmware_piece *a, const struct firmware_piece *b)
{
	return str_eq(key_of(a), key_of(b)) && a->unpacked == b->unpacked &&
	       !a->name.n == !b->name.n;
}

/* Which of those alike among its siblings from FIRST on P is. */
static size_t place(const struct firmware_piece *first, const struct firmware_piece *p)
{
	size_t n = 0;

	for (; first != p; first = first->next)
		n += is_alike(first, p);
	return n;
}

static const struct firmware_piece *partner(const struct firmware_piece *all,
					    const struct firmware_piece *p, size_t n)
{
	for (; all; all = all->next) {
		if (is_alike(all, p) && n-- == 0)
			return all;
	}
	return NULL;
}

static struct str below(struct differ *d, struct str where, const struct firmware_piece *p,
			size_t n)
{
	struct str key = key_of(p),
		   named = n ? str_fmt(d->mem, "%.*s %zu", STR_ARG(key), n + 1) : key;

	return where.n ? str_fmt(d->mem, "%.*s > %.*s", STR_ARG(where), STR_ARG(named)) : named;
}

static struct str describe(struct differ *d, const struct firmware_piece *p)
{
	return str_fmt(d->mem, "%s, %zu bytes at 0x%llx", firmware_piece_is(p), p->bytes.n,
		       (unsigned long long)p->offset);
}

static void compare_inside(struct differ *d, const struct firmware_piece *old,
			   const struct firmware_piece *new, struct str where)
{
	for (const struct firmware_piece *p = old->inside; p; p = p->next) {
		size_t n = place(old->inside, p);
		const struct firmware_piece *q = partner(new->inside, p, n);

		if (q)
			compare(d, p, q, below(d, where, p, n));
		else
			differ_say(d, DIFFERS_REMOVED, below(d, where, p, n), S(""), describe(d, p),
				   (struct str){NULL, 0});
	}
	for (const struct firmware_piece *q = new->inside; q; q = q->next) {
		size_t n = place(new->inside, q);

		if (!partner(old->inside, q, n))
			differ_say(d, DIFFERS_ADDED, below(d, where, q, n), S(""),
				   (struct str){NULL, 0}, describe(d, q));
	}
}

static void compare(struct differ *d, const struct firmware_piece *old,
		    const struct firmware_piece *new, struct str where)
{
	const char *is = firmware_piece_is(old), *becomes = firmware_piece_is(new);
	size_t before = d->out->n;
	bool listed;

	if (str_eq(old->bytes, new->bytes))
		return;
	if (old->row != new->row || old->kind != new->kind)
		differ_say(d, DIFFERS_FORMAT, where, S(""), str_z(is), str_z(becomes));
	if (old->bytes.n != new->bytes.n)
		differ_say(d, DIFFERS_SIZE, where, S(""), number(d, old->bytes.n),
			   number(d, new->bytes.n));
	compare_fields(d, &old->view, &new->view, where);
	compare_checks(d, &old->view, &new->view, where);
	/* Fields say all of a header; of what has nothing inside they do not. */
	if (!old->inside || !new->inside)
		before = d->out->n;
	listed = compare_files(d, old, new, where);
	compare_inside(d, old, new, where);
	/* Something must say what it is; padding of one byte says it by its size. */
	if (d->out->n == before && !listed &&
	    !(old->kind == FIRMWARE_PADDING && new->kind == FIRMWARE_PADDING &&
	      old->bytes.p[0] == new->bytes.p[0]))
		compare_bytes(d, old->bytes, new->bytes, where);
	else if (d->out->n == before && listed)
		differ_say(d, DIFFERS_BYTES, where, S(""), (struct str){NULL, 0},
			   S("its files are the same, how they are stored is not"));
}

void firmware_differ(struct arena *mem, const struct firmware_piece *old,
		     const struct firmware_piece *new, struct firmware_differences *out)
{
	struct differ d = {mem, out};

	compare(&d, old, new, S(""));
}
