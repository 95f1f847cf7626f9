/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk show: one device: its files and chains, where each value comes from, its flash. Runs
 * nothing. */
#include "cli/coverage.h"
#include "cli/survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "blob/files.h"
#include "image/show.h"

enum { JSON = 512, HTML, SVG };

static const struct opt options[] = {
    {'C', "directory", OPT_VALUE, "TREE  the tree (default: the current folder)"},
    {JSON, "json", OPT_NONE, " as JSON; imagemk(1) has the schema"},
    {HTML, "html", OPT_VALUE, "FILE  as one HTML page, into FILE"},
    {SVG, "svg", OPT_VALUE, "FILE  the flash to scale, into FILE"},
    {'a', "all", OPT_NONE,
     " with what nobody set since Device/Init, and what is set for all devices"},
    CONFINE_OPTIONS,
    {0, NULL, OPT_NONE, NULL},
};

struct show {
	bool json, all, colour;
	struct str html, svg;	/* files to write; unset: none */
	struct survey survey;
};

/* What is made of a target, in its memory. */
struct pages {
	struct buf text, html, svg; /* empty: not wanted */
};

static void *render(const struct survey *s, struct target *t)
{
	const struct show *w = s->ctx;
	struct pages *out = arena_make(t->mem, struct pages);
	struct dts_cache *cache;
	struct judge *judge;

	*out = (struct pages){buf_new(t->mem), buf_new(t->mem), buf_new(t->mem)};
	if (!t->model)
		return out;
	cache = dts_cache_new(s->tree.path);
	judge = coverage_judge(t);
	for (size_t i = 0; i < t->model->devices.n; i++) {
		const struct device_model *d = t->model->devices.p[i];
		struct shown *shown;

		if (!str_eq(d->id, s->only))
			continue;
		shown = show_device(t, d, cache, w->all);
		shown->runs = coverage_runs;
		shown->runs_ctx = judge;
		if (w->html.n)
			show_html(shown, s->tree.path, &out->html);
		if (w->svg.n)
			show_svg(shown, &out->svg);
		if (w->json)
			show_json(shown, s->tree.path, &out->text);
		else if (!w->html.n && !w->svg.n)
			show_text(shown, s->tree.path, w->colour, &out->text);
	}
	coverage_judge_free(judge);
	dts_cache_free(cache);
	return out;
}

/* TEXT into FILE, whole or not at all. EXIT_PROBLEM after saying why not. */
static int write_page(struct command_cx *cx, struct str file, const struct buf *text)
{
	struct files_options how = {.umask = umask(022)};
	char *folder = realpath(str_cz(cx->mem, path_dir(file)), NULL);
	struct str path = folder ? path_join(cx->mem, str_z(folder), path_base(file)) : file,
		   bad = path;
	struct files *files;
	struct blob *b;
	int err;

	umask(how.umask);
	files = files_new(&how);
	b = blob_copy(text->p, text->n);
	err = files_write(files, path, b);
	blob_unref(b);
	if (!err)
		err = files_commit(files, &bad);
	files_free(files);
	free(folder);
	if (err)
		diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL, S(""),
			 "imagemk show: %.*s: %s", STR_ARG(file), strerror(-err));
	return err ? EXIT_PROBLEM : EXIT_GOOD;
}

static int write_pages(struct show *w, const struct pages *pages)
{
	struct command_cx *cx = w->survey.cx;
	int status = EXIT_GOOD;

	if (pages->text.n)
		fwrite(pages->text.p, 1, pages->text.n, stdout);
	if (w->html.n && pages->html.n)
		status = write_page(cx, w->html, &pages->html);
	if (w->svg.n && !pages->svg.n && !status)
		return command_usage(cx, S("the tree has no device tree source of this device: "
					   "there is nothing to draw"));
	return w->svg.n && !status ? write_page(cx, w->svg, &pages->svg) : status;
}

static int print(struct show *w)
{
	struct survey *s = &w->survey;
	int status = EXIT_GOOD;

	for (size_t i = 0; i < s->jobs.n; i++) {
		const struct survey_job *j = &s->jobs.p[i];
		const struct pages *pages = j->result;

		if (j->target->failed) {
			survey_say(s, j->target);
			status = EXIT_USAGE;
		}
		if (pages && (pages->text.n || pages->html.n || w->svg.n) &&
		    survey_has_device(j, s->only))
			status = status ? status : write_pages(w, pages);
	}
	return status;
}

static int read_options(struct show *w, struct opts *o, struct str *tree)
{
	int id, status = EXIT_GOOD;

	while (!status && (id = opts_next(o)) != OPTS_END) {
		switch (id) {
		case OPTS_ERROR:
			return command_usage(w->survey.cx, o->error);
		case 'C':
			*tree = o->value;
			break;
		case JSON:
			w->json = true;
			break;
		case HTML:
			w->html = o->value;
			break;
		case SVG:
			w->svg = o->value;
			break;
		case 'a':
			w->all = true;
			break;
		default:
			status = survey_option(&w->survey, id, o->value);
		}
	}
	return status;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct show w = {.survey = {.cx = cx, .mem = cx->mem, .model = true, .each = render}};
	struct survey *s = &w.survey;
	struct str tree = S(".");
	int status;

	s->ctx = &w;
	status = read_options(&w, &o, &tree);
	if (status)
		return status;
	w.colour = isatty(1) && !env_get(cx->env, S("NO_COLOR")).n;
	status = survey_open(s, cx, "show", tree);
	for (size_t i = 0; !status && i < o.operands.n; i++)
		status = survey_operand(s, o.operands.p[i]);
	if (!status && s->ids.n != 1)
		status =
		    command_usage(cx, s->ids.n ? S("one DEVICE at a time")
					       : S("DEVICE is missing; imagemk list has them"));
	if (!status) {
		s->only = s->ids.p[0];
		status = survey_run_apart(s);
		status = status ? status : print(&w);
	}
	status = confine_report(s->confine, status);
	survey_close(s);
	return status;
}

const struct command cmd_show = {
    .name = "show",
    .help = "[-C TREE] [BOARD[/SUBTARGET]] DEVICE: one device: files, chains, flash, where each "
	    "value comes from; runs nothing",
    .options = options,
    .operands = OPERANDS_TARGETS,
    .run = run,
};
