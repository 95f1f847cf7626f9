/* SPDX-License-Identifier: GPL-2.0-only */
/* How imagemk diff tells a difference, as lines or as JSON. */
#include "cli/diff.h"

#include <stdio.h>


void diff_json_key(struct buf *out, const char *key, struct str s)
{
	buf_fmt(out, "\"%s\": ", key);
	if (s.p)
		json_string(out, s);
	else
		buf_z(out, "null");
}

static struct str or_none(struct str s)
{
	return s.p ? s : S("-");
}

static void put_change(struct buf *out, const struct firmware_difference *d, int indent)
{
	struct str old = or_none(d->old), new = or_none(d->new);

	buf_fmt(out, "%*s", indent, "");
	switch (d->kind) {
	case DIFFERS_ADDED: buf_fmt(out, "added: %.*s\n", STR_ARG(new)); break;
	case DIFFERS_REMOVED: buf_fmt(out, "removed: %.*s\n", STR_ARG(old)); break;
	case DIFFERS_FORMAT:
		buf_fmt(out, "format: %.*s -> %.*s\n", STR_ARG(old), STR_ARG(new));
		break;
	case DIFFERS_SIZE:
		buf_fmt(out, "size: %.*s -> %.*s bytes\n", STR_ARG(old), STR_ARG(new));
		break;
	case DIFFERS_FIELD:
		buf_fmt(out, "%.*s: %.*s -> %.*s\n", STR_ARG(d->name), STR_ARG(old), STR_ARG(new));
		break;
	case DIFFERS_CHECK:
		buf_fmt(out, "%s: %.*s\n", d->old.p ? "BAD before" : "BAD now",
			STR_ARG(d->old.p ? old : new));
		break;
	case DIFFERS_BYTES: buf_fmt(out, "bytes: %.*s\n", STR_ARG(new)); break;
	case DIFFERS_FILE_ADDED:
		buf_fmt(out, "+ %.*s (%.*s)\n", STR_ARG(d->name), STR_ARG(new));
		break;
	case DIFFERS_FILE_REMOVED:
		buf_fmt(out, "- %.*s (%.*s)\n", STR_ARG(d->name), STR_ARG(old));
		break;
	case DIFFERS_FILE:
		buf_fmt(out, "~ %.*s: %.*s -> %.*s\n", STR_ARG(d->name), STR_ARG(old),
			STR_ARG(new));
		break;
	case DIFFERS_LINE_ADDED: buf_fmt(out, "+ %.*s\n", STR_ARG(new)); break;
	case DIFFERS_LINE_REMOVED: buf_fmt(out, "- %.*s\n", STR_ARG(old)); break;
	case DIFFERS_UNREAD:
		buf_fmt(out, "not compared: %.*s%s%.*s\n", STR_ARG(d->name), d->name.n ? ": " : "",
			STR_ARG(new));
		break;
	}
}

void diff_text(struct buf *out, const struct firmware_differences *d, int indent)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct firmware_difference *one = &d->p[i];

		if (one->where.n && (i == 0 || !str_eq(one->where, d->p[i - 1].where)))
			buf_fmt(out, "%*s%.*s\n", indent, "", STR_ARG(one->where));
		put_change(out, one, indent + (one->where.n ? 2 : 0));
	}
}

void diff_json(struct buf *out, const struct firmware_differences *d)
{
	buf_char(out, '[');
	for (size_t i = 0; i < d->n; i++) {
		const struct firmware_difference *one = &d->p[i];

		buf_fmt(out, "%s\n    {\"kind\": \"%s\", ", i ? "," : "",
			firmware_differs_name(one->kind));
		diff_json_key(out, "where", one->where);
		buf_z(out, ", ");
		diff_json_key(out, "name", one->name.n ? one->name : (struct str){NULL, 0});
		buf_z(out, ", ");
		diff_json_key(out, "old", one->old);
		buf_z(out, ", ");
		diff_json_key(out, "new", one->new);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}
