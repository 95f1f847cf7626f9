/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk eval: expand a text after reading Makefiles. */
#include "cli/cli.h"

#include <stdio.h>

static const struct opt options[] = {
	{'C', "directory", OPT_VALUE, "DIR  read DIR's Makefile"},
	{'f', "file", OPT_VALUE, "FILE  read FILE instead"},
	{'o', "origin", OPT_NONE, " say where each stretch of the result was written"},
	{0, NULL, OPT_NONE, NULL},
};

static void print_origins(struct command_cx *cx, const struct make_text *t)
{
	for (size_t i = 0; i < t->n_spans; i++) {
		const struct make_span *s = &t->spans[i];
		size_t to = i + 1 < t->n_spans ? t->spans[i + 1].from : t->text.n;
		struct str part = str_sub(t->text, s->from, to - s->from);
		struct str line = diag_format(cx->mem, make_span_place(s), s->trail, (struct str){NULL, 0}, part);

		printf("%.*s", STR_ARG(line));
	}
}

/* In an adopted tree the image Makefiles are read here, by us, and not handed over to us. */
static struct env within_stage(struct arena *mem, struct env env)
{
	static const char *const names[] = {"IMAGEMK_STAGE"};
	struct strs all = env_without(mem, env, names, 1);

	*vec_push(mem, &all) = S("IMAGEMK_STAGE=1");
	return (struct env){all.p, all.n};
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct host *h = host_new(cx, NULL);
	struct strs args = {0};
	struct make_setup *setup;
	struct make_text text;
	struct make *make;
	bool origin = false, good;
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		if (id == 'o') {
			origin = true;
			continue;
		}
		*vec_push(cx->mem, &args) = id == 'C' ? S("-C") : S("-f");
		*vec_push(cx->mem, &args) = o.value;
	}
	if (o.operands.n == 0)
		return command_usage(cx, S("TEXT is missing"));
	for (size_t i = 0; i + 1 < o.operands.n; i++)
		*vec_push(cx->mem, &args) = o.operands.p[i];
	setup = host_setup(cx, h, S("imagemk"), args.p, args.n);
	setup->env = within_stage(cx->mem, cx->env);
	setup->directory_said = true;
	make = make_open(setup);
	if (!make)
		return EXIT_USAGE;
	good = make_expand(make, cx->mem, o.operands.p[o.operands.n - 1], &text);
	if (good && origin)
		print_origins(cx, &text);
	else if (good)
		printf("%.*s\n", STR_ARG(text.text));
	make_close(make);
	return good ? EXIT_GOOD : EXIT_USAGE;
}

const struct command cmd_eval = {
	.name = "eval",
	.help = "[-C DIR] [-f FILE] [VAR=VALUE]... TEXT: expand TEXT after reading the Makefiles\n"
		"  -o, --origin   say where each stretch of the result was written",
	.run = run,
};
