/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk list: the devices of a tree and their images, from evaluating every target and subtarget
 * (survey.c). */
#include "cli/coverage.h"
#include "cli/survey.h"

#include <stdio.h>
#include <unistd.h>

enum { JSON = 512, COVERAGE };

static const struct opt options[] = {
    {'C', "directory", OPT_VALUE, "TREE  the tree (default: the current folder)"},
    {'j', "jobs", OPT_VALUE, "N  evaluations at once (default: one per processor)"},
    {JSON, "json", OPT_NONE, " as JSON; imagemk(1) has the schema"},
    {COVERAGE, "coverage", OPT_NONE,
     " which steps of each device's chains run in process, start processes, need a shell"},
    {'v', "verbose", OPT_NONE, " show what the Makefiles warn about, too"},
    CONFINE_OPTIONS,
    {0, NULL, OPT_NONE, NULL},
};

struct list {
	bool json, verbose, colour, coverage;
};

static void *render(const struct survey *s, struct target *t)
{
	const struct list *l = s->ctx;
	struct str *text = arena_make(t->mem, struct str);
	struct buf out = buf_new(t->mem);

	if (l->coverage && l->json)
		coverage_json(t, &s->ids, &out);
	else if (l->coverage)
		coverage_text(t, &s->ids, l->colour, &out);
	else if (l->json)
		target_json(t, &s->ids, &out);
	else
		target_table(t, &s->ids, l->colour, &out);
	*text = buf_view(&out);
	return text;
}

static void put(struct str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

static bool has_any(const struct survey *s, const struct survey_job *j)
{
	for (size_t k = 0; k < s->ids.n; k++)
		if (survey_has_device(j, s->ids.p[k]))
			return true;
	return !s->ids.n || j->target->failed;
}

static int print(struct survey *s)
{
	const struct list *l = s->ctx;
	const char *between = "\n";
	int status = EXIT_GOOD;

	if (l->json) {
		struct buf b = buf_new(s->mem);

		buf_fmt(&b,
			"{\n  \"%s_version\": 1,\n  \"tree\": ", l->coverage ? "coverage" : "list");
		json_string(&b, s->tree.path);
		buf_z(&b, ",\n  \"targets\": [");
		put(buf_view(&b));
	}
	for (size_t i = 0; i < s->jobs.n; i++) {
		const struct survey_job *j = &s->jobs.p[i];

		if (j->target->failed)
			status = EXIT_PROBLEM;
		if (j->target->failed || l->verbose)
			survey_say(s, j->target);
		if (!has_any(s, j))
			continue;
		if (l->json || *between == ',')
			put(str_z(between));
		put(*(const struct str *)j->result);
		between = l->json ? ",\n" : &",\n"[1];
	}
	if (l->json)
		put(*between == ',' ? S("\n  ]\n}\n") : S("]\n}\n"));
	return status;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct list l = {0};
	struct survey s = {.cx = cx, .mem = cx->mem, .each = render, .ctx = &l};
	struct str tree = S(".");
	int id, status = EXIT_GOOD;

	while (!status && (id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == 'C')
			tree = o.value;
		else if (id == JSON)
			l.json = true;
		else if (id == COVERAGE)
			l.coverage = s.model = s.recipes = true;
		else if (id == 'v')
			l.verbose = s.confined.verbose = true;
		else
			status = survey_option(&s, id, o.value);
	}
	if (status)
		return status;
	l.colour = isatty(1) && !env_get(cx->env, S("NO_COLOR")).n;
	status = survey_open(&s, cx, "list", tree);
	for (size_t i = 0; !status && i < o.operands.n; i++)
		status = survey_operand(&s, o.operands.p[i]);
	if (!status)
		status = survey_run(&s);
	if (!status)
		status = print(&s);
	status = confine_report(s.confine, status);
	survey_close(&s);
	return status;
}

const struct command cmd_list = {
    .name = "list",
    .help = "[-C TREE] [-j N] [--json] [--coverage] [BOARD[/SUBTARGET]]... [DEVICE]...: the "
	    "devices of a tree and their images",
    .options = options,
    .operands = OPERANDS_TARGETS,
    .run = run,
};
