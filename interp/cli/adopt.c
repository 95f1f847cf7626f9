/* SPDX-License-Identifier: GPL-2.0-only */
/* Puts the hand-over into a tree and takes it out again (see adopt.h). Its text is mk/handover.mk;
 * an ImageBuilder also gets a GNUmakefile, mk/profiles.mk. */
#include "cli/adopt.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "digest/digest.h"

/* Generated from mk/handover.mk and mk/profiles.mk. */
extern const char handover_text[];
extern const char profiles_text[];

/* Stands in for TREE/include where that is a link out of the tree. */
#define OWN_INCLUDE ".imagemk-include"

static const char *in(struct adopt *a, struct str dir, const char *name)
{
	return str_cz(a->mem, path_join(a->mem, dir, str_z(name)));
}

static bool fail(struct adopt *a, const char *path)
{
	a->bad = str_z(path);
	return false;
}

static bool refuse(struct adopt *a, struct str path, struct str why)
{
	a->bad = path;
	a->why = why;
	return false;
}

/* The whole file; unset with errno when it can't be read. */
static struct str read_all(struct adopt *a, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct blob *b = fd >= 0 ? blob_file(fd) : NULL;
	struct str text = {NULL, 0};
	int err = errno;

	if (b)
		text = str_dup(a->mem, blob_flat(a->mem, b));
	blob_unref(b);
	if (fd >= 0)
		close(fd);
	errno = err;
	return text;
}

static struct str sha256(struct adopt *a, struct str text)
{
	struct blob *b = blob_copy(text.p, text.n);
	struct str hex = digest_hex(a->mem, &digest_sha256, b);

	blob_unref(b);
	return hex;
}

/* The digest of the file at PATH; empty when there is none. */
static struct str sha256_of(struct adopt *a, const char *path)
{
	struct str text = read_all(a, path);

	return text.p ? sha256(a, text) : S("");
}

/* PATH gets TEXT under its name at once. */
static bool put(struct adopt *a, const char *path, struct str text)
{
	const char *tmp = str_cz(a->mem, str_fmt(a->mem, "%s.imagemk-new", path));
	int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	struct blob *b;
	int error;

	if (fd < 0)
		return fail(a, path);
	b = blob_copy(text.p, text.n);
	error = -blob_write_fd(b, fd);
	blob_unref(b);
	if (!error && fsync(fd) != 0)
		error = errno;
	close(fd);
	if (!error && rename(tmp, path) == 0)
		return true;
	error = error ? error : errno;
	unlink(tmp);
	errno = error;
	return fail(a, path);
}

/* --- the record --- */

static struct str field(struct adopt *a, const cJSON *json, const char *name)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, name);

	return cJSON_IsString(value) ? str_dup(a->mem, str_z(value->valuestring)) : S("");
}

static bool read_record(struct adopt *a)
{
	const char *path = in(a, a->tree, ADOPT_RECORD);
	struct str text = read_all(a, path);
	cJSON *json;

	if (!text.p)
		return errno == ENOENT || fail(a, path);
	json = cJSON_Parse(text.p);
	a->state = ADOPT_STARTED;
	a->program = field(a, json, "program");
	a->version = field(a, json, "version");
	a->upstream = field(a, json, "image.mk");
	a->handover = field(a, json, "handover");
	a->handover_before = field(a, json, "handover_before");
	a->profiles = field(a, json, "GNUmakefile");
	a->profiles_before = field(a, json, "GNUmakefile_before");
	a->link = field(a, json, "include");
	a->link_mtime = field(a, json, "include_mtime");
	cJSON_Delete(json);
	if (a->upstream.n && a->handover.n)
		return true;
	return refuse(a, str_z(path),
		      S("not a record of this program; if include/image.upstream.mk is there, "
			"rename it to image.mk, then remove this file"));
}

static bool write_record(struct adopt *a)
{
	cJSON *json = cJSON_CreateObject();
	char *text;
	bool good;

	cJSON_AddStringToObject(json, "program", str_cz(a->mem, a->program));
	cJSON_AddStringToObject(json, "version", str_cz(a->mem, a->version));
	cJSON_AddStringToObject(json, "image.mk", str_cz(a->mem, a->upstream));
	cJSON_AddStringToObject(json, "handover", str_cz(a->mem, a->handover));
	if (a->handover_before.n)
		cJSON_AddStringToObject(json, "handover_before",
					str_cz(a->mem, a->handover_before));
	if (a->profiles.n)
		cJSON_AddStringToObject(json, "GNUmakefile", str_cz(a->mem, a->profiles));
	if (a->profiles_before.n)
		cJSON_AddStringToObject(json, "GNUmakefile_before",
					str_cz(a->mem, a->profiles_before));
	if (a->link.n) {
		cJSON_AddStringToObject(json, "include", str_cz(a->mem, a->link));
		cJSON_AddStringToObject(json, "include_mtime", str_cz(a->mem, a->link_mtime));
	}
	text = cJSON_Print(json);
	good = put(a, in(a, a->tree, ADOPT_RECORD), str_fmt(a->mem, "%s\n", text));
	free(text);
	cJSON_Delete(json);
	return good;
}

