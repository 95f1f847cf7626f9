/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads tar archives: lists and extracts. The map of a header is in tar_write.c. */
#include "applet/tar.h"

struct member {
	struct str name, link, uname, gname;
	char type;
	mode_t mode;
	uint64_t uid, gid, size, mtime;
	uint64_t at;		/* where its bytes are */
};

static bool octal(const char *at, size_t width, uint64_t *out)
{
	struct str s = {at, 0};

	*out = 0;
	if ((unsigned char)at[0] & 0x80) {
		for (size_t i = 1; i < width; i++)
			*out = *out << 8 | (unsigned char)at[i];
		return true;
	}
	while (s.n < width && at[s.n] && at[s.n] != ' ')
		s.n++;
	while (s.n == 0 && width && *at == ' ') {
		at++;
		width--;
		s = (struct str){at, 0};
		while (s.n < width && at[s.n] && at[s.n] != ' ')
			s.n++;
	}
	return s.n == 0 || str_number(s, 8, out);
}

static struct str text(struct arena *mem, const char *at, size_t width)
{
	return str_dup(mem, (struct str){at, strnlen(at, width)});
}

static bool checksum_ok(const char *h)
{
	uint64_t want;
	unsigned sum = 0;

	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += i >= 148 && i < 156 ? ' ' : (unsigned char)h[i];
	return octal(h + 148, 8, &want) && want == sum;
}

static bool is_zero(const char *h)
{
	for (size_t i = 0; i < TAR_BLOCK; i++)
		if (h[i])
			return false;
	return true;
}

static uint64_t padded(uint64_t n)
{
	return (n + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
}

static struct str long_text(struct arena *mem, const struct blob *b, uint64_t at, uint64_t n)
{
	char *p;

	if (n > 65536)
		n = 65536;
	p = arena_zalloc(mem, 1, (size_t)n + 1);
	blob_read(b, at, p, (size_t)n);
	return str_z(p);
}

/* 1: a member; 0: the end; -1: not an archive, or one with members not known here. */
static int next_member(struct tar *t, const struct blob *b, uint64_t *at, struct member *m)
{
	char h[TAR_BLOCK];
	struct str long_name = {0}, long_link = {0};
	uint64_t mode;

	for (;;) {
		size_t n = blob_read(b, *at, h, TAR_BLOCK);

		if (n == 0 && (*at > blob_size(b) || long_name.p || long_link.p))
			return -1; /* cut off */
		if (n == 0)
			return 0;
		if (n == TAR_BLOCK && is_zero(h)) /* one alone has a warning */
			return blob_read(b, *at + TAR_BLOCK, h, TAR_BLOCK) == TAR_BLOCK &&
				       is_zero(h)
				   ? 0
				   : -1;
		if (n < TAR_BLOCK || !checksum_ok(h) || !octal(h + 124, 12, &m->size) ||
		    !octal(h + 100, 8, &mode) || !octal(h + 108, 8, &m->uid) ||
		    !octal(h + 116, 8, &m->gid) || !octal(h + 136, 12, &m->mtime))
			return -1;
		m->type = h[156] ? h[156] : '0';
		m->at = *at + TAR_BLOCK;
		if (m->type != 'L' && m->type != 'K')
			break;
		*(m->type == 'L' ? &long_name : &long_link) =
			long_text(t->cx->mem, b, m->at, m->size);
		*at = m->at + padded(m->size);
	}
	if (!strchr("0125", m->type) || h[345])
		return -1;
	if (m->type != '0')
		m->size = 0;
	m->mode = (mode_t)mode & 07777;
	m->name = long_name.p ? long_name : text(t->cx->mem, h, 100);
	m->link = long_link.p ? long_link : text(t->cx->mem, h + 157, 100);
	if (t->mode == 't' && t->verbose) {
		m->uname = text(t->cx->mem, h + 265, 32);
		m->gname = text(t->cx->mem, h + 297, 32);
	}
	*at = m->at + padded(m->size);
	if (m->at + padded(m->size) > blob_size(b) || m->size > blob_size(b))
		return -1; /* cut off */
	return 1;
}

uint64_t tar_members_size(struct tar *t, const struct blob *archive)
{
	struct member m;
	uint64_t at = 0;
	int more;

	while ((more = next_member(t, archive, &at, &m)) == 1)
		;
	return more == 0 ? at : UINT64_MAX;
}

/* Is MEMBER called NAME, or in a folder that is? */
static bool named(struct str name, struct str member)
{
	while (name.n && name.p[name.n - 1] == '/')
		name.n--;
	return str_starts(member, name) && (member.n == name.n || member.p[name.n] == '/');
}

/* Is MEMBER among NAMES? */
static bool selected(const struct strs *names, struct str member)
{
	for (size_t i = 0; i < names->n; i++)
		if (named(names->p[i], member))
			return true;
	return names->n == 0;
}

/* Does a list show NAME with escapes? */
static bool odd_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] < ' ' || name.p[i] == '\\' || name.p[i] == 127 ||
		    (unsigned char)name.p[i] > 127)
			return true;
	return false;
}

