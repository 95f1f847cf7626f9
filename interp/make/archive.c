/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Members of ar(1) archives as files: "lib.a(member.o)". Reads the common format with the names of
 * GNU (/N into the // table) and BSD (#1/N); not thin archives' contents, which need no reading
 * here.
 */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "make/graph.h"
#include "make/job.h"

#define MAGIC	   "!<arch>\n"
#define THIN_MAGIC "!<thin>\n"

struct header {
	struct str name, long_name;
	int64_t date;
	uint64_t size;
	off_t at;	/* of the header */
};

bool archive_name(struct str name, struct str *archive, struct str *member)
{
	ptrdiff_t open;

	if (!name.n || name.p[name.n - 1] != ')')
		return false;
	open = str_chr(name, '(');
	if (open <= 0 || (size_t)open + 2 >= name.n)
		return false;
	*archive = str_sub(name, 0, (size_t)open);
	*member = str_sub(name, (size_t)open + 1, name.n - (size_t)open - 2);
	return true;
}

static struct str field(const char *raw, size_t from, size_t n)
{
	return str_trim((struct str){raw + from, n});
}

/* The name in RAW's header, from the table of long names or behind the header where it is there. */
static void read_name(struct arena *mem, int fd, const char *raw, struct str table,
		      struct header *h)
{
	struct str name = field(raw, 0, 16);
	uint64_t n;

	if (name.n > 1 && name.p[0] == '/' && str_number(str_from(name, 1), 10, &n) &&
	    n < table.n) {
		struct str rest = str_from(table, (size_t)n);
		ptrdiff_t eol = str_chr(rest, '\n');

		name = eol < 0 ? rest : str_sub(rest, 0, (size_t)eol);
	} else if (str_starts(name, S("#1/")) && str_number(str_from(name, 3), 10, &n) &&
		   n < 65536) {
		char *text = arena_alloc(mem, n);
		ssize_t got = pread(fd, text, n, h->at + 60);

		name = got < 0 ? S("") : (struct str){text, strnlen(text, (size_t)got)};
	}
	if (name.n > 1 && name.p[name.n - 1] == '/')
		name.n--;
	h->name = str_dup(mem, name);
}

static struct str read_table(struct arena *mem, int fd, const struct header *h)
{
	char *text = arena_alloc(mem, h->size);
	ssize_t n = pread(fd, text, h->size, h->at + 60);

	return n < 0 ? S("") : (struct str){text, (size_t)n};
}

/* Going through the members of an archive. */
struct walk {
	struct arena *mem;
	int fd;
	bool thin, bad;		/* BAD: no archive, or cut off */
	struct str table;	/* of long names */
	off_t next;		/* where the next header is */
};

static bool walk_begin(struct walk *w, struct arena *mem, int fd)
{
	char raw[8];

	*w = (struct walk){.mem = mem, .fd = fd, .table = S(""), .next = 8};
	w->bad = pread(fd, raw, 8, 0) != 8;
	if (w->bad)
		return false;
	w->thin = memcmp(raw, THIN_MAGIC, 8) == 0;
	w->bad = !w->thin && memcmp(raw, MAGIC, 8) != 0;
	return !w->bad;
}

/* The next member; false: there is none. */
static bool walk_next(struct walk *w, struct header *h)
{
	char raw[60];
	bool special = true;

	while (special) {
		ssize_t n = pread(w->fd, raw, sizeof(raw), w->next);
		uint64_t date = 0;

		w->bad = n != 0 && (n != (ssize_t)sizeof(raw) || memcmp(raw + 58, "`\n", 2) != 0);
		if (n == 0 || w->bad)
			return false;
		h->at = w->next;
		h->size = 0;
		str_number(field(raw, 48, 10), 10, &h->size);
		str_number(field(raw, 16, 12), 10, &date);
		h->date = (int64_t)date;
		special = raw[0] == '/' && (raw[1] == ' ' || raw[1] == '/');
		if (special && raw[1] == '/')
			w->table = read_table(w->mem, w->fd, h);
		read_name(w->mem, w->fd, raw, w->table, h);
		w->next += 60;
		if (!w->thin || special)
			w->next += (off_t)(h->size + (h->size & 1));
	}
	return true;
}

/* Find MEMBER (its last path component) in the archive FD; DATED: the first that has a time, as
 * GNU make takes one without for none when it looks for that. *BAD: it is not found because of
 * the archive. */
static bool find_member(struct arena *mem, int fd, struct str member, bool dated, struct header *h,
			bool *bad)
{
	struct str base = str_from(member, (size_t)(str_rchr(member, '/') + 1));
	struct walk w;
	bool found = false;

	if (walk_begin(&w, mem, fd))
		while (!found && walk_next(&w, h))
			found = (str_eq(h->name, base) ||
				 str_eq(str_from(h->name, (size_t)(str_rchr(h->name, '/') + 1)),
					base)) &&
				!(dated && !h->date);
	*bad = w.bad;
	return found;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int open_reading(struct make *mk, struct arena *mem, struct str archive)
{
	if (name_forbidden(mk, MAKE_READS_ARCHIVE, archive))
		return -1;
	return openat(mk->g->cwd, str_cz(mem, archive), O_RDONLY | O_CLOEXEC);
}

bool archive_glob(struct make *mk, struct arena *mem, struct str archive, struct str pattern,
		  struct strs *out)
{
	int fd = open_reading(mk, mem, archive);
	size_t before = out->n;
	struct header h = {0};
	struct walk w;

	if (fd < 0)
		return false;
	if (walk_begin(&w, mem, fd))
		while (walk_next(&w, &h))
			if (fnmatch(str_cz(mem, pattern), str_cz(mem, h.name),
				    FNM_PATHNAME | FNM_PERIOD) == 0)
				*vec_push(mem, out) = str_fmt(mem, "%.*s(%.*s)", STR_ARG(archive),
							      STR_ARG(h.name));
	close(fd);
	if (out->n > before + 1)
		qsort(out->p + before, out->n - before, sizeof(struct str), by_name);
	return out->n > before;
}

int64_t archive_date(struct make *mk, struct str archive, struct str member)
{
	struct arena *mem = arena_new();
	struct file *f = file_lookup(mk, archive);
	struct header h = {0};
	int64_t date = -1;
	bool bad;
	int fd;

	/* Who asks may be about to change it: its time is looked at first. One that is there
	 * becomes known by that. */
	if (!f && name_exists(mk, archive))
		f = file_enter(mk, archive);
	if (f)
		file_mtime_again(mk, f, false);
	fd = open_reading(mk, mem, archive);
	if (fd >= 0) {
		if (find_member(mem, fd, member, true, &h, &bad))
			date = h.date;
		close(fd);
	}
	arena_free(mem);
	return date;
}

/* The member at AT gets the archive's time, which changes by that. */
static bool write_date(struct make *mk, struct arena *mem, struct str archive, off_t at)
{
	struct stat st;
	char date[16];
	bool good;
	int fd;

	name_changes(mk, archive, MAKE_CHANGES_PART);
	fd = openat(mk->g->cwd, str_cz(mem, archive), O_RDWR | O_CLOEXEC);
	good = fd >= 0 && fstat(fd, &st) == 0;
	if (good) {
		snprintf(date, sizeof(date), "%-12lld", (long long)st.st_mtime);
		good = pwrite(fd, date, 12, at + 16) == 12;
	}
	if (!good)
		make_perror(mk, "touch: ", archive);
	if (fd >= 0)
		close(fd);
	return good;
}

bool archive_touch(struct make *mk, struct str archive, struct str member)
{
	struct arena *mem = arena_new();
	static const struct place nowhere;
	struct header h = {0};
	bool bad = false, good;
	int fd;

	name_counts(mk, archive, MAKE_LOOKS_BYTES);
	fd = openat(mk->g->cwd, str_cz(mem, archive), O_RDONLY | O_CLOEXEC);
	good = fd >= 0 && find_member(mem, fd, member, false, &h, &bad);
	if (fd < 0)
		make_error(mk, nowhere, "touch: Archive '%.*s' does not exist", STR_ARG(archive));
	else if (bad)
		make_error(mk, nowhere, "touch: '%.*s' is not a valid archive", STR_ARG(archive));
	else if (!good)
		make_error(mk, nowhere, "touch: Member '%.*s' does not exist in '%.*s'",
			   STR_ARG(member), STR_ARG(archive));
	else
		good = write_date(mk, mem, archive, h.at);
	if (fd >= 0)
		close(fd);
	arena_free(mem);
	return good;
}
