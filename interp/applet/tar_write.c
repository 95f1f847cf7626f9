/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes tar members. A header, 512 bytes (source: GNU tar 1.34's archives, POSIX ustar):
 *     0 100 name                 157 100 link name
 *   100   8 mode, octal, NUL     257   8 "ustar  \0" (GNU) or "ustar\0" "00"
 *   108   8 uid                  265  32 user name
 *   116   8 gid                  297  32 group name
 *   124  12 size                 329   8 device major, 337 8 minor (devices; ustar: always)
 *   136  12 mtime                345 155 prefix (ustar)
 *   148   8 checksum: 6 digits, NUL, space
 *   156   1 type
 * GNU's long names come before as members of type L (name) and K (link), called "././@LongLink".
 */
#include <stdio.h>
#include <sys/sysmacros.h>

#include "applet/tar.h"

/* What goes into a header. */
struct member {
	struct str name, link;
	char type;
	mode_t mode;
	uint32_t uid, gid;
	uint64_t size;
	int64_t mtime;
	struct str uname, gname;
	unsigned major, minor;
	bool device;
};

static void append(struct tar *t, struct blob *b)
{
	struct blob *joined = blob_cat(t->out, b);

	blob_unref(t->out);
	blob_unref(b);
	t->out = joined;
}

static void append_padded(struct tar *t, struct blob *b)
{
	uint64_t rest = blob_size(b) % TAR_BLOCK;

	append(t, b);
	if (rest)
		append(t, blob_run(0, TAR_BLOCK - rest));
}

static void put_octal(char *at, size_t width, uint64_t v)
{
	char text[32];

	if (width < 12 ? v < (uint64_t)1 << 3 * (width - 1) : v < (uint64_t)1 << 33) {
		snprintf(text, sizeof(text), "%0*llo", (int)width - 1, (unsigned long long)v);
		memcpy(at, text, width);
		return;
	}
	for (size_t i = 0; i < width; i++)
		at[width - 1 - i] = i < 8 ? (char)(v >> 8 * i) : 0;
	at[0] = (char)0x80;
}

static void put_text(char *at, size_t width, struct str s)
{
	memcpy(at, s.p ? s.p : "", s.n < width ? s.n : width);
}

static void put_header(struct tar *t, const struct member *m)
{
	char h[TAR_BLOCK] = {0};
	unsigned sum = 0;

	put_text(h, 100, m->name);
	put_octal(h + 100, 8, m->mode & 07777);
	put_octal(h + 108, 8, m->uid);
	put_octal(h + 116, 8, m->gid);
	put_octal(h + 124, 12, m->size);
	put_octal(h + 136, 12, (uint64_t)m->mtime);
	memset(h + 148, ' ', 8);
	h[156] = m->type;
	put_text(h + 157, 100, m->link);
	memcpy(h + 257, t->ustar ? "ustar\00000" : "ustar  ", 8);
	put_text(h + 265, 31, m->uname);
	put_text(h + 297, 31, m->gname);
	if (m->device || t->ustar) {
		put_octal(h + 329, 8, m->major);
		put_octal(h + 337, 8, m->minor);
	}
	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += (unsigned char)h[i];
	snprintf(h + 148, 8, "%06o", sum);
	append(t, blob_copy(h, TAR_BLOCK));
}

static void put_long(struct tar *t, char type, struct str text)
{
	struct member m = {.name = S("././@LongLink"), .type = type, .mode = 0644,
			   .size = text.n + 1};

	if (!t->numeric) {
		m.uname = applet_user(t->cx->mem, 0);
		m.gname = applet_group(t->cx->mem, 0);
	}
	put_header(t, &m);
	append_padded(t, blob_copy(str_cz(t->cx->mem, text), text.n + 1));
}

static void set_owner(struct tar *t, struct member *m, const struct files_stat *st)
{
	m->uid = t->has_uid ? t->uid : st->uid;
	m->gid = t->has_gid ? t->gid : st->gid;
	if (t->numeric)
		return;
	m->uname = t->has_uid && t->uname.p ? t->uname : applet_user(t->cx->mem, m->uid);
	m->gname = t->has_gid && t->gname.p ? t->gname : applet_group(t->cx->mem, m->gid);
}

/* How much of NAME does not go into the archive: up to the last "..", and slashes. */
static size_t prefix_of(struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < name.n;) {
		ptrdiff_t slash = str_chr(str_from(name, i), '/');
		size_t part = slash < 0 ? name.n - i : (size_t)slash;

		if (str_is(str_sub(name, i, part), ".."))
			n = i + part;
		i += part + (slash >= 0);
	}
	while (n < name.n && name.p[n] == '/')
		n++;
	return n;
}

