/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json_overview_image_info: joins the facts of all images into profiles.json, byte for byte as the
 * generations of OpenWrt's scripts/json_overview_image_info.py whose text it knows, but for two
 * repairs: images come in the order of their names, and one whose file is not beside the output any
 * more is left out, with its profile when no image is left. With IMAGEMK_REPAIRS=0 the tree's own
 * script runs. So it does whenever something is not as the script expects it: what it makes of that
 * is its own to say.
 */
#include <stdlib.h>

#include "applet/json_overview.h"

static const char help[] =
    "json_overview_image_info FILE: join WORK_DIR's *.json into profiles.json\n"
    "  --tidy FILE: leave out the images of profiles.json whose file is gone, sort the others\n"
    "  --as SHA256 FILE: as the script with that text does\n"
    "  also scripts/json_overview_image_info.py of a tree, in the generations that are known\n"
    "  IMAGEMK_REPAIRS=0: as the script, with images that are gone and in no order\n";

#define JOINED	 (OVERVIEW_KEEPS | OVERVIEW_EMPTY | OVERVIEW_PACKAGES)
#define IN_BOARD (OVERVIEW_EMPTY | OVERVIEW_PACKAGES | OVERVIEW_OF_BOARD | OVERVIEW_MUTE)
#define IN_MAIN	 (JOINED | OVERVIEW_KERNEL)

static const struct generation {
	const char *sha256; /* of the script's text */
	unsigned does;
} generations[] = {
    /* 2020; some forks brought these into 19.07 */
    {"29830693f50a6f4d9a8b92b845159632a4a998c781c1041641dec5aff0276ccb", OVERVIEW_EMPTY},
    {"1756f3e9fa2e66177fd46de3e73f6ad71f28caebbc0994f4841e8ee5c5295cec", OVERVIEW_EMPTY},
    {"2fb8ef2631cff5050f60306f011f35d2f1b4a9ef5dc0a806ace27e4f06ddfcf8", IN_BOARD},
    {"dabed781a08106782ff752ff9c351319d656ff0dc091f42f761d5901830e8ef3", IN_BOARD},
    {"46f7b677525bb973d365225cb89a8cb577adfe53256036f792ec47f6f81f540c", IN_BOARD},
    {"7d338220155ef86d30896a279725742dcc1e17abe5c029c100299d1792d54521", IN_BOARD | OVERVIEW_DUMP},
    /* 21.02 and its release candidates, 22.03, 23.05 */
    {"ffc7ab911aa5367414027d173acc862e316b349b0c497c2dcc747c2255acfb17",
     OVERVIEW_EMPTY | OVERVIEW_PACKAGES | OVERVIEW_MUTE},
    {"47293bcb52491d68055797e1d05ad07a5a46bce572d320025920c3650c08bf91",
     OVERVIEW_KEEPS | OVERVIEW_PACKAGES | OVERVIEW_MUTE},
    {"78e9d7fa516a0939b739983475d3106084fea7a32cecec25a8ebede866e7fe86", JOINED | OVERVIEW_MUTE},
    {"da6d6b1f4de896c486003bde773839bca7367efbf8be506c5a0d5dcab80d40b0", JOINED | OVERVIEW_MUTE},
    /* main at the end of 2023 */
    {"dbfcc4e14859f7c3e183dd0928fecdbad7e788fa7f20ff7a81b0fd68c3000e47", JOINED},
    /* 23.05 and 24.10 since the end of 2024 */
    {"1c25b3634fcfb2cfe4497eedfc8246398b2faad73cacdae6a62611dba4ce539c", IN_MAIN},
    /* main of 2026 */
    {"39d8279eaf098a361197e8fc81062278d54d29b819b6e54a78c7e57c30911019",
     IN_MAIN | OVERVIEW_ARTIFACT},
    {"6826016f4f585d7cf189c42602677b1f5c888930246eb63af77de047f11be1ee",
     IN_MAIN | OVERVIEW_ARTIFACTS},
    {"fa777403b61c416ea15375ede61913905e3ebe2d792057a58b717dc273353a46",
     IN_MAIN | OVERVIEW_ARTIFACTS | OVERVIEW_ANY_NAME},
    {"2ab7bcb2dcbd80f72ca83af64d809fd3bf6c3f43467eb5d29cd2447cbc169f8d",
     IN_MAIN | OVERVIEW_ARTIFACTS | OVERVIEW_ANY_NAME | OVERVIEW_COMMIT},
};

static const struct generation *generation_of(struct str sha256)
{
	for (size_t i = 0; i < sizeof(generations) / sizeof(*generations); i++)
		if (str_is(sha256, generations[i].sha256))
			return &generations[i];
	return NULL;
}

static bool stands_for(struct str sha256)
{
	return generation_of(sha256) != NULL;
}

