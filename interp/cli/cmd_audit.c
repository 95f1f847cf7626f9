/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk audit: what is wrong with the device Makefiles of a tree; runs nothing. */
#include "cli/survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "audit/audit.h"
#include "cli/git.h"
#include "base/path.h"
#include "image/config.h"

enum { FORMAT_OPTION = 512, ONLY, SKIP, EXPLAIN, RULES, SINCE, BASELINE, FIX };

static const struct opt options[] = {
    {'C', "directory", OPT_VALUE, "TREE  the tree (default: the current folder)"},
    {'j', "jobs", OPT_VALUE, "N  evaluations at once (default: one per processor)"},
    {FORMAT_OPTION, "format", OPT_VALUE, "FORMAT  text, json, sarif, github, html or markdown"},
    {ONLY, "only", OPT_VALUE, "RULE,...  these rules"},
    {SKIP, "skip", OPT_VALUE, "RULE,...  all but these rules"},
    {EXPLAIN, "explain", OPT_VALUE, "RULE  what it finds, and why that matters"},
    {RULES, "rules", OPT_NONE, " the rules"},
    {SINCE, "since", OPT_VALUE,
     "REV  only what lies in, or comes from, lines changed since revision REV of git"},
    {BASELINE, "baseline", OPT_VALUE,
     "FILE  only what FILE, which --format json wrote, does not have"},
    {FIX, "fix", OPT_NONE, " print a patch for what a machine can mend, instead of findings"},
    {'v', "verbose", OPT_NONE, " show what the Makefiles warn about, too"},
    CONFINE_OPTIONS,
    {0, NULL, OPT_NONE, NULL},
};

enum format {
	FORMAT_TEXT,
	FORMAT_JSON,
	FORMAT_SARIF,
	FORMAT_GITHUB,
	FORMAT_HTML,
	FORMAT_MARKDOWN,
	FORMATS
};

struct audit_run {
	struct command_cx *cx;
	struct audit_options options;
	enum format format;
	bool verbose, fix, rules;
	struct str since, baseline; /* unset: not asked for */
	struct str known;	/* what BASELINE has */
};

static void *audit(const struct survey *s, struct target *t)
{
	const struct audit_run *r = s->ctx;

	return audit_target(&r->options, t);
}

static int no_rule(struct command_cx *cx, struct str id)
{
	struct strs ids = {0};
	struct str nearest;

	for (size_t i = 0; rule_rows[i]; i++)
		*vec_push(cx->mem, &ids) = str_z(rule_rows[i]->id);
	nearest = diag_nearest(cx->mem, id, ids.p, ids.n, 3);
	return command_usage(cx, str_fmt(cx->mem, "no rule '%.*s'%s%.*s; --rules lists them",
					 STR_ARG(id), nearest.n ? "; nearest: " : "",
					 STR_ARG(nearest)));
}

static int take_rules(struct command_cx *cx, struct str list, struct strs *out)
{
	struct str id;

	while (list.n && str_split(&list, ',', &id)) {
		if (!rule_find(id))
			return no_rule(cx, id);
		*vec_push(cx->mem, out) = id;
	}
	return EXIT_GOOD;
}

static int take_format(struct audit_run *r, struct str name)
{
	static const char *const names[] = {"text", "json", "sarif", "github", "html", "markdown"};

	for (size_t i = 0; i < FORMATS; i++) {
		if (str_is(name, names[i])) {
			r->format = (enum format)i;
			return EXIT_GOOD;
		}
	}
	return command_usage(
	    r->cx,
	    str_fmt(r->cx->mem, "no format '%.*s': text, json, sarif, github, html or markdown",
		    STR_ARG(name)));
}

static int explain(struct command_cx *cx, struct str id)
{
	const struct rule *rule = rule_find(id);
	struct buf out = buf_new(cx->mem);

	if (!rule)
		return no_rule(cx, id);
	rule_text(rule, &out);
	fwrite(out.p, 1, out.n, stdout);
	return EXIT_GOOD;
}

