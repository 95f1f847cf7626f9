/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk show: one device: its files and chains, where each value comes from, its flash. Runs nothing. */
#include "cli/survey.h"

#include <stdio.h>
#include <unistd.h>

#include "image/show.h"

static const struct opt options[] = {
	{'C', "directory", OPT_VALUE, "TREE  the tree (default: the current folder)"},
	{'J', "json", OPT_NONE, " as JSON"},
	{'a', "all", OPT_NONE, " with what nobody set since Device/Init, and what is set for all devices"},
	CONFINE_OPTIONS,
	{0, NULL, OPT_NONE, NULL},
};

struct show {
	bool json, all, colour;
};

static void *render(const struct survey *s, struct target *t)
{
	const struct show *w = s->ctx;
	struct buf *out = arena_make(t->mem, struct buf);
	struct dts_cache *cache;

	*out = buf_new(t->mem);
	if (!t->model)
		return out;
	cache = dts_cache_new(s->tree.path);
	for (size_t i = 0; i < t->model->devices.n; i++) {
		const struct device_model *d = t->model->devices.p[i];
		const struct shown *shown;

		if (!str_eq(d->id, s->only))
			continue;
		shown = show_device(&s->tree, t, d, cache, w->all);
		if (w->json)
			show_json(shown, s->tree.path, out);
		else
			show_text(shown, s->tree.path, w->colour, out);
	}
	dts_cache_free(cache);
	return out;
}

static int print(struct survey *s)
{
	int status = EXIT_GOOD;

	for (size_t i = 0; i < s->jobs.n; i++) {
		const struct survey_job *j = &s->jobs.p[i];
		const struct buf *text = j->result;

		if (j->target->failed) {
			survey_say(s, j->target);
			status = EXIT_USAGE;
		}
		if (text)
			fwrite(text->p, 1, text->n, stdout);
	}
	return status;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct show w = {0};
	struct survey s = {.cx = cx, .mem = cx->mem, .model = true, .each = render, .ctx = &w};
	struct str tree = S(".");
	int id, status = EXIT_GOOD;

	while (!status && (id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == 'C')
			tree = o.value;
		else if (id == 'J')
			w.json = true;
		else if (id == 'a')
			w.all = true;
		else
			status = survey_option(&s, id, o.value);
	}
	if (status)
		return status;
	w.colour = isatty(1) && !env_get(cx->env, S("NO_COLOR")).n;
	status = survey_open(&s, cx, "show", tree);
	for (size_t i = 0; !status && i < o.operands.n; i++)
		status = survey_operand(&s, o.operands.p[i]);
	if (!status && s.ids.n != 1)
		status = command_usage(cx, s.ids.n ? S("one DEVICE at a time") : S("DEVICE is missing; imagemk list has them"));
	if (!status) {
		s.only = s.ids.p[0];
		status = survey_run(&s);
	}
	if (!status)
		status = print(&s);
	status = confine_report(s.confine, status);
	survey_close(&s);
	return status;
}

const struct command cmd_show = {
	.name = "show",
	.help = "[-C TREE] [BOARD[/SUBTARGET]] DEVICE: one device: files, chains, flash, where each value comes from; runs nothing\n"
		"  -C, --directory TREE   the tree (default: the current folder)\n"
		"      --json             as JSON; imagemk(1) has the schema\n"
		"  -a, --all              with what nobody set since Device/Init, and what is set for all devices"
		CONFINE_HELP,
	.run = run,
};
