/* SPDX-License-Identifier: GPL-2.0-only */
/* Help texts and manual pages of commands, put together from their rows (help.h). */
#include "cli/help.h"

/* --- parts --- */

static struct str first_line(const struct command *c)
{
	struct str rest = str_z(c->help), line;

	str_split(&rest, '\n', &line);
	return line;
}

/* Where ": " ends the arguments in the first line. */
static size_t colon(const struct command *c)
{
	ptrdiff_t at = str_find(first_line(c), S(": "));

	return at < 0 ? first_line(c).n : (size_t)at;
}

struct str help_summary(const struct command *c)
{
	return str_trim(str_from(first_line(c), colon(c) + 1));
}

struct str help_arguments(const struct command *c)
{
	return str_sub(first_line(c), 0, colon(c));
}

/* Lines behind the first: about operands. */
static struct str further_lines(const struct command *c)
{
	return str_from(str_z(c->help), first_line(c).n + 1);
}

struct str help_value(const struct opt *t)
{
	struct str help = str_z(t->help);
	ptrdiff_t at = str_find(help, S("  "));

	if (t->takes == OPT_NONE || at < 0)
		return S("");
	help = str_trim(str_sub(help, 0, (size_t)at));
	return str_starts(help, S("[=")) ? str_sub(help, 2, help.n - 3) : help;
}

struct str help_of(const struct opt *t)
{
	struct str help = str_z(t->help);
	ptrdiff_t at = str_find(help, S("  "));

	return str_trim(t->takes == OPT_NONE || at < 0 ? help : str_from(help, (size_t)at));
}

struct strs help_choices(struct arena *mem, const struct opt *t)
{
	struct str rest = help_of(t), word;
	struct strs words = {0}, none = {0};

	if (str_find(rest, S(" or ")) < 0 || str_find(help_value(t), S("...")) >= 0)
		return none;
	while (str_word(&rest, &word)) {
		if (str_is(word, "or"))
			continue;
		if (!str_ends(word, S(",")) && str_trim(rest).n &&
		    !str_starts(str_trim(rest), S("or ")))
			return none; /* a sentence */
		*vec_push(mem, &words) =
		    str_ends(word, S(",")) ? str_sub(word, 0, word.n - 1) : word;
	}
	return words;
}

static bool has_letter(const struct opt *t)
{
	return t->id > 0 && t->id < 128;
}

/* "-C, --directory TREE" */
static struct str option_text(struct arena *mem, const struct opt *t)
{
	struct buf b = buf_new(mem);
	struct str value = help_value(t);

	if (has_letter(t))
		buf_fmt(&b, "-%c, ", t->id);
	else
		buf_z(&b, "    ");
	buf_fmt(&b, "--%s", t->name);
	if (value.n)
		buf_fmt(&b, t->takes == OPT_MAYBE ? "[=%.*s]" : " %.*s", STR_ARG(value));
	return buf_view(&b);
}

/* --- help --- */

struct str help_text(struct arena *mem, const struct command *c)
{
	struct buf b = buf_new(mem);
	size_t width = 0;

	buf_fmt(&b, "Usage: imagemk %s %s\n", c->name, c->help);
	for (const struct opt *t = c->options; t && t->id; t++) {
		size_t n = option_text(mem, t).n;

		width = n > width ? n : width;
	}
	for (const struct opt *t = c->options; t && t->id; t++)
		buf_fmt(&b, "  %-*.*s   %.*s\n", (int)width, STR_ARG(option_text(mem, t)),
			STR_ARG(help_of(t)));
	if (c->notes)
		buf_fmt(&b, "%s\n", c->notes);
	return buf_view(&b);
}

/* --- manual pages --- */

/* S for roff: no dash becomes a hyphen, no line a request. */
static void put(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c == '.' || c == '\'') && (i == 0 || s.p[i - 1] == '\n'))
			buf_z(out, "\\&");
		if (c == '-')
			buf_z(out, "\\-");
		else if (c == '\\')
			buf_z(out, "\\e");
		else
			buf_char(out, c);
	}
}

/* TEXT's lines as they are. */
static void put_lines(struct buf *out, struct str text)
{
	struct str line;

	while (text.n && str_split(&text, '\n', &line)) {
		put(out, str_trim(line));
		buf_z(out, text.n ? "\n.br\n" : "\n");
	}
}

static void put_option(struct buf *out, const struct opt *t)
{
	struct str value = help_value(t);

	buf_z(out, ".TP\n");
	if (has_letter(t))
		buf_fmt(out, "\\fB\\-%c\\fR, ", t->id);
	buf_z(out, "\\fB\\-\\-");
	put(out, str_z(t->name));
	buf_z(out, "\\fR");
	if (value.n) {
		buf_z(out, t->takes == OPT_MAYBE ? "[=\\fI" : " \\fI");
		put(out, value);
		buf_z(out, t->takes == OPT_MAYBE ? "\\fR]" : "\\fR");
	}
	buf_char(out, '\n');
	put(out, help_of(t));
	buf_char(out, '\n');
}

void help_manual(const struct command *c, struct buf *out)
{
	buf_fmt(
	    out,
	    ".\\\" SPDX-License-Identifier: GPL-2.0-only\n.\\\" Made by imagemk help --man %s.\n",
	    c->name);
	buf_z(out, ".TH IMAGEMK\\-");
	for (const char *p = c->name; *p; p++)
		buf_char(out, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
	buf_fmt(out, " 1 \"\" \"imagemk\" \"User Commands\"\n.SH NAME\nimagemk\\-%s \\- ", c->name);
	put(out, help_summary(c));
	buf_fmt(out, "\n.SH SYNOPSIS\n.B imagemk %s\n", c->name);
	put(out, help_arguments(c));
	buf_z(out, "\n.SH DESCRIPTION\n");
	put_lines(out, further_lines(c).n ? further_lines(c) : help_summary(c));
	if (c->options)
		buf_z(out, ".SH OPTIONS\n");
	for (const struct opt *t = c->options; t && t->id; t++)
		put_option(out, t);
	if (c->notes) {
		buf_z(out, ".SH NOTES\n");
		put_lines(out, str_z(c->notes));
	}
	buf_z(out, ".SH SEE ALSO\n.BR imagemk (1),\nwhich says more of each command\n");
}
