/* SPDX-License-Identifier: GPL-2.0-only */
/* The report's two forms: JSON for programs, a table for people. */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "image/internal.h"

const char *report_verdict_name(enum verdict v)
{
	static const char *const names[VERDICTS] = {"built", "dropped", "failed", "ignored"};

	return names[v];
}

static void add_str(struct arena *mem, cJSON *to, const char *name, struct str s)
{
	if (s.n)
		cJSON_AddStringToObject(to, name, str_cz(mem, s));
}

static uint64_t over_limit(const struct image_verdict *v)
{
	return v->over ? v->over : v->limit && v->size > v->limit ? v->size - v->limit : 0;
}

static void add_layout(struct arena *mem, cJSON *to, const struct image_verdict *v)
{
	cJSON *list = v->layout.n ? cJSON_AddArrayToObject(to, "layout") : NULL;

	for (size_t i = 0; i < v->layout.n; i++) {
		const struct step_part *p = &v->layout.p[i];
		cJSON *j = cJSON_CreateObject();

		cJSON_AddNumberToObject(j, "offset", (double)p->offset);
		cJSON_AddNumberToObject(j, "size", (double)p->size);
		add_str(mem, j, "step", p->step);
		if (p->number)
			cJSON_AddNumberToObject(j, "number", p->number);
		cJSON_AddItemToArray(list, j);
	}
}

static cJSON *image_json(struct arena *mem, const struct image_verdict *v)
{
	cJSON *j = cJSON_CreateObject();

	add_str(mem, j, "name", v->file);
	add_str(mem, j, "filesystem", v->filesystem);
	cJSON_AddStringToObject(j, "status", report_verdict_name(v->verdict));
	if (v->size || v->verdict != VERDICT_DROPPED)
		cJSON_AddNumberToObject(j, "size", (double)v->size);
	if (v->limit)
		cJSON_AddNumberToObject(j, "limit", (double)v->limit);
	if (over_limit(v))
		cJSON_AddNumberToObject(j, "over", (double)over_limit(v));
	else if (v->limit && v->verdict != VERDICT_DROPPED)
		cJSON_AddNumberToObject(j, "left", (double)(v->limit - v->size));
	if (v->kept)
		cJSON_AddTrueToObject(j, "unchanged");
	cJSON_AddRawToObject(j, "seconds", str_fmt(mem, "%.3f", v->seconds).p);
	add_str(mem, j, "step", v->step);
	add_str(mem, j, "place", v->place);
	add_str(mem, j, "command", v->command);
	add_str(mem, j, "message", v->message);
	add_layout(mem, j, v);
	return j;
}

/* The object of V's device in DEVICES. */
static cJSON *device_json(struct arena *mem, cJSON *devices, const struct image_verdict *v)
{
	char *id = str_cz(mem, v->device);
	cJSON *d = cJSON_GetObjectItemCaseSensitive(devices, id);

	if (!d) {
		d = cJSON_AddObjectToObject(devices, id);
		cJSON_AddStringToObject(d, "id", id);
		add_str(mem, d, "name", v->title);
		add_str(mem, d, "target", v->board);
		cJSON_AddStringToObject(d, "status", "built");
		cJSON_AddArrayToObject(d, "images");
	}
	return d;
}

static int severity(const cJSON *image)
{
	static const enum verdict order[] = {VERDICT_BUILT, VERDICT_IGNORED, VERDICT_DROPPED,
					     VERDICT_FAILED};
	struct str status =
	    str_z(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(image, "status")));

	for (int i = 0; i < VERDICTS; i++)
		if (str_is(status, report_verdict_name(order[i])))
			return i;
	return 0;
}

/* A device's verdict is the worst of its images, of this run and of earlier ones. */
static void put_verdicts(cJSON *devices)
{
	cJSON *d, *image;

	cJSON_ArrayForEach(d, devices) {
		const cJSON *worst = NULL;

		cJSON_ArrayForEach(image, cJSON_GetObjectItemCaseSensitive(d, "images"))
			if (!worst || severity(image) > severity(worst))
				worst = image;
		cJSON_ReplaceItemInObjectCaseSensitive(
			d, "status",
			cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(worst, "status"), false));
	}
}

/* Was IMAGE (of an older report) made anew in this run? */
static bool made_now(const struct report *r, const cJSON *image)
{
	const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(image, "name"));

	for (size_t i = 0; i < r->images.n; i++)
		if (name && str_is(r->images.p[i].file, name))
			return true;
	return !name;
}