/* The name in the archive; of each prefix that is left out tar says so once. */
static struct str member_name(struct tar *t, struct str name, const char *what)
{
	bool folder = name.n > 1 && name.p[name.n - 1] == '/';
	struct str whole = folder ? str_sub(name, 0, name.n - 1) : name;
	size_t n = prefix_of(whole);
	struct str prefix = str_sub(whole, 0, n);
	void **told = n ? map_at(t->told, str_cat(t->cx->mem, str_z(what), prefix)) : NULL;

	if (told && !*told) {
		applet_say(t->cx, "Removing leading `%.*s' from %s", STR_ARG(prefix), what);
		*told = t;
	}
	if (n < whole.n)
		return str_from(name, n);
	return folder || str_is(name, "/") ? S("./") : S(".");
}

/* The member that has the bytes of this inode already; else this one will. */
static bool is_again(struct tar *t, const struct files_stat *st, struct str name, struct str path,
		     struct str *first)
{
	struct str key = str_fmt(t->cx->mem, "%llx:%llx", (unsigned long long)st->dev,
				 (unsigned long long)st->ino);
	struct str *kept;
	void **slot;

	/* What several names lead to twice is a link the second time, too. */
	if (S_ISDIR(st->mode) || (st->nlink < 2 && !t->several))
		return false;
	if (st->nlink < 2 || st->ino == 0)
		key = path_clean(t->cx->mem, path);
	slot = map_at(t->links, key);
	if (!*slot) {
		kept = arena_make(t->cx->mem, struct str);
		*kept = member_name(t, name, "hard link targets");
		*slot = kept;
		return false;
	}
	*first = *(struct str *)*slot;
	return true;
}

static char type_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR: return '5';
	case S_IFLNK: return '2';
	case S_IFIFO: return '6';
	case S_IFCHR: return '3';
	case S_IFBLK: return '4';
	default: return '0';
	}
}

static void failed(struct tar *t, const char *what, struct str name, int err)
{
	applet_say_errno(t->cx, str_fmt(t->cx->mem, "%.*s: Cannot %s", STR_ARG(name), what), err);
	t->status = 2;
}

struct str tar_shown(struct tar *t, struct str name)
{
	static const char special[] = "\a\b\t\n\v\f\r\\", letters[] = "abtnvfr\\";
	bool ascii = !applet_character_set(t->cx).n || str_is(applet_character_set(t->cx), "C") ||
		     str_is(applet_character_set(t->cx), "POSIX");
	struct buf b = buf_new(t->cx->mem);

	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		const char *at = c ? strchr(special, c) : NULL;

		if (at)
			buf_fmt(&b, "\\%c", letters[at - special]);
		else if (c < ' ' || c == 127 || (c > 127 && ascii))
			buf_fmt(&b, "\\%03o", c);
		else
			buf_char(&b, (char)c);
	}
	return buf_view(&b);
}

static void say_name(struct tar *t, struct str name)
{
	struct str line = str_cat(t->cx->mem, tar_shown(t, name), S("\n"));

	if (t->archive.p && !str_is(t->archive, "-"))
		applet_out(t->cx, line);
	else
		stream_write(t->cx->err, line.p, line.n);
}

static void put_member(struct tar *t, struct member *m, struct blob *content)
{
	t->too_long |= t->ustar && (m->link.n > 100 || m->name.n > 100);
	if (m->link.n > 100)
		put_long(t, 'K', m->link);
	if (m->name.n > 100)
		put_long(t, 'L', m->name);
	put_header(t, m);
	if (content)
		append_padded(t, content);
}