static bool leads_out(struct str name)
{
	struct str part;

	while (str_split(&name, '/', &part))
		if (str_is(part, ".."))
			return true;
	return false;
}

static int make_parents(struct tar *t, struct str path)
{
	struct str bad, dir = path_dir(path);

	return applet_mkdir_parents(t->cx, dir, 0, &bad);
}

static int make(struct tar *t, const struct blob *b, const struct member *m, struct str path)
{
	struct files *files = t->cx->files;
	struct files_stat st;
	struct blob *content;
	int err;

	if (m->type == '5') {
		err = files_mkdir(files, path, 0700);
		return err == -EEXIST && files_peek(files, path, true, &st) == 0 && S_ISDIR(st.mode)
			   ? 0
			   : err;
	}
	if (m->type == '1' && files_peek(files, path, false, &st) == 0 &&
	    str_eq(path_clean(t->cx->mem, path_join(t->cx->mem, t->dir, m->link)),
		   path_clean(t->cx->mem, path)))
		return 0; /* a link to itself */
	if (files_peek(files, path, false, &st) == 0 && !S_ISDIR(st.mode))
		files_unlink(files, path);
	if (m->type == '2')
		return files_symlink(files, m->link, path);
	if (m->type == '1')
		return files_link(files, path_join(t->cx->mem, t->dir, m->link), path);
	content = blob_slice((struct blob *)b, m->at, m->size);
	err = files_write(files, path, content);
	blob_unref(content);
	return err;
}

static int set_attributes(struct tar *t, const struct member *m, struct str path)
{
	struct files *files = t->cx->files;
	struct timespec when = {.tv_sec = (time_t)m->mtime};
	mode_t mode = t->keep_mode ? m->mode : m->mode & 0777 & ~t->cx->umask;
	int err = 0;

	if (m->type == '1')
		return 0;
	if (!t->no_owner && m->type != '2')
		files_chown(files, path, (int)m->uid, (int)m->gid);
	if (m->type != '2')
		err = files_chmod(files, path, mode);
	return err ? err : files_touch(files, path, when, false);
}

/* NAME without its first N parts; empty when there are no more. */
static struct str without_parts(struct str name, uint64_t n)
{
	for (size_t i = 0; n; i++) {
		while (i < name.n && name.p[i] != '/')
			i++;
		if (i >= name.n)
			return S("");
		while (i < name.n && name.p[i] == '/')
			i++;
		if (--n == 0)
			return str_from(name, i);
		i--;
	}
	return name;
}

/* Where -x puts it; false: nowhere. */
static bool place(struct tar *t, struct member *m)
{
	m->name = without_parts(m->name, t->strip);
	if (m->type == '1')
		m->link = without_parts(m->link, t->strip);
	return m->name.n > 0;
}