/* --- looking --- */

static void see_state(struct adopt *a)
{
	struct str now = sha256_of(a, in(a, a->include, "image.mk"));
	struct str kept = sha256_of(a, in(a, a->include, "image.upstream.mk"));
	bool ours =
	    str_eq(now, a->handover) || (a->handover_before.n && str_eq(now, a->handover_before));

	if (kept.n ? !str_eq(kept, a->upstream) : ours)
		a->state = ADOPT_EDITED;
	else if (ours || (!now.n && kept.n)) /* no image.mk: a kill where there are no hard links */
		a->state = ADOPT_WHOLE;
	else
		a->state = str_eq(now, a->upstream) ? ADOPT_STARTED : ADOPT_REPLACED;
}

bool adopt_look(struct adopt *a, struct arena *mem, struct str tree)
{
	*a = (struct adopt){.mem = mem, .tree = tree};
	a->include = path_join(mem, tree, S("include"));
	if (!read_record(a))
		return false;
	if (a->state != ADOPT_NOT)
		see_state(a);
	if ((a->state != ADOPT_WHOLE && access(in(a, a->include, "image.mk"), R_OK) != 0) ||
	    access(in(a, tree, "rules.mk"), R_OK) != 0)
		return refuse(
		    a, tree,
		    S("no OpenWrt tree or ImageBuilder: it has no rules.mk and include/image.mk "
		      "that can be read"));
	return true;
}

/* --- a link in place of include/ --- */

