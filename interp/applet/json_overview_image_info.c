/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json_overview_image_info: joins the facts of all images into profiles.json, as OpenWrt's
 * scripts/json_overview_image_info.py, except that images come in the order of their names and an
 * image whose file is not beside the output any more is left out.
 */
#include <stdlib.h>

#include "applet/json_text.h"

static const char help[] = "json_overview_image_info FILE: join WORK_DIR's *.json into profiles.json\n";

/* Asked of the tree's make, in this order. */
enum { DEFAULT_PACKAGES, ARCH_PACKAGES, VERSION, RELEASE, VERMAGIC, VALUES };

struct overview {
	struct applet_cx *cx;
	struct str output;
	cJSON *all;
};

static cJSON *parse_file(struct applet_cx *cx, struct str path)
{
	struct blob *b = NULL;
	struct str text;
	cJSON *v;

	if (files_read(cx->files, path, &b) != 0)
		return NULL;
	text = blob_flat(cx->mem, b);
	v = cJSON_ParseWithLength(text.p, text.n);
	blob_unref(b);
	return v;
}

static cJSON *member(const cJSON *v, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(v, name);
}

static bool same_text(const cJSON *a, const cJSON *b)
{
	return cJSON_IsString(a) && cJSON_IsString(b) && strcmp(a->valuestring, b->valuestring) == 0;
}

/* The present output when it is of the same version, else the first image's facts. */
static void begin(struct overview *o, cJSON *info)
{
	cJSON *old = parse_file(o->cx, applet_path(o->cx, o->output));

	if (old && same_text(member(old, "version_code"), member(info, "version_code")) &&
	    cJSON_IsObject(member(old, "profiles"))) {
		o->all = old;
		return;
	}
	cJSON_Delete(old);
	o->all = cJSON_Duplicate(info, true);
	cJSON_Delete(cJSON_DetachItemFromObjectCaseSensitive(o->all, "profiles"));
	cJSON_AddItemToObject(o->all, "profiles", cJSON_CreateObject());
}

static void move_images(cJSON *to, cJSON *from)
{
	while (from && from->child)
		cJSON_AddItemToArray(to, cJSON_DetachItemViaPointer(from, from->child));
}

/* Take INFO's only profile over. */
static void add(struct overview *o, cJSON *info)
{
	cJSON *profiles = member(o->all, "profiles");
	cJSON *profile = cJSON_DetachItemFromArray(member(info, "profiles"), 0);
	cJSON *known = profile ? member(profiles, profile->string) : NULL;

	if (!profile)
		return;
	if (known) {
		move_images(member(known, "images"), member(profile, "images"));
		cJSON_Delete(profile);
		return;
	}
	cJSON_AddItemToObject(profiles, str_cz(o->cx->mem, str_z(profile->string)), profile);
}

static const char *name_of(const cJSON *image)
{
	const cJSON *name = member(image, "name");

	return cJSON_IsString(name) ? name->valuestring : "";
}

static bool has_file(struct overview *o, const cJSON *image)
{
	struct str beside = path_join(o->cx->mem, path_dir(o->output), str_z(name_of(image)));
	struct files_stat st;

	return files_stat(o->cx->files, applet_path(o->cx, beside), &st) == 0;
}

/* Once by name, the last one counts; sorted by name; only those that exist. */
static void tidy_images(struct overview *o, cJSON *profile)
{
	cJSON *images = member(profile, "images"), *sorted = cJSON_CreateArray(), *image;

	while (images && (image = images->child)) {
		int at = 0;
		cJSON *there = sorted->child;

		cJSON_DetachItemViaPointer(images, image);
		while (there && strcmp(name_of(there), name_of(image)) < 0) {
			there = there->next;
			at++;
		}
		if (!has_file(o, image))
			cJSON_Delete(image);
		else if (there && strcmp(name_of(there), name_of(image)) == 0)
			cJSON_ReplaceItemViaPointer(sorted, there, image);
		else
			cJSON_InsertItemInArray(sorted, at, image);
	}
	move_images(images, sorted);
	cJSON_Delete(sorted);
}

/* The caller's make text knows the values and hands them over: no need to ask make for them. */
static bool values_given(const struct overview *o, struct str values[VALUES])
{
	static const struct str names[VALUES] = {
		[DEFAULT_PACKAGES] = {"DEFAULT_PACKAGES", 16},
		[ARCH_PACKAGES] = {"ARCH_PACKAGES", 13},
		[VERSION] = {"LINUX_VERSION", 13},
		[RELEASE] = {"LINUX_RELEASE", 13},
		[VERMAGIC] = {"LINUX_VERMAGIC", 14},
	};

	for (int i = 0; i < VALUES; i++) {
		values[i] = env_get(o->cx->env, names[i]);
		if (!values[i].p)
			return false;
	}
	return true;
}