static cJSON *member(cJSON *v, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(v, name);
}

static cJSON *parse_file(struct overview *o, struct str path)
{
	struct blob *b = NULL;
	cJSON *v;

	if (files_read(o->cx->files, applet_path(o->cx, path), &b) != 0)
		return NULL;
	v = json_read(o->cx->mem, blob_flat(o->cx->mem, b));
	blob_unref(b);
	return v;
}

/* --- joining --- */

/* The present output when it is of the same version, else the first image's facts; false: it is
 * something else. */
static bool begin(struct overview *o, const cJSON *info)
{
	struct files_stat st;
	cJSON *old = NULL;
	const cJSON *was;

	if ((o->does & OVERVIEW_KEEPS) &&
	    files_stat(o->cx->files, applet_path(o->cx, o->output), &st) == 0) {
		old = parse_file(o, o->output);
		was = json_member(old, "version_code");
		if (was && cJSON_Compare(was, json_member(info, "version_code"), true)) {
			o->all = old;
			return true;
		}
		cJSON_Delete(old);
		if (!was && o->script)
			return false;
	}
	o->all = cJSON_Duplicate(info, true);
	cJSON_Delete(cJSON_DetachItemFromObjectCaseSensitive(o->all, "profiles"));
	cJSON_AddItemToObject(o->all, "profiles", cJSON_CreateObject());
	return true;
}

static void move_images(cJSON *to, cJSON *from)
{
	while (from && from->child)
		cJSON_AddItemToArray(to, cJSON_DetachItemViaPointer(from, from->child));
}

/* Take INFO's only profile over. */
static bool add(struct overview *o, cJSON *info)
{
	cJSON *profiles = member(o->all, "profiles");
	cJSON *profile = cJSON_DetachItemFromArray(member(info, "profiles"), 0);
	cJSON *known = member(profiles, profile->string);

	if (!known)
		return cJSON_AddItemToObject(profiles, str_cz(o->cx->mem, str_z(profile->string)),
					     profile);
	move_images(member(known, "images"), member(profile, "images"));
	cJSON_Delete(profile);
	return true;
}

static const char *name_of(const cJSON *image)
{
	const char *name = cJSON_GetStringValue(json_member(image, "name"));

	return name ? name : "";
}

/* One profile, and images of which each has a name. */
static bool are_profiles(const cJSON *profiles)
{
	const cJSON *profile, *image;

	if (!cJSON_IsObject(profiles))
		return false;
	cJSON_ArrayForEach(profile, profiles) {
		if (!cJSON_IsArray(json_member(profile, "images")))
			return false;
		cJSON_ArrayForEach(image, json_member(profile, "images"))
			if (!name_of(image)[0])
				return false;
	}
	return true;
}

static bool is_note(const cJSON *info)
{
	const cJSON *profiles = json_member(info, "profiles");

	return are_profiles(profiles) && cJSON_GetArraySize(profiles) == 1 &&
	       json_member(info, "version_code") && cJSON_IsString(json_member(info, "target")) &&
	       cJSON_GetArraySize(json_member(profiles->child, "images")) == 1;
}

/* Read all of WORK_DIR's *.json, in the order of their names; false after saying why not. */
static bool collect(struct overview *o, struct str work)
{
	struct strs names = {0};

	files_list(o->cx->files, o->cx->mem, applet_path(o->cx, work), &names);
	for (size_t i = 0; i < names.n; i++) {
		struct str path = path_join(o->cx->mem, work, names.p[i]);
		cJSON *info;
		bool good;

		if (!str_ends(names.p[i], S(".json")))
			continue;
		info = parse_file(o, path);
		good = is_note(info) && (o->all || begin(o, info)) &&
		       are_profiles(member(o->all, "profiles")) && add(o, info);
		cJSON_Delete(info);
		if (good)
			continue;
		if (!o->script)
			applet_say(o->cx, "%.*s: not the facts of an image", STR_ARG(path));
		return false;
	}
	return true;
}

/* --- repairs --- */

static bool has_file(struct overview *o, const char *name)
{
	struct str beside = path_join(o->cx->mem, path_dir(o->output), str_z(name));
	struct files_stat st;

	return files_stat(o->cx->files, applet_path(o->cx, beside), &st) == 0;
}

struct placed {
	cJSON *image;
	size_t at;
};

/* By name; of one name the last comes first. */
static int by_name(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int c = strcmp(name_of(x->image), name_of(y->image));

	return c ? c : x->at < y->at ? 1 : -1;
}