static void set_device(struct tar *t, struct member *m, struct str path)
{
	struct stat st;

	m->device = m->type == '3' || m->type == '4';
	if (!m->device || lstat(str_cz(t->cx->mem, path), &st) != 0)
		return;
	m->major = major(st.st_rdev);
	m->minor = minor(st.st_rdev);
}

/* The header of a file whose facts are ST; false when it can't be put. */
static bool add_one(struct tar *t, struct str name, struct str path, const struct files_stat *st)
{
	struct member m = {.name = member_name(t, name, "member names"), .type = type_of(st->mode),
			   .mode = st->mode & 07777};
	struct blob *content = NULL;
	int err = 0;

	m.mtime = t->has_mtime ? t->mtime.tv_sec : files_mtime(t->cx->files, path, st).tv_sec;
	if (t->mode_change.p)
		applet_mode(t->mode_change, m.mode, m.type == '5', t->cx->umask, &m.mode);
	set_owner(t, &m, st);
	set_device(t, &m, path);
	if ((m.type == '0' || m.type == '2') && is_again(t, st, name, path, &m.link))
		m.type = '1';
	else if (m.type == '2')
		err = files_readlink(t->cx->files, t->cx->mem, path, &m.link);
	else if (m.type == '0')
		err = files_read(t->cx->files, path, &content);
	if (err) {
		failed(t, m.type == '2' ? "readlink" : "open", name, err);
		return false;
	}
	m.size = content ? blob_size(content) : 0;
	if (t->verbose)
		say_name(t, name);
	put_member(t, &m, content);
	return true;
}

static struct str without_slash(struct str name)
{
	while (name.n > 1 && name.p[name.n - 1] == '/')
		name.n--;
	return name;
}

static void add_folder(struct tar *t, struct str name, struct str path, const struct files_stat *st)
{
	struct strs names = {0};
	int err = files_list(t->cx->files, t->cx->mem, path, &names);

	if (err) {
		failed(t, "open", name, err);
		return;
	}
	name = without_slash(name);
	if (name.p[name.n - 1] != '/')
		name = str_cat(t->cx->mem, name, S("/"));
	add_one(t, name, path, st);
	for (size_t i = 0; i < names.n; i++)
		tar_add(t, str_cat(t->cx->mem, name, names.p[i]));
}

/* Is it the archive that is being made? */
static bool is_archive(struct tar *t, const struct files_stat *st)
{
	struct files_stat archive;

	return t->archive.p && S_ISREG(st->mode) &&
	       files_peek(t->cx->files, applet_path(t->cx, t->archive), true, &archive) == 0 &&
	       archive.ino == st->ino && archive.dev == st->dev && st->ino != 0;
}

static bool glob_any_folder(struct tar *t, struct str pattern, struct str name)
{
	for (size_t to = 1; to <= name.n; to++)
		if ((to == name.n || name.p[to] == '/') &&
		    applet_glob(t->cx, pattern, str_sub(name, 0, to)))
			return true;
	return false;
}

bool tar_excluded(struct tar *t, struct str name)
{
	for (size_t i = 0; i < t->excludes.n; i++)
		for (size_t from = 0; from < name.n; from++)
			if ((from == 0 || (name.p[from - 1] == '/' && name.p[from] != '/')) &&
			    glob_any_folder(t, t->excludes.p[i], str_from(name, from)))
				return true;
	return false;
}

void tar_add(struct tar *t, struct str name)
{
	struct str path = path_join(t->cx->mem, t->dir, name);
	struct files_stat st;
	int err;

	if (tar_excluded(t, name))
		return;
	err = files_lstat(t->cx->files, path, &st);
	if (err)
		failed(t, "stat", without_slash(name), err);
	else if (S_ISDIR(st.mode))
		add_folder(t, name, path, &st);
	else if (is_archive(t, &st))
		applet_say(t->cx, "%.*s: file is the archive; not dumped", STR_ARG(name));
	else if (S_ISSOCK(st.mode))
		applet_say(t->cx, "%.*s: socket ignored", STR_ARG(name));
	else
		add_one(t, name, path, &st);
}