/* As a table; with --format markdown as docs/audit.md. */
static int list_rules(struct command_cx *cx, enum format format)
{
	struct buf out = buf_new(cx->mem);

	if (format == FORMAT_MARKDOWN) {
		rules_markdown(&out);
		fwrite(out.p, 1, out.n, stdout);
		return EXIT_GOOD;
	}
	for (size_t i = 0; rule_rows[i]; i++)
		printf("%-24s %-8s %s\n", rule_rows[i]->id, severity_name(rule_rows[i]->severity),
		       rule_rows[i]->finds);
	return EXIT_GOOD;
}

/* What the jobs of S found; *STATUS becomes EXIT_USAGE when one could not be evaluated. */
static struct findings collect(struct survey *s, int *status)
{
	const struct audit_run *r = s->ctx;
	struct findings all = {0};

	for (size_t i = 0; i < s->jobs.n; i++) {
		const struct survey_job *j = &s->jobs.p[i];

		if (j->target->failed)
			*status = EXIT_USAGE;
		if (j->target->failed || r->verbose)
			survey_say(s, j->target);
		if (j->result)
			findings_add(&all, s->mem, j->result);
	}
	findings_waive(&all, s->mem, &s->tree);
	findings_sort(&all);
	return all;
}

/* Those that concern one of IDS. */
static void keep_devices(struct findings *all, const struct strs *ids)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		bool wanted = false;

		for (size_t k = 0; k < all->p[i]->devices.n; k++)
			for (size_t d = 0; d < ids->n; d++)
				wanted |= str_eq(all->p[i]->devices.p[k], ids->p[d]);
		if (wanted)
			all->p[n++] = all->p[i];
	}
	all->n = n;
}

/* FILE (below the tree) without links on the way; empty: it is elsewhere, or gone. */
static struct str real_name(struct survey *s, struct str file)
{
	char *path = realpath(str_cz(s->mem, path_join(s->mem, s->tree.path, file)), NULL);
	struct str real = path ? str_dup(s->mem, str_z(path)) : S("");

	free(path);
	if (!str_starts(real, s->tree.path) || real.n <= s->tree.path.n + 1 ||
	    real.p[s->tree.path.n] != '/')
		return S("");
	return str_from(real, s->tree.path.n + 1);
}

/* What rests on lines that changed since the revision. EXIT_USAGE after saying why that is not
 * known. */
static int keep_since(struct survey *s, struct findings *all)
{
	const struct audit_run *r = s->ctx;
	struct strs all_files = findings_files(all, s->mem), files = {0}, names = {0}, old = {0};
	struct changes *changes = changes_new(s->mem);
	int status;

	for (size_t i = 0; i < all_files.n; i++) {
		struct str name = real_name(s, all_files.p[i]);

		if (!name.n)
			continue; /* of another tree: nothing is known of it */
		*vec_push(s->mem, &files) = all_files.p[i];
		*vec_push(s->mem, &names) = name;
	}
	status = git_texts(s->cx, s->tree.path, r->since, &names, &old);
	if (status)
		return status;
	for (size_t i = 0; i < files.n; i++)
		changes_add(changes, files.p[i], old.p[i],
			    read_text(s->mem, path_join(s->mem, s->tree.path, files.p[i])));
	findings_since(all, changes);
	return EXIT_GOOD;
}

/* Leave out of ALL what was not asked for. */
static int narrow(struct survey *s, struct findings *all)
{
	const struct audit_run *r = s->ctx;

	if (s->ids.n)
		keep_devices(all, &s->ids);
	if (r->baseline.p && !findings_baseline(all, s->mem, r->known))
		return command_usage(s->cx,
				     str_fmt(s->mem, "%.*s: no findings that --format json wrote",
					     STR_ARG(r->baseline)));
	return r->since.p ? keep_since(s, all) : EXIT_GOOD;
}

/* The patch goes to OUT, a word about it to standard error. */
static void put_patch(struct survey *s, const struct findings *all, struct buf *out)
{
	size_t left, mended = findings_patch(all, s->mem, &s->tree, out, &left);
	struct str more =
	    left ? str_fmt(s->mem, "; %zu more %s the same place: once more when it is applied",
			   left, left == 1 ? "changes" : "change")
		 : S("");

	diag_say(&s->cx->say, (struct place){{NULL, 0}, 0}, NULL, S(""),
		 "imagemk audit: the patch mends %zu of %.*s%.*s", mended,
		 STR_ARG(str_count(s->mem, all->n, "finding")), STR_ARG(more));
}

