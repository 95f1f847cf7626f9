/* SPDX-License-Identifier: GPL-2.0-only */
/* Makefile text as logical lines, and what line of which file each byte of it stands on. */
#include "make/program.h"

#include <string.h>

/* Is the newline at I quoted by the backslashes in front of it (not before FROM)? */
static bool continues(struct str s, size_t from, size_t i)
{
	size_t slashes = 0;

	while (i - slashes > from && s.p[i - slashes - 1] == '\\')
		slashes++;
	return slashes % 2;
}

/* GNU make counts newlines; a continued line that ends with the file has one less than it has
 * lines. */
static unsigned lines_at_end(const struct source *src, unsigned lines)
{
	return lines > 1 && src->text.p[src->text.n - 1] != '\n' ? lines - 1 : lines;
}

/* The next line of a script. */
static bool script_next(struct source *src, struct str *raw)
{
	const struct script_line *line;

	if (src->next >= src->script->lines.n) {
		if (src->next) {
			line = &src->script->lines.p[src->next - 1];
			src->at.line = line->number + lines_at_end(src, line->lines);
		}
		src->lines = 0;
		return false;
	}
	line = &src->script->lines.p[src->next++];
	src->start = line->from;
	src->at.line = line->number;
	src->lines = line->lines;
	*raw = (struct str){src->text.p + line->from, line->n};
	return true;
}

bool source_line(struct source *src, struct str *raw)
{
	size_t bol = src->pos, end;

	if (src->script)
		return script_next(src, raw);
	if (src->is_file)
		src->at.line += src->pos < src->text.n ? src->lines : lines_at_end(src, src->lines);
	src->lines = 0;
	if (src->pos >= src->text.n)
		return false;
	src->start = src->pos;
	do {
		ptrdiff_t eol = str_chr(str_from(src->text, bol), '\n');

		src->lines++;
		end = eol < 0 ? src->text.n : bol + (size_t)eol;
		if (end >= src->text.n || !continues(src->text, bol, end))
			break;
		bol = end + 1;
		if (bol >= src->text.n)
			end = bol;
	} while (bol < src->text.n);
	src->pos = end < src->text.n ? end + 1 : src->text.n;
	*raw = str_sub(src->text, src->start, end - src->start);
	return true;
}

void source_put(const struct source *src, struct str raw, struct tbuf *out)
{
	size_t from = (size_t)(raw.p - src->text.p);

	if (out->want && src->is_file) {
		tbuf_mark(out,
			  &(struct make_span){.in = src->file, .off = from, .trail = src->trail});
		tbuf_str(out, raw);
		return;
	}
	/* RAW is of the logical line, whose spans are not before SPAN */
	if (src->n_spans && out->want)
		tbuf_part(out,
			  (struct make_text){src->text, src->span,
					     src->n_spans - (size_t)(src->span - src->spans)},
			  from, raw.n);
	else
		tbuf_str(out, raw);
}

struct make_text source_upto(struct make *mk, struct source *src, struct str raw,
			     struct make_span *here)
{
	size_t from = (size_t)(raw.p - src->text.p);
	struct make_text text = {.text = str_sub(src->text, 0, from + raw.n)};
	const struct make_span *end;

	if (!mk->lang->spans)
		return text;
	if (src->is_file) {
		*here = (struct make_span){.in = src->file, .trail = src->trail};
		text.spans = here;
		text.n_spans = 1;
	} else if (src->n_spans) {
		end = src->spans + src->n_spans;
		while (src->span + 1 < end && src->span[1].from <= from)
			src->span++;
		text.spans = src->span;
		text.n_spans = (size_t)(end - src->span);
	}
	return text;
}

void source_join(struct make *mk, struct make_text text, struct tbuf *out)
{
	struct str s = text.text;
	size_t in = 0, start = out->n;

	for (;;) {
		ptrdiff_t nl = str_chr(str_from(s, in), '\n');
		size_t eol = in + (size_t)nl, slashes = 0;

		if (nl < 0)
			break;
		while (slashes < eol && s.p[eol - slashes - 1] == '\\')
			slashes++;
		tbuf_part(out, text, in, eol - in - slashes + slashes / 2);
		in = eol + 1;
		if (slashes % 2 == 0) {
			tbuf_char(out, '\n');
			continue;
		}
		while (in < s.n && scan_blank(s.p[in]))
			in++;
		while (!mk->posix && out->n > start && scan_blank(out->p[out->n - 1]))
			tbuf_cut(out, out->n - 1);
		tbuf_char(out, ' ');
	}
	tbuf_part(out, text, in, s.n - in);
}
