/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings as one HTML page: a count of each severity that hides or shows it, an index of the
 * rules, then file by file each finding with its place, the way there and the change that would
 * mend it. No script: boxes that style what follows them.
 */
#include "audit/internal.h"
#include "image/html.h"

static const char style[] =
    "section{margin-top:2rem}.finding{border-left:.3rem solid #888;padding:.1rem 0 .1rem "
    ".8rem;margin:1rem 0}.finding p{margin:.25rem 0}"
    ".error{border-color:#c33}.warning{border-color:#b80}.note{border-color:#48a}.badge{font-"
    "weight:600}"
    ".error .badge{color:#b22}.warning .badge{color:#850}.note .badge{color:#26719a}"
    ".del,.ins{display:block}.del{background:#c332}.ins{background:#3a32}label{margin-right:1rem;"
    "white-space:nowrap}"
    "main:has(#errors:not(:checked)) .error,main:has(#warnings:not(:checked)) "
    ".warning,main:has(#notes:not(:checked)) .note{display:none}"
    /* nor the heading of a file with nothing left in it */
    "main:has(#errors:not(:checked)) "
    ".file:not(:has(.warning,.note)),main:has(#warnings:not(:checked)) "
    ".file:not(:has(.error,.note)),"
    "main:has(#notes:not(:checked)) "
    ".file:not(:has(.error,.warning)),main:has(#errors:not(:checked)):has(#warnings:not(:checked)) "
    ".file:not(:has(.note)),main:has(#errors:not(:checked)):has(#notes:not(:checked)) "
    ".file:not(:has(.warning)),"
    "main:has(#warnings:not(:checked)):has(#notes:not(:checked)) "
    ".file:not(:has(.error)){display:none}"
    "a{color:inherit}"
    "@media(prefers-color-scheme:dark){.error .badge{color:#f88}.warning .badge{color:#eb5}.note "
    ".badge{color:#8cf}}";

static void put_place(struct buf *out, struct place at)
{
	if (!at.file.n)
		return;
	buf_z(out, "<span class=\"at\">");
	html_text(out, at.file);
	if (at.line)
		buf_fmt(out, ":%u", at.line);
	buf_z(out, "</span>");
}

static void put_names(struct buf *out, const struct strs *names)
{
	for (size_t i = 0; i < names->n; i++) {
		buf_z(out, i ? " <code>" : "<code>");
		html_text(out, names->p[i]);
		buf_z(out, "</code>");
	}
}

/* All when there are few, else behind a word that opens them. */
static void put_devices(struct buf *out, const struct finding *f)
{
	enum { FEW = 6 };

	buf_z(out, "<p>");
	put_names(out, &f->targets);
	if (f->devices.n && f->devices.n <= FEW) {
		buf_z(out, ": ");
		put_names(out, &f->devices);
	}
	buf_z(out, "</p>\n");
	if (f->devices.n <= FEW)
		return;
	buf_fmt(out, "<details><summary>%zu devices</summary><p>", f->devices.n);
	put_names(out, &f->devices);
	buf_z(out, "</p></details>\n");
}

static void put_steps(struct buf *out, const struct finding *f)
{
	if (!f->steps.n)
		return;
	buf_z(out, "<details><summary>calls that led there</summary><ol>\n");
	for (size_t i = 0; i < f->steps.n; i++) {
		buf_z(out, "<li>");
		html_text(out, f->steps.p[i].what);
		buf_char(out, ' ');
		put_place(out, f->steps.p[i].at);
		buf_z(out, "</li>\n");
	}
	buf_z(out, "</ol></details>\n");
}

static void put_fix(struct buf *out, const struct fix *fix)
{
	if (!fix->at.file.n)
		return;
	buf_z(out, "<pre aria-label=\"change\"><span class=\"del\">- ");
	html_text(out, fix->line);
	buf_z(out, "</span>");
	if (!fix->drop) {
		buf_z(out, "<span class=\"ins\">+ ");
		html_text(out, str_sub(fix->line, 0, fix->from));
		html_text(out, fix->text);
		html_text(out, str_from(fix->line, fix->from + fix->n));
		buf_z(out, "</span>");
	}
	buf_z(out, "</pre>\n");
}

static void put_finding(struct buf *out, const struct finding *f)
{
	buf_fmt(out, "<article class=\"finding %s\">\n<p>", severity_name(f->severity));
	put_place(out, f->at);
	buf_fmt(out, " <span class=\"badge\">%s</span> <a href=\"#rule-%s\">%s</a></p>\n<p>",
		severity_name(f->severity), f->rule->id, f->rule->id);
	html_text(out, f->message);
	buf_z(out, "</p>\n");
	put_devices(out, f);
	put_steps(out, f);
	if (f->instead.n) {
		buf_z(out, "<p>instead: ");
		html_text(out, f->instead);
		buf_z(out, "</p>\n");
	}
	put_fix(out, &f->fix);
	buf_z(out, "</article>\n");
}

static size_t count(const struct findings *all, const struct rule *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->p[i]->rule == rule;
	return n;
}

static void put_rules(struct buf *out, const struct findings *all)
{
	buf_z(out, "<section><h2 id=\"rules\">Rules</h2>\n");
	for (const struct rule *const *r = rule_rows; *r; r++) {
		size_t n = count(all, *r);

		if (!n)
			continue;
		buf_fmt(out, "<details><summary><code>%s</code> (%zu): ", (*r)->id, n);
		html_text(out, str_z((*r)->finds));
		/* within: a link to it opens the details */
		buf_fmt(out, "</summary><p id=\"rule-%s\">", (*r)->id);
		html_text(out, str_z((*r)->why));
		buf_z(out, "</p><p>Not so:</p><pre>");
		html_text(out, str_z((*r)->bad));
		buf_z(out, "</pre><p>But so:</p><pre>");
		html_text(out, str_z((*r)->good));
		buf_z(out, "</pre></details>\n");
	}
	buf_z(out, "</section>\n");
}

static void put_counts(struct buf *out, const struct findings *all)
{
	static const char *const names[] = {"notes", "warnings", "errors"};
	size_t n[SEVERITY_ERROR + 1] = {0};

	for (size_t i = 0; i < all->n; i++)
		n[all->p[i]->severity]++;
	for (int s = SEVERITY_ERROR; s >= SEVERITY_NOTE; s--)
		buf_fmt(out, "<label><input type=\"checkbox\" id=\"%s\" checked> %.*s</label>\n",
			names[s],
			STR_ARG(str_count(out->mem, n[s], severity_name((enum severity)s))));
}

void findings_html(const struct findings *all, struct str tree, struct buf *out)
{
	struct str file = {NULL, 0};
	bool any = false;

	html_begin(out, S("imagemk audit"), style);
	buf_z(out, "<h1>imagemk audit</h1>\n<p><code>");
	html_text(out, tree);
	buf_z(out, "</code></p>\n");
	put_counts(out, all);
	if (all->n)
		buf_z(out, "<a href=\"#rules\">what the rules say</a>\n");
	for (size_t i = 0; i < all->n; i++) {
		if (!any || !str_eq(all->p[i]->at.file, file)) {
			file = all->p[i]->at.file;
			buf_z(out, any ? "</section>\n<section class=\"file\"><h2>"
				       : "<section class=\"file\"><h2>");
			html_text(out, file.n ? file : S("no file"));
			buf_z(out, "</h2>\n");
			any = true;
		}
		put_finding(out, all->p[i]);
	}
	buf_z(out, any ? "</section>\n" : "<p>Nothing was found.</p>\n");
	if (any)
		put_rules(out, all);
	html_end(out);
}