/* Does TREE/include lead out of the tree by a link? Then the link's text and time are noted. */
static void note_link(struct adopt *a)
{
	const char *path = str_cz(a->mem, a->include);
	char *top = realpath(str_cz(a->mem, a->tree), NULL), *folder = realpath(path, NULL);
	char text[4096];
	ssize_t n = readlink(path, text, sizeof(text));
	struct stat st;

	a->link = S("");
	if (n > 0 && top && folder && lstat(path, &st) == 0 &&
	    !str_starts(str_z(folder), str_fmt(a->mem, "%s/", top))) {
		a->link = str_dup(a->mem, (struct str){text, (size_t)n});
		a->link_mtime =
		    str_fmt(a->mem, "%lld.%09ld", (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	}
	free(top);
	free(folder);
}

/* TREE/include becomes a link with TEXT, at once. */
static bool put_link(struct adopt *a, struct str text, const struct timespec *mtime)
{
	const char *path = str_cz(a->mem, a->include);
	const char *tmp = str_cz(a->mem, str_fmt(a->mem, "%s.imagemk-new", path));
	struct timespec times[2] = {{0, UTIME_OMIT},
				    mtime ? *mtime : (struct timespec){0, UTIME_OMIT}};

	unlink(tmp);
	return (symlink(str_cz(a->mem, text), tmp) == 0 &&
		utimensat(AT_FDCWD, tmp, times, AT_SYMLINK_NOFOLLOW) == 0 &&
		rename(tmp, path) == 0) ||
	       fail(a, path);
}

/* OWN_INCLUDE with a link to each entry of the real folder. */
static bool fill_own_include(struct adopt *a, const char *own)
{
	char *real = realpath(str_cz(a->mem, a->include), NULL);
	DIR *dir = real ? opendir(real) : NULL;
	bool good = dir && (mkdir(own, 0755) == 0 || errno == EEXIST);
	struct dirent *e;

	while (good && (e = readdir(dir)) != NULL) {
		const char *to = in(a, str_z(own), e->d_name);

		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			good = symlink(in(a, str_z(real), e->d_name), to) == 0 || errno == EEXIST;
	}
	if (!good)
		fail(a, own);
	if (dir)
		closedir(dir);
	free(real);
	return good;
}

static void remove_own_include(struct adopt *a)
{
	const char *own = in(a, a->tree, OWN_INCLUDE);
	DIR *dir = opendir(own);
	struct dirent *e;

	while (dir && (e = readdir(dir)) != NULL)
		if (e->d_name[0] != '.' ||
		    (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0))
			unlink(in(a, str_z(own), e->d_name));
	if (dir)
		closedir(dir);
	rmdir(own);
}

static bool is_own_link(struct adopt *a)
{
	char text[sizeof(OWN_INCLUDE)];
	ssize_t n = readlink(str_cz(a->mem, a->include), text, sizeof(text));

	return n > 0 && str_is((struct str){text, (size_t)n}, OWN_INCLUDE);
}

static bool replace_link(struct adopt *a)
{
	const char *own = in(a, a->tree, OWN_INCLUDE);

	return fill_own_include(a, own) && put_link(a, S(OWN_INCLUDE), NULL);
}

static bool restore_link(struct adopt *a)
{
	struct timespec mtime;
	char *end;

	mtime.tv_sec = strtoll(str_cz(a->mem, a->link_mtime), &end, 10);
	mtime.tv_nsec = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
	if (is_own_link(a) && !put_link(a, a->link, &mtime))
		return false;
	remove_own_include(a);
	return true;
}

/* --- doing and undoing --- */

/* May PROGRAM stand in make text as one word? Otherwise PATH has to find it. */
static bool plain(struct str program)
{
	for (size_t i = 0; i < program.n; i++)
		if (strchr(" \t\n$#'\"\\:%*?[~&;|<>()=,`!{}", program.p[i]))
			return false;
	return program.n > 0;
}

static void replace(struct buf *out, struct str text, const char *word, struct str with)
{
	ptrdiff_t at;

	while ((at = str_find(text, str_z(word))) >= 0) {
		buf_str(out, str_sub(text, 0, (size_t)at));
		buf_str(out, with);
		text = str_from(text, (size_t)at + strlen(word));
	}
	buf_str(out, text);
}

/* What anybody can type who has no imagemk any more. */
static struct str undo_by_hand(struct adopt *a)
{
	const char *also = a->profiles.n ? "GNUmakefile " : "";

	if (a->link.n)
		return str_fmt(a->mem,
			       "rm -r include " OWN_INCLUDE " %s" ADOPT_RECORD
			       " && ln -s '%.*s' include",
			       also, STR_ARG(a->link));
	return str_fmt(
	    a->mem, "mv -f include/image.upstream.mk include/image.mk && rm %s" ADOPT_RECORD, also);
}

static struct str handover(struct adopt *a)
{
	struct buf one = buf_new(a->mem), two = buf_new(a->mem);

	replace(&one, str_z(handover_text), "@program@",
		plain(a->program) ? a->program : S("imagemk"));
	replace(&two, buf_view(&one), "@undo@", undo_by_hand(a));
	return buf_view(&two);
}

/* --- an ImageBuilder's GNUmakefile --- */

bool adopt_is_imagebuilder(struct arena *mem, struct str tree)
{
	struct adopt a = {.mem = mem, .tree = tree};

	return str_find(read_all(&a, in(&a, tree, "Makefile")), S("\n_call_image:")) >= 0;
}

struct str adopt_profiles_text(struct arena *mem, struct str program)
{
	struct buf text = buf_new(mem);

	replace(&text, str_z(profiles_text), "@program@", plain(program) ? program : S("imagemk"));
	return buf_view(&text);
}

/* None, or one that we put there? Else refuses. */
static bool profiles_free(struct adopt *a)
{
	const char *path = in(a, a->tree, "GNUmakefile");
	struct str now = sha256_of(a, path);

	if (!now.n || str_eq(now, sha256(a, adopt_profiles_text(a->mem, a->program))) ||
	    (a->profiles.n && str_eq(now, a->profiles)) ||
	    (a->profiles_before.n && str_eq(now, a->profiles_before)))
		return true;
	return refuse(a, str_z(path),
		      a->profiles.n ? S("was changed since; move it away first")
				    : S("in the place of ours; move it away first"));
}

static bool put_profiles(struct adopt *a)
{
	return !a->profiles.n ||
	       put(a, in(a, a->tree, "GNUmakefile"), adopt_profiles_text(a->mem, a->program));
}

static bool remove_profiles(struct adopt *a)
{
	const char *path = in(a, a->tree, "GNUmakefile");

	return !a->profiles.n ||
	       (profiles_free(a) && (unlink(path) == 0 || errno == ENOENT || fail(a, path)));
}

/* The tree's own image.mk gets its second name; then the first is free to be replaced at once. */
static bool keep_upstream(struct adopt *a)
{
	const char *from = in(a, a->include, "image.mk"),
		   *to = in(a, a->include, "image.upstream.mk");

	if (unlink(to) != 0 && errno != ENOENT)
		return fail(a, to);
	/* A file system without hard links: for a moment there is no image.mk. */
	return link(from, to) == 0 || rename(from, to) == 0 || fail(a, to);
}

/* The folders that are written to keep their times: what a build compares must not see us. */
struct folder_times {
	const char *path[2];
	struct timespec mtime[2];
};

static void note_times(struct adopt *a, struct folder_times *t)
{
	struct stat st;

	t->path[0] = str_cz(a->mem, a->tree);
	t->path[1] = a->link.n ? NULL : str_cz(a->mem, a->include);
	for (size_t i = 0; i < 2; i++) {
		if (t->path[i] && stat(t->path[i], &st) == 0)
			t->mtime[i] = st.st_mtim;
		else
			t->path[i] = NULL;
	}
}

static void restore_times(const struct folder_times *t)
{
	for (size_t i = 0; i < 2; i++) {
		struct timespec times[2] = {{0, UTIME_OMIT}, t->mtime[i]};

		if (t->path[i])
			utimensat(AT_FDCWD, t->path[i], times, 0);
	}
}

/* A hand-over of another version or edited by hand must not pass for the tree's own file. */
static bool is_handover(struct adopt *a)
{
	struct str text = read_all(a, in(a, a->include, "image.mk"));

	return str_find(text, S("Put here by \"imagemk adopt\"")) >= 0;
}

static bool hand_over(struct adopt *a, struct str text)
{
	if (a->link.n && !is_own_link(a) && !replace_link(a))
		return false;
	if (a->state != ADOPT_WHOLE && !keep_upstream(a))
		return false;
	return put(a, in(a, a->include, "image.mk"), text) && put_profiles(a);
}

static bool take_back(struct adopt *a)
{
	const char *kept = in(a, a->include, "image.upstream.mk"),
		   *now = in(a, a->include, "image.mk");
	const char *record = in(a, a->tree, ADOPT_RECORD);

	if (!remove_profiles(a))
		return false;
	if (a->state == ADOPT_WHOLE && rename(kept, now) != 0)
		return fail(a, now);
	if (a->state == ADOPT_STARTED && unlink(kept) != 0 && errno != ENOENT)
		return fail(a, kept);
	if (a->link.n && !restore_link(a))
		return false;
	return unlink(record) == 0 || fail(a, record);
}

/* Adopting failed half way: as before, and the reason stays. */
static void roll_back(struct adopt *a)
{
	struct str bad = a->bad, why = a->why;
	int error = errno;

	see_state(a);
	if (a->state == ADOPT_STARTED || a->state == ADOPT_WHOLE)
		take_back(a);
	a->state = ADOPT_NOT;
	a->bad = bad;
	a->why = why;
	errno = error;
}

bool adopt_do(struct adopt *a, struct str program)
{
	bool good, first = a->state == ADOPT_NOT;
	struct folder_times times;
	struct str text;

	if (a->state != ADOPT_WHOLE && is_handover(a))
		return refuse(a, path_join(a->mem, a->include, S("image.mk")),
			      S("a hand-over that was changed; put the tree's own image.mk in its "
				"place first"));
	if (adopt_is_imagebuilder(a->mem, a->tree) && !profiles_free(a))
		return false;
	if (a->state != ADOPT_WHOLE)
		a->upstream = sha256_of(a, in(a, a->include, "image.mk"));
	else
		a->handover_before = a->handover;
	if (first)
		note_link(a);
	note_times(a, &times);
	a->program = program;
	a->version = S(IMAGEMK_VERSION);
	a->profiles_before = a->profiles;
	a->profiles = adopt_is_imagebuilder(a->mem, a->tree)
			  ? sha256(a, adopt_profiles_text(a->mem, a->program))
			  : S("");
	text = handover(a);
	a->handover = sha256(a, text);
	good = write_record(a) && hand_over(a, text);
	if (good)
		a->state = ADOPT_WHOLE;
	else if (first)
		roll_back(a);
	restore_times(&times);
	return good;
}

bool adopt_undo(struct adopt *a)
{
	struct folder_times times;
	bool good;

	note_times(a, &times);
	good = take_back(a);
	if (good)
		a->state = ADOPT_NOT;
	restore_times(&times);
	return good;
}
