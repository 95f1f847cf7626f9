/* SPDX-License-Identifier: GPL-2.0-only */
/* Findings for people: as text, as annotations, as a patch; and rules as text. */
#include "audit/internal.h"

static void put_names(struct buf *out, const struct strs *names, size_t most)
{
	for (size_t i = 0; i < names->n && i < most; i++)
		buf_fmt(out, "%s%.*s", i ? ", " : "", STR_ARG(names->p[i]));
	if (names->n > most)
		buf_fmt(out, " and %zu more", names->n - most);
}

static const char *colour_of(enum severity s)
{
	return s == SEVERITY_ERROR     ? "\033[1;31m"
	       : s == SEVERITY_WARNING ? "\033[1;33m"
				       : "\033[1;36m";
}

static void put_place(struct buf *out, struct place at)
{
	if (!at.file.n)
		return;
	buf_str(out, at.file);
	if (at.line)
		buf_fmt(out, ":%u", at.line);
}

static void put_finding(const struct finding *f, bool colour, struct buf *out)
{
	put_place(out, f->at);
	buf_fmt(out, "%s%s%s%s: %.*s [%s]\n", f->at.file.n ? ": " : "",
		colour ? colour_of(f->severity) : "", severity_name(f->severity),
		colour ? "\033[0m" : "", STR_ARG(f->message), f->rule->id);
	buf_z(out, "  in ");
	put_names(out, &f->targets, 4);
	if (f->devices.n)
		buf_z(out, ": ");
	put_names(out, &f->devices, 8);
	buf_char(out, '\n');
	for (size_t i = 0; i < f->steps.n; i++) {
		buf_fmt(out, "  by %.*s", STR_ARG(f->steps.p[i].what));
		if (f->steps.p[i].at.file.n)
			buf_z(out, " (");
		put_place(out, f->steps.p[i].at);
		buf_z(out, f->steps.p[i].at.file.n ? ")\n" : "\n");
	}
	if (f->instead.n)
		buf_fmt(out, "  instead: %.*s\n", STR_ARG(f->instead));
}

void findings_text(const struct findings *all, bool colour, struct buf *out)
{
	size_t n[SEVERITY_ERROR + 1] = {0};

	for (size_t i = 0; i < all->n; i++) {
		put_finding(all->p[i], colour, out);
		n[all->p[i]->severity]++;
	}
	for (size_t s = SEVERITY_ERROR + 1; s-- > 0;) {
		buf_count(out, n[s], severity_name((enum severity)s));
		buf_z(out, s ? ", " : "\n");
	}
}

/* What may not stand in a workflow command as it is; IN_PROPERTY: between name and colon. */
static void put_escaped(struct buf *out, struct str s, bool in_property)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' || c == '\r' || c == '\n' || (in_property && (c == ':' || c == ',')))
			buf_fmt(out, "%%%02X", c);
		else
			buf_char(out, c);
	}
}

void findings_github(const struct findings *all, struct buf *out)
{
	static const char *const commands[] = {"notice", "warning", "error"};

	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = all->p[i];

		buf_fmt(out, "::%s ", commands[f->severity]);
		if (f->at.file.n) {
			buf_z(out, "file=");
			put_escaped(out, f->at.file, true);
			if (f->at.line)
				buf_fmt(out, ",line=%u", f->at.line);
			buf_char(out, ',');
		}
		buf_fmt(out, "title=%s::", f->rule->id);
		put_escaped(out, f->message, false);
		if (f->devices.n) {
			buf_z(out, " (");
			put_names(out, &f->devices, 8);
			buf_char(out, ')');
		}
		if (f->instead.n) {
			buf_z(out, "%0AInstead: ");
			put_escaped(out, f->instead, false);
		}
		buf_char(out, '\n');
	}
}

/* --- rules --- */

static void put_indented(struct buf *out, const char *text)
{
	struct str rest = str_z(text), line;

	while (rest.n && str_split(&rest, '\n', &line))
		buf_fmt(out, "    %.*s\n", STR_ARG(line));
}