static void put_findings(struct survey *s, const struct findings *all, struct buf *out)
{
	const struct audit_run *r = s->ctx;

	switch (r->format) {
	case FORMAT_JSON:
		findings_json(all, s->tree.path, out);
		break;
	case FORMAT_SARIF:
		findings_sarif(all, out);
		break;
	case FORMAT_GITHUB:
		findings_github(all, out);
		break;
	case FORMAT_HTML:
		findings_html(all, s->tree.path, out);
		break;
	case FORMAT_MARKDOWN:
		findings_markdown(all, out);
		break;
	default:
		findings_text(all, isatty(1) && !env_get(s->cx->env, S("NO_COLOR")).n, out);
	}
}

static int print(struct survey *s)
{
	const struct audit_run *r = s->ctx;
	struct buf out = buf_new(s->mem);
	int status = EXIT_GOOD, bad;
	struct findings all = collect(s, &status);

	bad = narrow(s, &all);
	if (bad)
		return bad;
	if (r->fix)
		put_patch(s, &all, &out);
	else
		put_findings(s, &all, &out);
	if (out.n)
		fwrite(out.p, 1, out.n, stdout);
	for (size_t i = 0; i < all.n && !status; i++)
		if (all.p[i]->severity == SEVERITY_ERROR)
			status = EXIT_PROBLEM;
	return status;
}

/* *DONE: an option was to print something, which is done. */
static int read_options(struct audit_run *r, struct survey *s, struct opts *o, struct str *tree,
			bool *done)
{
	struct command_cx *cx = r->cx;
	int id, status = EXIT_GOOD;

	while (!status && (id = opts_next(o)) != OPTS_END) {
		switch (id) {
		case OPTS_ERROR:
			return command_usage(cx, o->error);
		case 'C':
			*tree = o->value;
			break;
		case FORMAT_OPTION:
			status = take_format(r, o->value);
			break;
		case ONLY:
			status = take_rules(cx, o->value, &r->options.only);
			break;
		case SKIP:
			status = take_rules(cx, o->value, &r->options.skip);
			break;
		case EXPLAIN:
			*done = true;
			return explain(cx, o->value);
		case RULES:
			r->rules = true;
			break;
		case SINCE:
			r->since = o->value;
			r->options.rests = true;
			break;
		case BASELINE:
			r->baseline = o->value;
			r->known = read_text(cx->mem, o->value);
			if (!r->known.p)
				return command_usage(
				    cx, str_fmt(cx->mem, "%.*s cannot be read", STR_ARG(o->value)));
			break;
		case FIX:
			r->fix = true;
			break;
		case 'v':
			r->verbose = s->confined.verbose = true;
			break;
		default:
			status = survey_option(s, id, o->value);
		}
	}
	*done = r->rules && !status;
	return *done ? list_rules(cx, r->format) : status;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct audit_run r = {.cx = cx};
	struct survey s = {.cx = cx, .mem = cx->mem, .model = true, .each = audit, .ctx = &r};
	struct str tree = S(".");
	bool done = false;
	int status = read_options(&r, &s, &o, &tree, &done);

	if (status || done)
		return status;
	status = survey_open(&s, cx, "audit", tree);
	r.options.tree = &s.tree;
	for (size_t i = 0; !status && i < o.operands.n; i++)
		status = survey_operand(&s, o.operands.p[i]);
	if (!status) {
		if (audit_wants_packages(&r.options))
			r.options.packages = packages_read(cx->mem, s.tree.path);
		status = survey_run_apart(&s);
	}
	if (!status)
		status = print(&s);
	status = confine_report(s.confine, status);
	survey_close(&s);
	return status;
}

const struct command cmd_audit = {
    .name = "audit",
    .help = "[-C TREE] [-j N] [--format FORMAT] [BOARD[/SUBTARGET]]... [DEVICE]...: mistakes in "
	    "device Makefiles; runs nothing",
    .options = options,
    .notes = "# imagemk: allow RULE reason    in a Makefile, at the line or above it or its "
	     "define, waives a finding.\n"
	     "--rules --format markdown is docs/audit.md; a patch of --fix is for git apply or "
	     "patch -p1 in TREE.\n"
	     "Exit status: 0, 1 (there are errors), 2 (something could not be evaluated)",
    .operands = OPERANDS_TARGETS,
    .run = run,
};