/* Ask make; false after saying why not. */
static bool ask_make(struct overview *o, struct str values[VALUES])
{
	static const struct str argv[] = {
		{"make", 4},
		{"--no-print-directory", 20},
		{"-C", 2},
		{"target/linux/", 13},
		{"val.DEFAULT_PACKAGES", 20},
		{"val.ARCH_PACKAGES", 17},
		{"val.LINUX_VERSION", 17},
		{"val.LINUX_RELEASE", 17},
		{"val.LINUX_VERMAGIC", 18},
		{"V=s", 3},
	};
	struct applet_cx inner = *o->cx;
	struct blob *said;
	struct str text, line;
	int status, n = 0;

	inner.out = stream_sink(o->cx->mem);
	status = o->cx->run(&inner, argv, sizeof(argv) / sizeof(*argv), NULL, (struct env){0},
			    (struct str){0});
	said = stream_collected(inner.out);
	text = str_dup(o->cx->mem, blob_flat(o->cx->mem, said));
	blob_unref(said);
	stream_close(inner.out);
	while (n < VALUES && applet_line(&text, '\n', &line))
		values[n++] = applet_chomp(line, '\n');
	if (status == 0 && n == VALUES && text.n == 0)
		return true;
	applet_say(o->cx, "make val.DEFAULT_PACKAGES ...: exit status %d, %d lines of %d", status, n,
		   VALUES);
	return false;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void set(cJSON *v, const char *key, cJSON *item)
{
	cJSON_DeleteItemFromObjectCaseSensitive(v, key);
	cJSON_AddItemToObject(v, key, item);
}

static cJSON *text_item(struct applet_cx *cx, struct str s)
{
	return cJSON_CreateString(str_cz(cx->mem, s));
}

static void add_values(struct overview *o, struct str values[VALUES])
{
	struct applet_cx *cx = o->cx;
	struct str rest = values[DEFAULT_PACKAGES], word;
	struct strs words = {0};
	cJSON *list = cJSON_CreateArray(), *linux_kernel = cJSON_CreateObject();

	while (str_word(&rest, &word))
		*vec_push(cx->mem, &words) = word;
	if (words.n)
		qsort(words.p, words.n, sizeof(*words.p), by_bytes);
	for (size_t i = 0; i < words.n; i++)
		cJSON_AddItemToArray(list, text_item(cx, words.p[i]));
	set(o->all, "default_packages", list);
	set(o->all, "arch_packages", text_item(cx, values[ARCH_PACKAGES]));
	cJSON_AddItemToObject(linux_kernel, "version", text_item(cx, values[VERSION]));
	cJSON_AddItemToObject(linux_kernel, "release", text_item(cx, values[RELEASE]));
	cJSON_AddItemToObject(linux_kernel, "vermagic", text_item(cx, values[VERMAGIC]));
	set(o->all, "linux_kernel", linux_kernel);
}

/* Read all of WORK_DIR's *.json, in the order of their names; false after saying why not. */
static bool collect(struct overview *o, struct str work)
{
	struct strs names = {0};
	cJSON *info;

	if (files_list(o->cx->files, o->cx->mem, applet_path(o->cx, work), &names) != 0)
		return true;
	for (size_t i = 0; i < names.n; i++) {
		struct str path = path_join(o->cx->mem, work, names.p[i]);

		if (!str_ends(names.p[i], S(".json")))
			continue;
		info = parse_file(o->cx, applet_path(o->cx, path));
		if (!info || !cJSON_IsObject(member(info, "profiles"))) {
			applet_say(o->cx, "%.*s: not the facts of an image", STR_ARG(path));
			cJSON_Delete(info);
			return false;
		}
		if (!o->all)
			begin(o, info);
		add(o, info);
		cJSON_Delete(info);
	}
	return true;
}

static int finish(struct overview *o)
{
	struct str values[VALUES];
	struct buf out = buf_new(o->cx->mem);
	struct blob *b;
	bool ok;

	for (cJSON *p = member(o->all, "profiles")->child; p; p = p->next)
		tidy_images(o, p);
	if (!values_given(o, values) && !ask_make(o, values))
		return 1;
	add_values(o, values);
	if (!json_put_value(&out, o->all, true)) {
		applet_say(o->cx, "%.*s: a number that is not whole", STR_ARG(o->output));
		return 1;
	}
	b = blob_copy(out.p, out.n);
	ok = applet_write(o->cx, o->output, b);
	blob_unref(b);
	return applet_status(o->cx, ok ? 0 : 1);
}

static int run(struct applet_cx *cx)
{
	struct overview o = {.cx = cx};
	struct str work = env_get(cx->env, S("WORK_DIR"));
	int status = 1;

	if (cx->argc != 2) {
		applet_out(cx, S("JSON info files script requires output file as argument\n"));
		return 1;
	}
	if (work.n == 0)
		return applet_decline(cx);
	o.output = cx->argv[1];
	if (collect(&o, work)) {
		if (o.all)
			status = finish(&o);
		else
			applet_out(cx, S("JSON info file script could not find any JSON files for "
					 "target\n"));
		status = o.all ? status : 0;
	}
	cJSON_Delete(o.all);
	return applet_status(cx, status);
}

static const char *const aliases[] = {"json_overview_image_info.py", NULL};

const struct applet applet_json_overview_image_info = {
	.name = "json_overview_image_info",
	.aliases = aliases,
	.help = help,
	.run = run,
};