void rule_text(const struct rule *rule, struct buf *out)
{
	buf_fmt(out, "%s (%s): %s.\n\n%s\n", rule->id, severity_name(rule->severity), rule->finds,
		rule->why);
	buf_z(out, "\nNot so:\n\n");
	put_indented(out, rule->bad);
	buf_z(out, "\nBut so:\n\n");
	put_indented(out, rule->good);
	if (rule->history) {
		buf_z(out, "\nOpenWrt commits that mended such:\n\n");
		put_indented(out, rule->history);
	}
	buf_fmt(out, "\nTo allow it in a place: # imagemk: allow %s REASON\n", rule->id);
}

/* TEXT as a paragraph or a table's cell: what Markdown would take for its own is escaped. */
static void put_plain(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (strchr("\\`*_<>[]|#$", text.p[i]))
			buf_char(out, '\\');
		buf_char(out, text.p[i]);
	}
}

static void rule_markdown(const struct rule *rule, struct buf *out)
{
	buf_fmt(out, "## %s\n\n", rule->id);
	buf_fmt(out, "*%s.* ", severity_name(rule->severity));
	put_plain(out, str_z(rule->finds));
	buf_z(out, ".\n\n");
	put_plain(out, str_z(rule->why));
	buf_fmt(out, "\n\nNot so:\n\n```make\n%s```\n\nBut so:\n\n```make\n%s```\n", rule->bad,
		rule->good);
	if (rule->history)
		buf_fmt(out, "\nOpenWrt commits that mended such:\n\n```\n%s```\n", rule->history);
	buf_char(out, '\n');
}

void rules_markdown(struct buf *out)
{
	static const char head[] =
	    "<!-- SPDX-License-Identifier: GPL-2.0-only -->\n"
	    "<!-- Made by `make docs` from the rules in interp/audit/; do not edit. -->\n\n"
	    "# What imagemk audit finds\n\n"
	    "A finding is an *error* (a build or a device goes wrong), a *warning* (the text does "
	    "not do what it says) or a *note* (worth a "
	    "look). `imagemk audit --explain RULE` prints what is below of one rule. A comment\n\n"
	    "```make\n# imagemk: allow RULE reason\n```\n\n"
	    "at the end of the line, right above it or above its define allows a finding there. "
	    "What the rules say of OpenWrt "
	    "main, judged place by place, is in [audit-main.md](audit-main.md).\n\n"
	    "| rule | mostly | finds |\n|---|---|---|\n";

	buf_z(out, head);
	for (const struct rule *const *r = rule_rows; *r; r++) {
		buf_fmt(out, "| [%s](#%s) | %s | ", (*r)->id, (*r)->id,
			severity_name((*r)->severity));
		put_plain(out, str_z((*r)->finds));
		buf_z(out, " |\n");
	}
	buf_char(out, '\n');
	for (const struct rule *const *r = rule_rows; *r; r++)
		rule_markdown(*r, out);
	out->n--; /* one newline at the end */
}

void findings_markdown(const struct findings *all, struct buf *out)
{
	if (!all->n) {
		buf_z(out, "Nothing was found.\n");
		return;
	}
	buf_z(out, "| place | | finding | devices |\n|---|---|---|---|\n");
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = all->p[i];
		struct buf names = buf_new(out->mem);

		buf_z(out, "| ");
		put_plain(out, f->at.file);
		if (f->at.line)
			buf_fmt(out, ":%u", f->at.line);
		buf_fmt(out, " | %s | ", severity_name(f->severity));
		put_plain(out, f->message);
		buf_fmt(out, " (%s)", f->rule->id);
		if (f->instead.n) {
			buf_z(out, "; instead: ");
			put_plain(out, f->instead);
		}
		buf_z(out, " | ");
		put_names(&names, &f->devices, 8);
		put_plain(out, buf_view(&names));
		buf_z(out, " |\n");
	}
}
