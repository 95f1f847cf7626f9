/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads tar archives: lists and extracts. The map of a header is in tar_write.c. */
#include "applet/tar.h"

struct member {
	struct str name, link;
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
			return blob_read(b, *at + TAR_BLOCK, h, TAR_BLOCK) == TAR_BLOCK && is_zero(h) ? 0 : -1;
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
		if (name.p[i] < ' ' || name.p[i] == '\\' || name.p[i] == 127 || (unsigned char)name.p[i] > 127)
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

	return applet_mkdir_parents(t->cx, dir, &bad);
}

static int make(struct tar *t, const struct blob *b, const struct member *m, struct str path)
{
	struct files *files = t->cx->files;
	struct files_stat st;
	struct blob *content;
	int err;

	if (m->type == '5') {
		err = files_mkdir(files, path, 0700);
		return err == -EEXIST && files_peek(files, path, true, &st) == 0 && S_ISDIR(st.mode) ? 0 : err;
	}
	if (m->type == '1' && files_peek(files, path, false, &st) == 0 &&
	    str_eq(path_clean(t->cx->mem, path_join(t->cx->mem, t->dir, m->link)), path_clean(t->cx->mem, path)))
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

static void extract(struct tar *t, const struct blob *b, struct member *m)
{
	struct str path, there;
	int err;

	while (m->name.n && m->name.p[0] == '/')
		m->name = str_from(m->name, 1);
	path = path_join(t->cx->mem, t->dir, m->name);
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	/* GNU tar makes links that may lead out of the folder last, each once. */
	if (m->type == '2' && (str_starts(m->link, S("/")) || leads_out(m->link)) && files_readlink(t->cx->files, t->cx->mem, path, &there) == 0 && str_eq(there, m->link))
		return; /* it keeps its time */
	err = make(t, b, m, path);
	if (err == -ENOENT && make_parents(t, path) == 0)
		err = make(t, b, m, path);
	if (err == 0 && m->type != '5')
		err = set_attributes(t, m, path);
	if (err == 0)
		return;
	if (m->type == '1')
		applet_say_errno(t->cx, str_fmt(t->cx->mem, "%.*s: Cannot hard link to %.*s", STR_ARG(tar_shown(t, m->name)),
						STR_ARG(applet_cite(t->cx, m->link))), err);
	else
		applet_say_errno(t->cx, str_fmt(t->cx->mem, "%.*s: Cannot open", STR_ARG(tar_shown(t, m->name))), err);
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
		if (m.type != '5' || !selected(names, m.name))
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

/* Does M come into a folder that was left? GNU tar has set that one's time by then, and it gets another one. */
static bool returns_to(struct tar *t, struct walk *w, const struct member *m)
{
	struct str name = m->name, dir;

	while (name.n && name.p[name.n - 1] == '/')
		name.n--;
	while (w->in.n && !(str_starts(name, w->in) && name.n > w->in.n && name.p[w->in.n] == '/')) {
		*map_at(w->left, w->in) = w;
		w->in = str_chr(w->in, '/') < 0 ? S("") : path_dir(w->in);
	}
	if (m->type == '5')
		w->in = str_dup(t->cx->mem, name);
	dir = str_chr(name, '/') < 0 ? S("") : path_dir(name);
	return dir.n && map_get(w->left, dir);
}

bool tar_read(struct tar *t, const struct blob *archive, const struct strs *names)
{
	struct member m;
	struct buf out = buf_new(t->cx->mem);
	bool *found = arena_zalloc(t->cx->mem, names->n + 1, sizeof(bool));
	struct walk walk = {S(""), map_new(t->cx->mem)};
	uint64_t at = 0;
	int more;

	while ((more = next_member(t, archive, &at, &m)) == 1) {
		if ((t->mode == 't' || t->verbose) && odd_name(m.name))
			return false;
		for (size_t i = 0; i < names->n; i++)
			found[i] |= named(names->p[i], m.name);
		if (m.name.n && m.name.p[0] == '/')
			return false; /* a warning */
		if (returns_to(t, &walk, &m) || leads_out(m.name) || (m.type == '1' && leads_out(m.link)))
			return false;
	}
	for (size_t i = 0; i < names->n; i++)
		for (size_t k = 0; k <= i; k++)
			if (!found[i] || (k < i && named(names->p[k], names->p[i])))
				return false; /* a name that is used up is not found again */
	if (more < 0)
		return false;
	for (at = 0; next_member(t, archive, &at, &m) == 1;) {
		if (!selected(names, m.name))
			continue;
		if (t->mode == 't' || t->verbose)
			buf_fmt(&out, "%.*s\n", STR_ARG(m.name));
		if (t->mode == 'x')
			extract(t, archive, &m);
	}
	if (t->mode == 'x')
		finish_folders(t, archive, names);
	applet_out(t->cx, buf_view(&out));
	return true;
}