/* Once by name, the last one counts; sorted by name; only those that exist. */
static void tidy_images(struct overview *o, cJSON *profile)
{
	cJSON *images = member(profile, "images"), *image;
	VEC(struct placed) all = {0};
	size_t at = 0;

	while ((image = cJSON_DetachItemFromArray(images, 0)))
		*vec_push(o->cx->mem, &all) = (struct placed){image, at++};
	if (all.n)
		qsort(all.p, all.n, sizeof(*all.p), by_name);
	for (size_t i = 0; i < all.n; i++) {
		const char *name = name_of(all.p[i].image);
		cJSON *last = images->child ? images->child->prev : NULL;

		if ((last && strcmp(name_of(last), name) == 0) ||
		    (o->repairs && !has_file(o, name)))
			cJSON_Delete(all.p[i].image);
		else
			cJSON_AddItemToArray(images, all.p[i].image);
	}
}

static void tidy(struct overview *o)
{
	cJSON *profiles = member(o->all, "profiles"), *next;

	for (cJSON *p = profiles->child; p; p = next) {
		next = p->next;
		tidy_images(o, p);
		if (o->repairs && !member(p, "images")->child)
			cJSON_Delete(cJSON_DetachItemViaPointer(profiles, p));
	}
}

/* --- the run --- */

/* The text of the output; unset when it can't be written as the script would. */
static struct str written(struct overview *o)
{
	struct buf out = buf_new(o->cx->mem);

	return json_put_value(&out, o->all, true) ? buf_view(&out) : (struct str){0};
}

static int write_output(struct overview *o, struct str text)
{
	struct blob *b = blob_copy(text.p, text.n);
	bool good = applet_write(o->cx, o->output, b);

	blob_unref(b);
	return applet_status(o->cx, good ? 0 : 1);
}

/* The exit status, or APPLET_DECLINE. */
static int finish(struct overview *o)
{
	struct str text;

	tidy(o);
	if (!overview_add_asked(o))
		return o->script ? applet_decline(o->cx) : 1;
	text = written(o);
	return text.p ? write_output(o, text) : applet_decline(o->cx);
}

static int nothing(struct overview *o)
{
	if (!(o->does & OVERVIEW_EMPTY))
		return applet_decline(o->cx);
	applet_out(o->cx, S("JSON info file script could not find any JSON files for target\n"));
	return applet_status(o->cx, 0);
}

static int join(struct overview *o)
{
	struct str work = env_get(o->cx->env, S("WORK_DIR"));
	int status = 1;

	if (work.n == 0 || o->cx->argc != 2 || !o->cx->argv[1].n || str_is(o->cx->argv[1], "-"))
		return applet_decline(o->cx);
	o->output = o->cx->argv[1];
	if (collect(o, work))
		status = o->all ? finish(o) : nothing(o);
	else if (o->script)
		status = applet_decline(o->cx);
	cJSON_Delete(o->all);
	return status;
}

/* --tidy FILE: the repairs for a profiles.json as it stands. One that is written in another way is
 * left alone. */
static int tidy_file(struct overview *o)
{
	struct str before, after;
	struct blob *b = NULL;
	int status = 0;

	o->output = o->cx->argv[2];
	if (!o->repairs || files_read(o->cx->files, applet_path(o->cx, o->output), &b) != 0)
		return 0;
	before = str_dup(o->cx->mem, blob_flat(o->cx->mem, b));
	blob_unref(b);
	o->all = json_read(o->cx->mem, before);
	if (are_profiles(json_member(o->all, "profiles"))) {
		tidy(o);
		after = written(o);
		if (after.p && !str_eq(before, after))
			status = write_output(o, after);
	}
	cJSON_Delete(o->all);
	return status;
}

static bool wants_repairs(struct applet_cx *cx)
{
	return !str_is(env_get(cx->env, S("IMAGEMK_REPAIRS")), "0");
}

static int run(struct applet_cx *cx)
{
	struct applet_cx inner = *cx;
	struct overview o = {.cx = &inner, .does = IN_MAIN, .repairs = wants_repairs(cx)};
	const struct generation *is;
	struct str sha256;

	if (cx->argc == 3 && str_is(cx->argv[1], "--tidy"))
		return tidy_file(&o);
	if (json_as(&inner, &sha256)) {
		is = generation_of(sha256);
		if (!is)
			return applet_decline(cx);
		o.does = is->does;
	}
	return join(&o);
}

static int run_script(struct applet_cx *cx)
{
	const struct generation *is = generation_of(applet_script(cx));
	struct overview o = {
	    .cx = cx, .does = is ? is->does : 0, .script = true, .repairs = wants_repairs(cx)};

	return is && o.repairs ? join(&o) : applet_decline(cx);
}

const struct applet applet_json_overview_image_info = {
	.name = "json_overview_image_info",
	.help = help,
	.run = run,
};

const struct applet applet_json_overview_image_info_py = {
	.name = "json_overview_image_info.py",
	.help = help,
	.run = run_script,
	.stands_for = stands_for,
};
