/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers with a zero in front, which printf and the shell's arithmetic take as octal: 08 and 09
 * are errors. */
#include "audit/internal.h"

/* Does FORMAT, of printf, take a number? */
static bool takes_number(struct str format)
{
	for (size_t i = 0; i + 1 < format.n; i++) {
		size_t end = i + 1;

		if (format.p[i] != '%')
			continue;
		while (end < format.n && strchr("0123456789.-+ #", format.p[end]))
			end++;
		if (end < format.n && strchr("diouxX", format.p[end]))
			return true;
		i = end;
	}
	return false;
}

/* A word of the format of date, behind its '+', that may be 08 or 09: "%m", but not "%-m", "%s"; of
 * the years in this century's rest none is. Empty: none may. */
static struct str padded_field(struct str format)
{
	struct str word;

	while (str_word(&format, &word))
		if (word.n > 1 && word.p[0] == '%' && strchr("dHIjmMSUVW", word.p[1]))
			return word;
	return S("");
}

/* What is in quotes or up to a blank behind AT of TEXT. */
static struct str quoted(struct str text, size_t at)
{
	char quote = at < text.n && (text.p[at] == '"' || text.p[at] == '\'') ? text.p[at++] : 0;
	size_t end = at;

	while (end < text.n && (quote ? text.p[end] != quote : !strchr(" \t\n);", text.p[end])))
		end++;
	return str_sub(text, at, end - at);
}

/* The format, without its '+', of the date of a command substitution in LINE, from AT on; empty:
 * there is none. */
static struct str date_format(struct str line, size_t at)
{
	ptrdiff_t date = str_find(str_from(line, at), S("(date ")), plus;
	struct str rest = date < 0 ? S("") : str_from(line, at + (size_t)date);

	plus = str_find(rest, S("+%"));
	if (plus < 1)
		return S("");
	if (rest.p[plus - 1] == '"' || rest.p[plus - 1] == '\'') {
		struct str format = quoted(rest, (size_t)plus - 1);

		return str_from(format, 1);
	}
	return str_from(quoted(rest, (size_t)plus), 1);
}

/* FORMAT without zeroes in front of what begins a word. */
static struct str unpadded(struct audit *a, struct str format)
{
	struct buf b = buf_new(a->mem);

	for (size_t i = 0; i < format.n; i++) {
		bool begins = i == 0 || format.p[i - 1] == ' ';

		buf_char(&b, format.p[i]);
		if (begins && padded_field(str_from(format, i)).p == format.p + i)
			buf_char(&b, '-');
	}
	return buf_view(&b);
}

static void say(struct audit *a, struct place at, struct str format)
{
	struct str field = padded_field(format);
	struct finding *f = audit_say_at(a, at, NULL,
					 "%.*s of date may be 08 or 09, which is no octal number: "
					 "an error in these months, days or hours",
					 STR_ARG(field));

	f->instead = unpadded(a, format);
	audit_fix_text(a, f, at, format, f->instead);
}

/* LINE, with what backslashes join to it, begins at AT. */
static void check_line(struct audit *a, struct place at, struct str line)
{
	ptrdiff_t printf_at = str_find(line, S("printf ")), sum = str_find(line, S("$(("));
	struct str format = S("");

	if (printf_at >= 0 && takes_number(quoted(line, (size_t)printf_at + 7)))
		format = date_format(line, (size_t)printf_at);
	if (!padded_field(format).n && sum >= 0) {
		struct str rest = str_from(line, (size_t)sum);

		format = date_format(str_sub(rest, 0, (size_t)str_find(rest, S("))")) + 2), 0);
	}
	if (!padded_field(format).n)
		return;
	while (str_find(audit_line(a, at), format) < 0 && str_ends(audit_line(a, at), S("\\")))
		at.line++;
	say(a, at, format);
}

static void check_define(struct audit *a, const struct setting *define)
{
	struct place at = audit_place(a, make_span_place(&define->at));
	unsigned end = audit_define_end(a, at);

	for (at.line++; at.line < end; at.line++) {
		struct place first = at;
		struct buf b = buf_new(a->mem);

		for (; at.line + 1 < end && str_ends(audit_line(a, at), S("\\")); at.line++)
			buf_str(&b, audit_line(a, at));
		buf_str(&b, audit_line(a, at));
		check_line(a, first, buf_view(&b));
	}
}

static void check(struct audit *a)
{
	for (size_t i = 0; i < a->model->settings.n; i++) {
		const struct setting *s = a->model->settings.p[i];

		if (str_starts(s->name, S("Build/")) && str_find(s->value, S("date ")) >= 0)
			check_define(a, s);
	}
}

const struct rule rule_recipe_octal = {
    .id = "recipe-octal",
    .severity = SEVERITY_ERROR,
    .finds = "a recipe that gives a field of date which may begin with a zero (%m, %d, %H ...) to "
	     "printf as a number, or to $((...))",
    .why = "A zero in front makes a number octal there. 08 and 09 are none: in August and "
	   "September, on the 8th and 9th, the build fails or the "
	   "field of the header is 0; on all other days nobody sees it.",
    .bad = "\tprintf \"%02x%02x\" $$(date -d @$(SOURCE_DATE_EPOCH) \"+%m %d\") >> $@\n",
    .good = "\tprintf \"%02x%02x\" $$(date -d @$(SOURCE_DATE_EPOCH) \"+%-m %-d\") >> $@\n",
    .history = "794349a28a7b belkin-header of the RT1800, an invalid octal number\n",
    .check = check,
};
