/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What two JSON texts (profiles.json) differ in, as fields named by their path. Members go by name,
 * what is in a list by its "name" or its place, lists of strings by what only one of them has.
 */
#include <cjson/cJSON.h>

#include <string.h>

#include "firmware/differ_internal.h"

enum { MOST_DEPTH = 32, MOST_ITEMS = 4000 };

struct json_differ {
	struct differ *d;
	struct str where;
	bool too_much;		/* larger or deeper than is compared */
};

static void compare(struct json_differ *j, const cJSON *old, const cJSON *new, struct str path,
		    int depth);

static struct str text_of(struct json_differ *j, const cJSON *value)
{
	char *text = cJSON_IsString(value) ? NULL : value ? cJSON_PrintUnformatted(value) : NULL;
	struct str s = {NULL, 0};

	if (cJSON_IsString(value))
		s = str_dup(j->d->mem, str_z(value->valuestring));
	else if (text)
		s = str_dup(j->d->mem, str_z(text));
	cJSON_free(text);
	return s;
}

static void say(struct json_differ *j, const cJSON *old, const cJSON *new, struct str path)
{
	differ_say(j->d, DIFFERS_FIELD, j->where, path, text_of(j, old), text_of(j, new));
}

static struct str below(struct json_differ *j, struct str path, const char *name)
{
	return path.n ? str_fmt(j->d->mem, "%.*s.%s", STR_ARG(path), name)
		      : str_dup(j->d->mem, str_z(name));
}

static void compare_members(struct json_differ *j, const cJSON *old, const cJSON *new,
			    struct str path, int depth)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, old)
	    compare(j, item, cJSON_GetObjectItemCaseSensitive(new, item->string),
		    below(j, path, item->string), depth + 1);
	cJSON_ArrayForEach(item, new)
	{
		if (!cJSON_GetObjectItemCaseSensitive(old, item->string))
			say(j, NULL, item, below(j, path, item->string));
	}
}

static bool all_strings(const cJSON *list)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item))
			return false;
	}
	return true;
}

static bool has_string(const cJSON *list, const char *text)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (strcmp(item->valuestring, text) == 0)
			return true;
	}
	return false;
}

static void compare_strings(struct json_differ *j, const cJSON *old, const cJSON *new,
			    struct str path)
{
	size_t before = j->d->out->n;
	const cJSON *item;

	cJSON_ArrayForEach(item, old)
	{
		if (!has_string(new, item->valuestring))
			say(j, item, NULL, path);
	}
	cJSON_ArrayForEach(item, new)
	{
		if (!has_string(old, item->valuestring))
			say(j, NULL, item, path);
	}
	/* Only their order. */
	if (j->d->out->n == before && !cJSON_Compare(old, new, true))
		say(j, old, new, path);
}

static const char *name_of(const cJSON *item)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "name"));
}

/* What stands in LIST for ITEM, which is at PLACE of another one. */
static const cJSON *like(const cJSON *list, const cJSON *item, int place)
{
	const char *name = name_of(item), *other;
	const cJSON *one;

	if (!name)
		return cJSON_GetArrayItem(list, place);
	cJSON_ArrayForEach(one, list)
	{
		other = name_of(one);
		if (other && strcmp(name, other) == 0)
			return one;
	}
	return NULL;
}

static struct str item_path(struct json_differ *j, struct str path, const cJSON *item, int place)
{
	const char *name = name_of(item);

	return name ? str_fmt(j->d->mem, "%.*s[%s]", STR_ARG(path), name)
		    : str_fmt(j->d->mem, "%.*s[%d]", STR_ARG(path), place);
}

static void compare_items(struct json_differ *j, const cJSON *old, const cJSON *new,
			  struct str path, int depth)
{
	const cJSON *item;
	int place = 0;

	cJSON_ArrayForEach(item, old)
	{
		compare(j, item, like(new, item, place), item_path(j, path, item, place),
			depth + 1);
		place++;
	}
	place = 0;
	cJSON_ArrayForEach(item, new)
	{
		if (!like(old, item, place))
			say(j, NULL, item, item_path(j, path, item, place));
		place++;
	}
}

static void compare(struct json_differ *j, const cJSON *old, const cJSON *new, struct str path,
		    int depth)
{
	bool lists = cJSON_IsArray(old) && cJSON_IsArray(new);

	if (depth > MOST_DEPTH || cJSON_GetArraySize(old) > MOST_ITEMS ||
	    cJSON_GetArraySize(new) > MOST_ITEMS) {
		j->too_much = true;
		return;
	}
	if (cJSON_IsObject(old) && cJSON_IsObject(new))
		compare_members(j, old, new, path, depth);
	else if (lists && all_strings(old) && all_strings(new))
		compare_strings(j, old, new, path);
	else if (lists)
		compare_items(j, old, new, path, depth);
	else if (!new || !cJSON_Compare(old, new, true))
		say(j, old, new, path);
}

bool differ_json(struct differ *d, struct str old, struct str new, struct str where)
{
	struct json_differ j = {.d = d, .where = where};
	size_t before = d->out->n;
	cJSON *a = NULL, *b = NULL;

	if (old.n && new.n && (old.p[0] == '{' || old.p[0] == '['))
		a = cJSON_ParseWithLength(old.p, old.n);
	if (a)
		b = cJSON_ParseWithLength(new.p, new.n);
	if (a && b && cJSON_IsObject(a) == cJSON_IsObject(b))
		compare(&j, a, b, S(""), 0);
	cJSON_Delete(a);
	cJSON_Delete(b);
	if (j.too_much)
		d->out->n = before;
	return d->out->n != before;
}
