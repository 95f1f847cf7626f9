/* SPDX-License-Identifier: GPL-2.0-only */
/* A report that an earlier run wrote, read back for people. */
#include <cjson/cJSON.h>

#include <unistd.h>

#include "base/path.h"
#include "image/internal.h"

static struct str text_of(struct arena *mem, const cJSON *from, const char *name)
{
	return str_dup(mem,
		       str_z(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(from, name))));
}

/* A number below 2^53, which a JSON number holds exactly; anything else is 0. */
static uint64_t number_of(const cJSON *from, const char *name)
{
	double d = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(from, name));

	return d >= 0 && d < 9007199254740992.0 ? (uint64_t)d : 0;
}

static double seconds_of(const cJSON *image)
{
	double d = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(image, "seconds"));

	return d >= 0 && d < 1e9 ? d : 0;
}

static void read_layout(struct report *r, struct image_verdict *v, const cJSON *list)
{
	const cJSON *part;

	cJSON_ArrayForEach(part, list) * vec_push(r->mem, &v->layout) =
	    (struct step_part){number_of(part, "offset"), number_of(part, "size"),
			       text_of(r->mem, part, "step"), (unsigned)number_of(part, "number")};
}

static void read_image(struct report *r, const cJSON *device, const cJSON *image)
{
	struct image_verdict *v = vec_push(r->mem, &r->images);
	struct str status = text_of(r->mem, image, "status");

	*v = (struct image_verdict){.seconds = seconds_of(image)};
	v->device = str_dup(r->mem, str_z(device->string));
	v->title = text_of(r->mem, device, "name");
	v->board = text_of(r->mem, device, "target");
	v->file = text_of(r->mem, image, "name");
	v->filesystem = text_of(r->mem, image, "filesystem");
	v->size = number_of(image, "size");
	v->limit = number_of(image, "limit");
	v->over = number_of(image, "over");
	v->step = text_of(r->mem, image, "step");
	v->place = text_of(r->mem, image, "place");
	v->command = text_of(r->mem, image, "command");
	v->message = text_of(r->mem, image, "message");
	read_layout(r, v, cJSON_GetObjectItemCaseSensitive(image, "layout"));
	v->verdict = VERDICT_FAILED;
	for (int k = VERDICT_BUILT; k < VERDICTS; k++)
		if (str_is(status, report_verdict_name((enum verdict)k)))
			v->verdict = (enum verdict)k;
}

struct report *report_read(struct str json)
{
	cJSON *top = cJSON_ParseWithLength(json.p, json.n), *device, *image;
	struct report_options options = {0};
	struct report *r = NULL;

	if (number_of(top, "report_version") == 1) {
		r = report_new(&options);
		cJSON_ArrayForEach(device, cJSON_GetObjectItemCaseSensitive(top, "profiles"))
		    cJSON_ArrayForEach(image, cJSON_GetObjectItemCaseSensitive(device, "images"))
			read_image(r, device, image);
	}
	cJSON_Delete(top);
	return r;
}

static const struct image_verdict *image_of(const struct report *r, const struct image_verdict *v)
{
	for (size_t i = 0; r && i < r->images.n; i++)
		if (str_eq(r->images.p[i].file, v->file) &&
		    str_eq(r->images.p[i].device, v->device))
			return &r->images.p[i];
	return NULL;
}

static void take_over(struct arena *mem, struct image_verdict *v, const struct image_verdict *was)
{
	v->verdict = was->verdict;
	v->size = v->kept == KEPT_GONE ? was->size : v->size;
	v->limit = was->limit;
	v->over = was->over;
	v->step = str_dup(mem, was->step);
	v->place = str_dup(mem, was->place);
	v->command = str_dup(mem, was->command);
	v->message = str_dup(mem, was->message);
}

static void take_layout(struct arena *mem, struct image_verdict *v, const struct image_verdict *was)
{
	for (size_t i = 0; i < was->layout.n; i++) {
		struct step_part p = was->layout.p[i];

		p.step = str_dup(mem, p.step);
		*vec_push(mem, &v->layout) = p;
	}
}

bool report_part(const struct report *r, struct str device, struct str file, size_t i,
		 uint64_t *offset, uint64_t *size, struct str *step, unsigned *number)
{
	for (size_t k = 0; k < r->images.n; k++) {
		const struct image_verdict *v = &r->images.p[k];

		if (!str_eq(v->device, device) || !str_eq(v->file, file))
			continue;
		if (i >= v->layout.n)
			return false;
		*offset = v->layout.p[i].offset;
		*size = v->layout.p[i].size;
		*step = v->layout.p[i].step;
		*number = v->layout.p[i].number;
		return true;
	}
	return false;
}

/* An image is there, but what was to bring it into DIR did not; that, too, was left out. */
static bool is_outside(struct arena *mem, const struct image_verdict *v,
		       const struct image_verdict *was, struct str dir)
{
	return (was->verdict == VERDICT_IGNORED || was->verdict == VERDICT_FAILED) && dir.n &&
	       access(str_cz(mem, path_join(mem, dir, v->file)), F_OK) != 0;
}

void report_recall(struct report *r, struct str old, struct str dir)
{
	struct report *before = old.n ? report_read(old) : NULL;

	for (size_t i = 0; i < r->images.n; i++) {
		struct image_verdict *v = &r->images.p[i];
		const struct image_verdict *was = v->kept ? image_of(before, v) : NULL;

		if (was && v->kept == KEPT_THERE && was->size == v->size)
			take_layout(r->mem, v, was);
		if (v->kept == KEPT_GONE)
			v->verdict = VERDICT_DROPPED; /* by a recipe that did not fail */
		if (was && (v->kept == KEPT_GONE
				? was->verdict == VERDICT_DROPPED
				: v->verdict == VERDICT_BUILT && is_outside(r->mem, v, was, dir)))
			take_over(r->mem, v, was);
	}
	if (before)
		report_free(before);
}

static const char *verdict_text(enum verdict v)
{
	static const char *const texts[VERDICTS] = {
		"was built", "was dropped", "could not be built",
		"was built, but did not reach BIN_DIR; make was told to ignore that",
	};

	return texts[v];
}

/* "FILE:LINE: *** a.bin failed" and what is known of it. */
static void put_reason(struct buf *b, const struct image_verdict *v)
{
	if (v->place.n)
		buf_fmt(b, "%.*s: ", STR_ARG(v->place));
	if (v->verdict == VERDICT_DROPPED)
		buf_fmt(b, "*** %.*s\n", STR_ARG(report_reason(b->mem, v)));
	else
		buf_fmt(b, "*** %.*s %s\n", STR_ARG(v->file), verdict_text(v->verdict));
	buf_fmt(b, "  of %.*s\n", STR_ARG(v->title.n ? v->title : v->device));
	if (v->step.n)
		buf_fmt(b, "  in %.*s\n", STR_ARG(v->step));
	if (v->command.n)
		buf_fmt(b, "  command: %.*s\n", STR_ARG(v->command));
	for (struct str rest = str_trim(v->message), line;
	     v->message.n && str_split(&rest, '\n', &line);)
		buf_fmt(b, "  said: %.*s\n", STR_ARG(str_trim(line)));
}

struct str report_show(struct report *r, struct arena *mem, bool colour)
{
	struct buf b = buf_new(mem);

	buf_str(&b, report_table(r, mem, colour, false));
	for (size_t i = 0; i < r->images.n; i++)
		if (r->images.p[i].verdict != VERDICT_BUILT)
			put_reason(&b, &r->images.p[i]);
	return buf_view(&b);
}
