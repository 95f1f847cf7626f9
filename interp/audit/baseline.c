/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings that are known: what an earlier audit wrote as JSON. One is told by its rule, file, text
 * and device, not by its line, so that what only moved does not return; of two that are the same in
 * all that, each counts.
 */
#include <cjson/cJSON.h>

#include "audit/audit.h"
#include "base/map.h"

static struct str text_of(const cJSON *from, const char *name)
{
	return str_z(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(from, name)));
}

/* How many are known of RULE, FILE, MESSAGE and DEVICE (empty: of no device). */
static size_t *count_at(struct map *known, struct arena *mem, struct str rule, struct str file,
			struct str message, struct str device)
{
	void **at = map_at(known, str_fmt(mem, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(rule),
					  STR_ARG(file), STR_ARG(device), STR_ARG(message)));

	if (!*at)
		*at = arena_make(mem, size_t);
	return *at;
}

static struct map *read_known(struct arena *mem, const cJSON *list)
{
	struct map *known = map_new(mem);
	const cJSON *f, *device;

	cJSON_ArrayForEach(f, list) {
		const cJSON *devices = cJSON_GetObjectItemCaseSensitive(f, "devices");
		struct str file = text_of(cJSON_GetObjectItemCaseSensitive(f, "place"), "file"),
			   rule = text_of(f, "rule");

		cJSON_ArrayForEach(device, devices)++ *count_at(
		    known, mem, rule, file, text_of(f, "message"),
		    str_z(cJSON_GetStringValue(device)));
		if (!cJSON_GetArraySize(devices))
			++*count_at(known, mem, rule, file, text_of(f, "message"), S(""));
	}
	return known;
}

static bool take(struct map *known, struct arena *mem, const struct finding *f, struct str device)
{
	size_t *n = count_at(known, mem, str_z(f->rule->id), f->at.file, f->message, device);

	if (!*n)
		return false;
	--*n;
	return true;
}

/* F without the devices that are known; is nothing left of it? */
static bool is_known(struct map *known, struct arena *mem, struct finding *f)
{
	size_t n = 0;

	if (!f->devices.n)
		return take(known, mem, f, S(""));
	for (size_t i = 0; i < f->devices.n; i++)
		if (!take(known, mem, f, f->devices.p[i]))
			f->devices.p[n++] = f->devices.p[i];
	f->devices.n = n;
	return n == 0;
}

bool findings_baseline(struct findings *all, struct arena *mem, struct str json)
{
	cJSON *top = cJSON_ParseWithLength(json.p, json.n);
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(top, "findings");
	bool good =
	    cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(top, "audit_version")) == 1 &&
	    cJSON_IsArray(list);
	struct map *known = good ? read_known(mem, list) : NULL;
	size_t n = 0;

	for (size_t i = 0; good && i < all->n; i++)
		if (!is_known(known, mem, all->p[i]))
			all->p[n++] = all->p[i];
	if (good)
		all->n = n;
	cJSON_Delete(top);
	return good;
}
