/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imagemk diff of two folders of images, such as bin/targets/BOARD/SUBTARGET of two builds. Files
 * belong together that a profiles.json in their folder calls the same image of the same device,
 * else those of the same path: a release's name in front does not part them.
 */
#include "cli/diff.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "base/path.h"
#include "cli/image_file.h"

enum { MOST_DEPTH = 16, MOST_FILES = 100000, PROFILES_MOST = 64 << 20 };

struct entry {
	struct str path;	/* below the folder */
	struct str key;		/* what it is paired by */
	struct str device;	/* empty: none, or not known */
	struct str link;	/* of a symbolic link; unset: a file */
};

struct side {
	const struct diff_side *from;
	VEC(struct entry) files; /* by key */
	struct map *images;	/* path -> struct entry *: KEY and DEVICE, by profiles.json */
	struct strs devices;
	bool trouble;
};

struct folders {
	struct diff_run *run;
	struct side side[2];
	struct strs changed;	/* devices that have a changed image */
	size_t same, differ, added, removed;
	bool first;		/* nothing in the list of JSON yet */
};

/* --- what is there --- */

static void complain(struct side *s, struct str path, const char *why)
{
	fprintf(stderr, "imagemk diff: %.*s: %s\n", STR_ARG(path), why);
	s->trouble = true;
}

static void add_file(struct folders *f, struct side *s, struct str path, bool link)
{
	char to[4096];
	struct entry *e = vec_push(f->run->mem, &s->files);
	ssize_t n;

	*e = (struct entry){.path = path, .key = path, .device = S("")};
	if (!link)
		return;
	n = readlink(str_cz(f->run->mem, path_join(f->run->mem, s->from->path, path)), to,
		     sizeof(to));
	e->link = str_dup(f->run->mem, (struct str){to, n < 0 ? 0 : (size_t)n});
}

static void add_folder(struct folders *f, struct side *s, struct str below, int depth)
{
	struct arena *mem = f->run->mem;
	struct str path = below.n ? path_join(mem, s->from->path, below) : s->from->path;
	DIR *dir = opendir(str_cz(mem, path));
	struct dirent *d;

	if (!dir) {
		complain(s, path, strerror(errno));
		return;
	}
	while ((d = readdir(dir))) {
		struct str name = str_dup(mem, str_z(d->d_name)),
			   inner = below.n ? path_join(mem, below, name) : name;
		struct stat st;

		if (str_is(name, ".") || str_is(name, "..") ||
		    fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		if (s->files.n >= MOST_FILES || depth > MOST_DEPTH) {
			complain(s, path, "too many files, or folders too deep");
			break;
		}
		if (S_ISDIR(st.st_mode))
			add_folder(f, s, inner, depth + 1);
		else if (S_ISREG(st.st_mode) || S_ISLNK(st.st_mode))
			add_file(f, s, inner, S_ISLNK(st.st_mode));
	}
	closedir(dir);
}

/* --- profiles.json --- */

static struct str text_of(struct arena *mem, const cJSON *from, const char *name)
{
	const char *z = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(from, name));

	return str_dup(mem, str_z(z ? z : ""));
}

static void take_profile(struct folders *f, struct side *s, struct str folder, const cJSON *profile)
{
	struct arena *mem = f->run->mem;
	struct str id = str_dup(mem, str_z(profile->string)),
		   prefix = folder.n ? str_cat(mem, folder, S("/")) : S("");
	const cJSON *image;

	*vec_push(mem, &s->devices) = str_cat(mem, prefix, id);
	cJSON_ArrayForEach(image, cJSON_GetObjectItemCaseSensitive(profile, "images"))
	{
		struct str name = text_of(mem, image, "name"), type = text_of(mem, image, "type");
		struct str filesystem = text_of(mem, image, "filesystem");
		struct entry *e = arena_make(mem, struct entry);

		if (!name.n)
			continue;
		e->device = str_cat(mem, prefix, id);
		e->key = str_fmt(mem, "%.*s%.*s %.*s %.*s", STR_ARG(prefix), STR_ARG(id),
				 STR_ARG(type), STR_ARG(filesystem));
		*map_at(s->images, str_cat(mem, prefix, name)) = e;
	}
}