/* GNU tar makes links that may lead out of the folder last, each once. */
static bool comes_last(const struct member *m)
{
	return m->type == '2' && (str_starts(m->link, S("/")) || leads_out(m->link));
}

static void extract(struct tar *t, const struct blob *b, struct member *m)
{
	struct str path, there;
	int err;

	path = path_join(t->cx->mem, t->dir, m->name);
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	if (comes_last(m) && files_readlink(t->cx->files, t->cx->mem, path, &there) == 0 &&
	    str_eq(there, m->link))
		return; /* it keeps its time */
	err = make(t, b, m, path);
	if (err == -ENOENT && make_parents(t, path) == 0)
		err = make(t, b, m, path);
	if (err == 0 && m->type != '5')
		err = set_attributes(t, m, path);
	if (err == 0)
		return;
	if (m->type == '1')
		applet_say_errno(t->cx,
				 str_fmt(t->cx->mem, "%.*s: Cannot hard link to %.*s",
					 STR_ARG(tar_shown(t, m->name)),
					 STR_ARG(applet_cite(t->cx, m->link))),
				 err);
	else
		applet_say_errno(
		    t->cx, str_fmt(t->cx->mem, "%.*s: Cannot open", STR_ARG(tar_shown(t, m->name))),
		    err);
	t->status = 2;
}

/* Folders last: what comes into them changes their times. */
static void finish_folders(struct tar *t, const struct blob *b, const struct strs *names)
{
	struct member m;
	struct str bad, path;
	uint64_t at = 0;

	files_commit(t->cx->files, &bad);
	while (next_member(t, b, &at, &m) == 1) {
		if (m.type != '5' || !selected(names, m.name) || tar_excluded(t, m.name) ||
		    !place(t, &m))
			continue;
		path = path_join(t->cx->mem, t->dir, m.name);
		set_attributes(t, &m, path);
	}
}

/* The folders that members come into; those that were left for others. */
struct walk {
	struct str in;		/* the folder member that was last begun, or one around it */
	struct map *left;
};

/* Does M come into a folder that was left? GNU tar has set that one's time by then, and it gets
 * another one. */
static bool returns_to(struct tar *t, struct walk *w, const struct member *m)
{
	struct str name = m->name, dir;

	while (name.n && name.p[name.n - 1] == '/')
		name.n--;
	while (w->in.n &&
	       !(str_starts(name, w->in) && name.n > w->in.n && name.p[w->in.n] == '/')) {
		*map_at(w->left, w->in) = w;
		w->in = str_chr(w->in, '/') < 0 ? S("") : path_dir(w->in);
	}
	if (m->type == '5')
		w->in = str_dup(t->cx->mem, name);
	dir = str_chr(name, '/') < 0 ? S("") : path_dir(name);
	return dir.n && map_get(w->left, dir);
}

/* "drwxr-xr-x root/root         0 2020-09-13 12:26 NAME": all before the name has this width at
 * least. */
static bool put_details(struct tar *t, struct buf *out, const struct member *m, int *width)
{
	mode_t type = m->type == '5' ? S_IFDIR : m->type == '2' ? S_IFLNK : S_IFREG;
	struct str mode = applet_mode_text(t->cx->mem, type | m->mode);
	struct buf b = buf_new(t->cx->mem);
	struct str size = str_fmt(t->cx->mem, "%llu", (unsigned long long)m->size);
	struct tm tm;

	if (!applet_local(t->cx, (int64_t)m->mtime, false, &tm))
		return false;
	buf_str(&b, m->uname.n && !t->numeric
			? m->uname
			: str_fmt(t->cx->mem, "%llu", (unsigned long long)m->uid));
	buf_char(&b, '/');
	buf_str(&b, m->gname.n && !t->numeric
			? m->gname
			: str_fmt(t->cx->mem, "%llu", (unsigned long long)m->gid));
	if (*width < (int)(b.n + size.n))
		*width = (int)(b.n + size.n);
	buf_fmt(out, "%c%.*s %.*s %*.*s %04d-%02d-%02d %02d:%02d ",
		m->type == '1' ? 'h' : mode.p[0], STR_ARG(str_from(mode, 1)), STR_ARG(buf_view(&b)),
		*width - (int)b.n, STR_ARG(size), tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min);
	return true;
}

