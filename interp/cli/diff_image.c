/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk diff of two images. */
#include "cli/diff.h"

#include <stdio.h>

#include "cli/image_file.h"

static bool open_image(struct diff_run *r, struct image_file *f, const struct diff_side *side)
{
	if (image_file_open(r->mem, f, side->path))
		return true;
	fprintf(stderr, "imagemk diff: %.*s: %s\n", STR_ARG(side->path), f->why);
	return false;
}

static void put(struct diff_run *r, const struct diff_side *old, const struct diff_side *new,
		const struct firmware_differences *d, const char *left_out)
{
	if (!r->json) {
		if (d->n)
			buf_fmt(&r->out, "%.*s and %.*s differ\n", STR_ARG(old->given),
				STR_ARG(new->given));
		diff_text(&r->out, d, 2);
		if (left_out && d->n)
			buf_fmt(&r->out, "  not all was looked at: %s\n", left_out);
		return;
	}
	buf_z(&r->out, "{\"diff_version\": 1, \"kind\": \"images\", ");
	diff_json_key(&r->out, "old", old->given);
	buf_z(&r->out, ", ");
	diff_json_key(&r->out, "new", new->given);
	buf_fmt(&r->out, ", \"differs\": %s,\n  ", d->n ? "true" : "false");
	diff_json_key(&r->out, "left_out", str_z(left_out));
	buf_z(&r->out, ",\n  \"changes\": ");
	diff_json(&r->out, d);
	buf_z(&r->out, "}\n");
}

int diff_images(struct diff_run *r, const struct diff_side *old, const struct diff_side *new)
{
	struct image_file a, b;
	struct firmware_differences d = {0};
	const char *left_out;

	if (!open_image(r, &a, old))
		return EXIT_USAGE;
	if (!open_image(r, &b, new)) {
		image_file_close(&a);
		return EXIT_USAGE;
	}
	firmware_differ(r->mem, firmware_top(a.walk), firmware_top(b.walk), &d);
	left_out =
	    firmware_left_out(a.walk) ? firmware_left_out(a.walk) : firmware_left_out(b.walk);
	put(r, old, new, &d, left_out);
	image_file_close(&a);
	image_file_close(&b);
	return d.n ? EXIT_PROBLEM : EXIT_GOOD;
}
