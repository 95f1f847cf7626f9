/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpio -i, -t: what a newc archive holds. The map of a member is in cpio.c. Archives that are cut
 * off or of another kind, devices, files with several names and names that lead out of the folder
 * are the real tool's.
 */
#include <unistd.h>

#include "applet/cpio.h"
#include "base/map.h"

enum { HEADER = 110, FIELDS = 13 };
enum { MODE = 1, UID, GID, LINKS, MTIME, SIZE, NAME_SIZE = 11 };

struct member {
	uint32_t field[FIELDS];
	struct str name;
	uint64_t at;		/* where its bytes are */
};

struct reading {
	struct applet_cx *cx;
	const struct cpio_reading *want;
	struct blob *archive;
	VEC(struct member) members;
	int status;
};

static uint64_t aligned(uint64_t n)
{
	return (n + 3) / 4 * 4;
}

static bool parse_header(const char *h, struct member *m)
{
	uint64_t n;

	if (memcmp(h, "070701", 6) != 0)
		return false;
	for (int i = 0; i < FIELDS; i++) {
		if (!str_number((struct str){h + 6 + i * 8, 8}, 16, &n))
			return false;
		m->field[i] = (uint32_t)n;
	}
	return true;
}

static bool leads_out(struct str name)
{
	struct str part;

	if (name.n == 0 || name.p[0] == '/')
		return true;
	while (str_split(&name, '/', &part))
		if (str_is(part, ".."))
			return true;
	return false;
}

static bool is_known(const struct member *m)
{
	uint32_t mode = m->field[MODE];

	if (leads_out(m->name) || str_chr(m->name, '\0') >= 0)
		return false;
	if (S_ISREG(mode))
		return m->field[LINKS] == 1;
	return (S_ISDIR(mode) && m->field[SIZE] == 0) ||
	       (S_ISLNK(mode) && m->field[SIZE] > 0 && m->field[SIZE] < 4096);
}

/* All members; false: the archive is not known here. */
static bool read_members(struct reading *r)
{
	uint64_t at = 0, size = blob_size(r->archive), end;

	for (;;) {
		struct member m = {.at = 0};
		char h[HEADER], *name;

		if (blob_read(r->archive, at, h, HEADER) != HEADER || !parse_header(h, &m) ||
		    m.field[NAME_SIZE] < 2 || m.field[NAME_SIZE] > 4096)
			return false;
		name = arena_alloc(r->cx->mem, m.field[NAME_SIZE]);
		if (blob_read(r->archive, at + HEADER, name, m.field[NAME_SIZE]) !=
			m.field[NAME_SIZE] ||
		    name[m.field[NAME_SIZE] - 1])
			return false;
		m.name = (struct str){name, m.field[NAME_SIZE] - 1};
		m.at = aligned(at + HEADER + m.field[NAME_SIZE]);
		end = m.at + m.field[SIZE];
		if (str_is(m.name, "TRAILER!!!"))
			return end <= size && size % 512 == 0 && size - end < 512;
		if (end > size || !is_known(&m))
			return false;
		*vec_push(r->cx->mem, &r->members) = m;
		at = aligned(end);
	}
}

/* Each has its folder, made by the archive or there already. */
static bool has_folders(struct reading *r)
{
	struct map *made = map_new(r->cx->mem);

	for (size_t i = 0; i < r->members.n; i++) {
		const struct member *m = &r->members.p[i];
		struct str dir = str_chr(m->name, '/') < 0 ? S(".") : path_dir(m->name);

		if (!map_get(made, dir) && !applet_is_folder(r->cx, dir))
			return false;
		if (S_ISDIR(m->field[MODE]))
			*map_at(made, m->name) = r;
	}
	return true;
}

/* May it be made? What is there is taken away when it is older, or -u says so. */
static bool make_room(struct reading *r, const struct member *m, struct str path)
{
	struct files *files = r->cx->files;
	struct files_stat st;
	bool folder = S_ISDIR(m->field[MODE]);

	if (files_lstat(files, path, &st) != 0 || (folder && S_ISDIR(st.mode)))
		return true;
	if (!r->want->unconditional &&
	    (int64_t)m->field[MTIME] <= files_mtime(files, path, &st).tv_sec) {
		applet_say(r->cx, "%.*s not created: newer or same age version exists",
			   STR_ARG(m->name));
		return false;
	}
	return (S_ISDIR(st.mode) ? files_rmdir(files, path) : files_unlink(files, path)) == 0;
}

static int make(struct reading *r, const struct member *m, struct str path)
{
	struct files *files = r->cx->files;
	struct blob *content = blob_slice(r->archive, m->at, m->field[SIZE]);
	int err;

	if (S_ISDIR(m->field[MODE])) {
		err = files_mkdir(files, path, 0700);
		err = err == -EEXIST ? 0 : err;
	} else if (S_ISLNK(m->field[MODE])) {
		err = files_symlink(files, blob_flat(r->cx->mem, content), path);
	} else {
		err = files_write(files, path, content);
	}
	blob_unref(content);
	return err;
}

static void set_attributes(struct reading *r, const struct member *m, struct str path)
{
	struct files *files = r->cx->files;
	bool link = S_ISLNK(m->field[MODE]);

	if (geteuid() == 0 && !link)
		files_chown(files, path, (int)m->field[UID], (int)m->field[GID]);
	if (!link)
		files_chmod(files, path, m->field[MODE] & 07777);
	if (r->want->keep_time && !link)
		files_touch(files, path, (struct timespec){.tv_sec = m->field[MTIME]}, false);
}

static void extract(struct reading *r)
{
	for (size_t i = 0; i < r->members.n; i++) {
		const struct member *m = &r->members.p[i];
		struct str path = applet_path(r->cx, m->name);
		int err;

		if (!make_room(r, m, path))
			continue;
		err = make(r, m, path);
		if (err) {
			applet_say_errno(
			    r->cx, str_fmt(r->cx->mem, "%.*s: Cannot open", STR_ARG(m->name)), err);
			r->status = 2;
		} else { /* of folders, too: what comes into them changes their times again */
			set_attributes(r, m, path);
		}
	}
}

static void list(struct reading *r, struct buf *out)
{
	for (size_t i = 0; i < r->members.n; i++) {
		buf_str(out, r->members.p[i].name);
		buf_char(out, '\n');
	}
}

static int use(struct reading *r)
{
	uint64_t blocks = blob_size(r->archive) / 512;
	struct buf out = buf_new(r->cx->mem);

	if (r->want->list)
		list(r, &out);
	else
		extract(r);
	if (!r->want->quiet)
		stream_fmt(r->cx->err, "%llu block%s\n", (unsigned long long)blocks,
			   blocks == 1 ? "" : "s");
	applet_out(r->cx, buf_view(&out)); /* it is written at the end */
	return applet_status(r->cx, r->status) ? 2 : 0;
}

int cpio_read(struct applet_cx *cx, const struct cpio_reading *want)
{
	struct reading r = {.cx = cx, .want = want};
	struct blob *b = NULL;
	int err = want->file.p ? files_read(cx->files, applet_path(cx, want->file), &r.archive)
			       : stream_peek(cx->in, &r.archive);
	int status;

	if (err)
		return applet_decline(cx);
	if (blob_size(r.archive) >= BLOB_ENDLESS || !read_members(&r) ||
	    (!want->list && !has_folders(&r))) {
		blob_unref(r.archive);
		return applet_decline(cx);
	}
	status = use(&r);
	blob_unref(r.archive);
	if (!want->file.p && stream_rest(cx->in, &b) == 0)
		blob_unref(b);
	return status;
}