static void read_profiles(struct folders *f, struct side *s, struct str path)
{
	struct arena *mem = f->run->mem;
	int fd = open(str_cz(mem, path_join(mem, s->from->path, path)),
		      O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct blob *b = fd < 0 ? NULL : blob_file(fd);
	struct str text = b && blob_size(b) <= PROFILES_MOST ? blob_flat(mem, b) : S("");
	cJSON *top = text.n ? cJSON_ParseWithLength(text.p, text.n) : NULL;
	ptrdiff_t slash = str_rchr(path, '/');
	const cJSON *profile;

	if (!top)
		complain(s, path, "cannot be read as JSON");
	cJSON_ArrayForEach(profile, cJSON_GetObjectItemCaseSensitive(top, "profiles"))
	{
		if (profile->string)
			take_profile(f, s, slash < 0 ? S("") : str_sub(path, 0, (size_t)slash),
				     profile);
	}
	cJSON_Delete(top);
	blob_unref(b);
	if (fd >= 0)
		close(fd);
}

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = str_cmp(x->key, y->key);

	return order ? order : str_cmp(x->path, y->path);
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void read_side(struct folders *f, struct side *s, const struct diff_side *from)
{
	s->from = from;
	s->images = map_new(f->run->mem);
	add_folder(f, s, S(""), 0);
	for (size_t i = 0; i < s->files.n; i++) {
		if (str_is(path_base(s->files.p[i].path), "profiles.json"))
			read_profiles(f, s, s->files.p[i].path);
	}
	for (size_t i = 0; i < s->files.n; i++) {
		const struct entry *known = map_get(s->images, s->files.p[i].path);

		if (known) {
			s->files.p[i].key = known->key;
			s->files.p[i].device = known->device;
		}
	}
	if (s->files.n)
		qsort(s->files.p, s->files.n, sizeof(*s->files.p), by_key);
	if (s->devices.n)
		qsort(s->devices.p, s->devices.n, sizeof(*s->devices.p), by_name);
}

/* --- a pair --- */

static void put_head(struct folders *f, const char *status, const struct entry *old,
		     const struct entry *new)
{
	struct buf *out = &f->run->out;
	const struct entry *any = new ? new : old;
	struct str none = {NULL, 0};

	if (!f->run->json) {
		buf_fmt(out, "%s %.*s",
			status[0] == 'a'   ? "+"
			: status[0] == 'r' ? "-"
					   : "~",
			STR_ARG(any->path));
		if (any->device.n)
			buf_fmt(out, " (%.*s)", STR_ARG(any->device));
		buf_char(out, '\n');
		return;
	}
	buf_fmt(out, "%s\n  {\"status\": \"%s\", ", f->first ? "" : ",", status);
	f->first = false;
	diff_json_key(out, "old", old ? old->path : none);
	buf_z(out, ", ");
	diff_json_key(out, "new", new ? new->path : none);
	buf_z(out, ", ");
	diff_json_key(out, "device", any->device.n ? any->device : none);
	buf_z(out, ", \"changes\": ");
}

static void put_pair(struct folders *f, const struct entry *old, const struct entry *new,
		     const struct firmware_differences *d)
{
	put_head(f, "changed", old, new);
	f->differ++;
	if (new->device.n && !strs_have(&f->changed, new->device))
		*vec_push(f->run->mem, &f->changed) = new->device;
	if (!f->run->json) {
		diff_text(&f->run->out, d, 4);
		return;
	}
	diff_json(&f->run->out, d);
	buf_char(&f->run->out, '}');
}

static void pair_links(struct folders *f, const struct entry *old, const struct entry *new)
{
	struct firmware_difference one = {DIFFERS_FIELD, S(""), S("link"), old->link, new->link};
	struct firmware_differences d = {&one, 1, 1};

	if (old->link.p && new->link.p && str_eq(old->link, new->link))
		f->same++;
	else
		put_pair(f, old, new, &d);
}

static void pair_files(struct folders *f, const struct entry *old, const struct entry *new)
{
	struct arena *mem = arena_new();
	struct str paths[2] = {path_join(mem, f->side[0].from->path, old->path),
			       path_join(mem, f->side[1].from->path, new->path)};
	struct image_file files[2] = {{0}, {0}};
	struct firmware_differences d = {0};
	bool good = true;

	for (int i = 0; i < 2; i++) {
		if (image_file_open(mem, &files[i], paths[i]))
			continue;
		complain(&f->side[i], paths[i], files[i].why);
		good = false;
	}
	if (good && blob_equal(files[0].blob, files[1].blob)) {
		f->same++;
	} else if (good) {
		firmware_differ(mem, firmware_top(files[0].walk), firmware_top(files[1].walk), &d);
		put_pair(f, old, new, &d);
	}
	image_file_close(&files[0]);
	image_file_close(&files[1]);
	arena_free(mem);
}

static void compare(struct folders *f)
{
	size_t i = 0, j = 0;

	while (i < f->side[0].files.n || j < f->side[1].files.n) {
		const struct entry *a = i < f->side[0].files.n ? &f->side[0].files.p[i] : NULL;
		const struct entry *b = j < f->side[1].files.n ? &f->side[1].files.p[j] : NULL;
		int order = !a ? 1 : !b ? -1 : str_cmp(a->key, b->key);

		if (order == 0 && (a->link.p || b->link.p))
			pair_links(f, a, b);
		else if (order == 0)
			pair_files(f, a, b);
		else
			put_head(f, order < 0 ? "removed" : "added", order < 0 ? a : NULL,
				 order < 0 ? NULL : b);
		if (order && f->run->json)
			buf_z(&f->run->out, "[]}");
		f->removed += order < 0;
		f->added += order > 0;
		i += order <= 0;
		j += order >= 0;
	}
}

/* --- devices --- */

/* Those of ALL that OTHER has not. */
static void put_devices(struct folders *f, const char *key, const char *word,
			const struct strs *all, const struct strs *other)
{
	struct buf *out = &f->run->out;
	bool any = false;

	if (f->run->json)
		buf_fmt(out, "\"%s\": [", key);
	for (size_t i = 0; i < all->n; i++) {
		if (other && strs_have(other, all->p[i]))
			continue;
		if (f->run->json) {
			buf_z(out, any ? ", " : "");
			json_string(out, all->p[i]);
		} else {
			buf_fmt(out, "%s %.*s\n", word, STR_ARG(all->p[i]));
		}
		any = true;
	}
	if (f->run->json)
		buf_char(out, ']');
}

int diff_folders(struct diff_run *r, const struct diff_side *old, const struct diff_side *new)
{
	struct folders f = {.run = r, .first = true};
	struct buf *out = &r->out;

	read_side(&f, &f.side[0], old);
	read_side(&f, &f.side[1], new);
	if (r->json) {
		buf_z(out, "{\"diff_version\": 1, \"kind\": \"folders\", ");
		diff_json_key(out, "old", old->given);
		buf_z(out, ", ");
		diff_json_key(out, "new", new->given);
		buf_z(out, ",\n \"devices\": {");
	}
	put_devices(&f, "added", "device added:", &f.side[1].devices, &f.side[0].devices);
	buf_z(out, r->json ? ", " : "");
	put_devices(&f, "removed", "device removed:", &f.side[0].devices, &f.side[1].devices);
	buf_z(out, r->json ? "},\n \"files\": [" : "");
	compare(&f);
	if (r->json) {
		buf_z(out, "],\n ");
		put_devices(&f, "changed_devices", "", &f.changed, NULL);
		buf_fmt(out, ", \"same\": %zu}\n", f.same);
	} else if (f.differ || f.added || f.removed) {
		buf_count(out, f.same, "file");
		buf_fmt(out, " %s the same, %zu changed, %zu added, %zu removed; ",
			f.same == 1 ? "is" : "are", f.differ, f.added, f.removed);
		buf_count(out, f.changed.n, "device");
		buf_fmt(out, " %s changed images\n", f.changed.n == 1 ? "has" : "have");
	}
	if (f.side[0].trouble || f.side[1].trouble)
		return EXIT_USAGE;
	return f.differ || f.added || f.removed ? EXIT_PROBLEM : EXIT_GOOD;
}