static bool put_member(struct tar *t, struct buf *out, const struct member *m, int *width)
{
	bool details = t->mode == 't' && t->verbose;

	if (details && !put_details(t, out, m, width))
		return false;
	buf_str(out, m->name);
	if (details && (m->type == '2' || m->type == '1'))
		buf_fmt(out, " %s %.*s", m->type == '2' ? "->" : "link to", STR_ARG(m->link));
	buf_char(out, '\n');
	return true;
}

/* May all members of ARCHIVE be read here? FOUND: which of NAMES are there. */
static bool foresee(struct tar *t, const struct blob *archive, const struct strs *names,
		    bool *found)
{
	struct walk walk = {S(""), map_new(t->cx->mem)};
	struct map *last = map_new(t->cx->mem);
	struct buf out = buf_new(t->cx->mem);
	struct member m;
	uint64_t at = 0;
	int more, width = 0;

	while ((more = next_member(t, archive, &at, &m)) == 1) {
		if ((t->mode == 't' || t->verbose) &&
		    (odd_name(m.name) || (strchr("12", m.type) && odd_name(m.link))))
			return false;
		if (t->mode == 't' && t->verbose && !put_details(t, &out, &m, &width))
			return false;
		for (size_t i = 0; i < names->n; i++)
			found[i] |= named(names->p[i], m.name);
		if (m.name.n && m.name.p[0] == '/')
			return false; /* a warning */
		if (comes_last(&m))
			*map_at(last, str_dup(t->cx->mem, m.name)) = last;
		if (m.type == '1' && map_get(last, m.link))
			return false; /* a link to what is not there yet */
		if (returns_to(t, &walk, &m) || leads_out(m.name) ||
		    (m.type == '1' && leads_out(m.link)))
			return false;
	}
	for (size_t i = 0; i < names->n; i++)
		for (size_t k = 0; k < i; k++)
			if (named(names->p[k], names->p[i]) || named(names->p[i], names->p[k]))
				return false; /* a name that is used up is not found again */
	return more == 0;
}

static void put_bytes(struct tar *t, const struct blob *b, const struct member *m)
{
	struct blob *content = blob_slice((struct blob *)b, m->at, m->size);

	if (m->type == '0')
		applet_put(t->cx, content);
	blob_unref(content);
}

bool tar_read(struct tar *t, const struct blob *archive, const struct strs *names)
{
	bool *found = arena_zalloc(t->cx->mem, names->n + 1, sizeof(bool));
	struct buf out = buf_new(t->cx->mem);
	struct member m;
	uint64_t at = 0;
	int width = 18;

	if (!foresee(t, archive, names, found))
		return false;
	t->cx->pending = &out;
	while (next_member(t, archive, &at, &m) == 1) {
		if (!selected(names, m.name) || tar_excluded(t, m.name) ||
		    (t->mode == 'x' && !place(t, &m)))
			continue;
		if (t->mode == 't' || t->verbose)
			put_member(t, &out, &m, &width);
		if (t->to_output)
			put_bytes(t, archive, &m);
		else if (t->mode == 'x')
			extract(t, archive, &m);
	}
	if (t->mode == 'x' && !t->to_output)
		finish_folders(t, archive, names);
	t->cx->pending = NULL;
	applet_out(t->cx, buf_view(&out));
	for (size_t i = 0; i < names->n; i++)
		if (!found[i]) {
			applet_say(t->cx, "%.*s: Not found in archive",
				   STR_ARG(tar_shown(t, names->p[i])));
			t->status = 2;
		}
	return true;
}