/* What the last run said of images that this one found up to date stays true. */
static void keep_old(const struct report *r, cJSON *devices, struct str old)
{
	cJSON *was = old.n ? cJSON_ParseWithLength(old.p, old.n) : NULL, *d, *image;

	cJSON_ArrayForEach(d, cJSON_GetObjectItemCaseSensitive(was, "profiles")) {
		cJSON *copy = cJSON_Duplicate(d, 1);
		cJSON *images = cJSON_GetObjectItemCaseSensitive(copy, "images"), *next;

		for (image = images ? images->child : NULL; image; image = next) {
			next = image->next;
			if (made_now(r, image))
				cJSON_Delete(cJSON_DetachItemViaPointer(images, image));
		}
		if (cJSON_GetArraySize(images))
			cJSON_AddItemToObject(devices, d->string, copy);
		else
			cJSON_Delete(copy);
	}
	cJSON_Delete(was);
}

struct str report_json(struct report *r, struct arena *mem, struct str old, int status)
{
	cJSON *top = cJSON_CreateObject(), *devices;
	struct str text;
	char *z;

	cJSON_AddNumberToObject(top, "report_version", 1);
	cJSON_AddNumberToObject(top, "exit_status", status);
	if (r->images.n)
		add_str(mem, top, "target", r->images.p[0].board);
	devices = cJSON_AddObjectToObject(top, "profiles");
	keep_old(r, devices, old);
	for (size_t i = 0; i < r->images.n; i++) {
		const struct image_verdict *v = &r->images.p[i];
		cJSON *d = device_json(mem, devices, v);

		cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(d, "images"),
				     image_json(mem, v));
	}
	put_verdicts(devices);
	z = cJSON_Print(top);
	text = str_fmt(mem, "%s\n", z ? z : "{}");
	free(z);
	cJSON_Delete(top);
	return text;
}

static struct str room_left(struct arena *mem, const struct image_verdict *v)
{
	if (over_limit(v))
		return str_fmt(mem, "%llu over", (unsigned long long)over_limit(v));
	if (!v->limit || v->verdict == VERDICT_DROPPED)
		return S("-");
	return str_fmt(mem, "%llu", (unsigned long long)(v->limit - v->size));
}

static const char *verdict_colour(enum verdict v)
{
	return v == VERDICT_BUILT ? "\033[32m" : v == VERDICT_DROPPED ? "\033[33m" : "\033[31m";
}

/* How wide the columns are that have names. */
struct widths {
	int device, file;
};

static bool is_shown(const struct image_verdict *v, bool brief)
{
	return !brief || v->verdict != VERDICT_BUILT;
}

static void put_row(struct buf *b, const struct image_verdict *v, struct widths w, bool colour)
{
	struct str size = v->size || v->verdict != VERDICT_DROPPED
			      ? str_fmt(b->mem, "%llu", (unsigned long long)v->size)
			      : S("-");
	struct str limit =
	    v->limit ? str_fmt(b->mem, "%llu", (unsigned long long)v->limit) : S("-");

	buf_fmt(b, "%-*.*s  %-*.*s  %s%-7s%s  %10.*s  %10.*s  %14.*s  %6.2fs\n", w.device,
		STR_ARG(v->device), w.file, STR_ARG(v->file),
		colour ? verdict_colour(v->verdict) : "", report_verdict_name(v->verdict),
		colour ? "\033[0m" : "", STR_ARG(size), STR_ARG(limit),
		STR_ARG(room_left(b->mem, v)), v->seconds);
}

struct str report_table(struct report *r, struct arena *mem, bool colour, bool brief)
{
	struct buf b = buf_new(mem);
	struct widths w = {6, 5};
	size_t count[VERDICTS] = {0}, shown = 0;

	for (size_t i = 0; i < r->images.n; i++) {
		const struct image_verdict *v = &r->images.p[i];

		w.device = (int)v->device.n > w.device ? (int)v->device.n : w.device;
		w.file = (int)v->file.n > w.file ? (int)v->file.n : w.file;
		count[v->verdict]++;
		shown += is_shown(v, brief);
	}
	if (shown || !brief)
		buf_fmt(&b, "%-*s  %-*s  %-7s  %10s  %10s  %14s  %7s\n", w.device, "device", w.file,
			"image", "status", "size", "limit", "room left", "time");
	for (size_t i = 0; i < r->images.n; i++)
		if (is_shown(&r->images.p[i], brief))
			put_row(&b, &r->images.p[i], w, colour);
	buf_count(&b, r->images.n, "image");
	buf_fmt(&b, ": %zu built, %zu dropped, %zu failed", count[VERDICT_BUILT],
		count[VERDICT_DROPPED], count[VERDICT_FAILED]);
	if (count[VERDICT_IGNORED])
		buf_fmt(&b, ", %zu ignored", count[VERDICT_IGNORED]);
	buf_char(&b, '\n');
	return buf_view(&b);
}
