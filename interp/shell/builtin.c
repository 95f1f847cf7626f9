/* SPDX-License-Identifier: GPL-2.0-only */
/* Finding a builtin, and the smallest of them. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/times.h>
#include <unistd.h>

#include "base/path.h"
#include "shell/builtin.h"

extern const struct builtin *const builtin_rows[]; /* generated; NULL at the end */

const struct builtin *builtin_row(enum shell_dialect dialect, struct str name)
{
	unsigned other = dialect == SHELL_BASH ? BUILTIN_POSIX : BUILTIN_BASH;

	for (const struct builtin *const *b = builtin_rows; *b; b++)
		if (str_eq((*b)->name, name))
			return (*b)->flags & other ? NULL : *b;
	return NULL;
}

const struct builtin *builtin_find(enum shell_dialect dialect, struct str name)
{
	const struct builtin *b = builtin_row(dialect, name);

	return b && b->run ? b : NULL;
}

void builtin_tell(const struct shell *sh, const struct builtin *b, const struct str *argv,
		  size_t argc)
{
	tell_use(sh,
		 b->flags & BUILTIN_PURE   ? SHELL_USES_PURE
		 : b->flags & BUILTIN_EXEC ? SHELL_USES_CHANGES
					   : SHELL_USES_VARYING,
		 argv, argc);
}

bool builtin_number(struct shell *sh, struct str s, int64_t *out)
{
	uint64_t n;

	if (is_bash(sh))
		return test_number(sh, s, out);
	if (!posix_number(s, &n))
		return false;
	*out = (int64_t)n;
	return true;
}

int builtin_error(struct shell *sh, struct str name, int bash, const char *fmt, ...)
{
	const struct builtin *b = builtin_find(sh->dialect, name);
	va_list ap;
	struct str text;

	va_start(ap, fmt);
	text = str_vfmt(sh->tmp, fmt, ap);
	va_end(ap);
	say(sh, "%.*s: %.*s", STR_ARG(name), STR_ARG(text));
	if (is_bash(sh))
		return bash;
	if (b && (b->flags & BUILTIN_SPECIAL)) {
		sh->status = 2;
		sh->flow = FLOW_EXIT;
		sh->raised = true;
	}
	return 2;
}

int builtin_stopped(struct shell *sh, int status)
{
	if (sh->flow != FLOW_EXIT || !sh->raised)
		return status;
	sh->raised = false;
	sh->flow = FLOW_ON;
	return 2;
}

static int run_colon(struct shell *sh, const struct str *argv, size_t argc)
{
	(void)sh, (void)argv, (void)argc;
	return 0;
}

const struct builtin builtin_colon = {
	.name = S(":"),
	.run = run_colon,
	.flags = BUILTIN_SPECIAL | BUILTIN_PURE,
};

const struct builtin builtin_true = {
	.name = S("true"),
	.run = run_colon,
	.flags = BUILTIN_PURE,
};

static int run_false(struct shell *sh, const struct str *argv, size_t argc)
{
	(void)sh, (void)argv, (void)argc;
	return 1;
}

const struct builtin builtin_false = {
	.name = S("false"),
	.run = run_false,
	.flags = BUILTIN_PURE,
};

static int run_let(struct shell *sh, const struct str *argv, size_t argc)
{
	int64_t value = 0;

	if (argc < 2)
		return builtin_error(sh, argv[0], 1, "expression expected");
	sh->arith_who = "let";
	for (size_t i = 1; i < argc; i++) {
		if (!arith_eval(sh, argv[i], &value)) {
			if (sh->flow == FLOW_DISCARD && !sh->whole)
				sh->flow = FLOW_ON;
			if (sh->flow == FLOW_EXIT)
				return sh->status;
			value = 0;
			break;
		}
	}
	sh->arith_who = NULL;
	return value == 0;
}

const struct builtin builtin_let = {
	.name = S("let"),
	.run = run_let,
	.flags = BUILTIN_BASH | BUILTIN_PURE | BUILTIN_DASHES,
};

static int run_times(struct shell *sh, const struct str *argv, size_t argc)
{
	struct tms t;
	double hz = (double)sysconf(_SC_CLK_TCK);
	const clock_t *v[] = {&t.tms_utime, &t.tms_stime, &t.tms_cutime, &t.tms_cstime};
	struct buf out = buf_new(sh->tmp);

	(void)argc;
	times(&t);
	for (size_t i = 0; i < 4; i++) {
		double s = (double)*v[i] / hz;

		buf_fmt(&out, is_bash(sh) ? "%dm%.3fs%c" : "%dm%fs%c", (int)s / 60,
			s - 60 * ((int)s / 60), i % 2 ? '\n' : ' ');
	}
	return put_out(sh, argv[0], buf_view(&out));
}

const struct builtin builtin_times = {
	.name = S("times"),
	.run = run_times,
	.flags = BUILTIN_SPECIAL,
	.options = "",
	.usage = "times",
};

int posix_no_job(struct shell *sh, struct str who, struct str job)
{
	if (job.n == 1 || str_is(job, "%+") || str_is(job, "%%"))
		return builtin_error(sh, who, 2, "No current job");
	if (str_is(job, "%-"))
		return builtin_error(sh, who, 2, "No previous job");
	return builtin_error(sh, who, 2, "No such job: %.*s", STR_ARG(job));
}

static int wait_posix(struct shell *sh, const struct str *argv, size_t argc)
{
	int i = posix_no_options(sh, argv, argc);
	uint64_t n;

	if (i < 0)
		return 2;
	for (size_t k = (size_t)i; k < argc; k++) {
		if (argv[k].n && argv[k].p[0] == '%')
			return posix_no_job(sh, argv[0], argv[k]);
		if (!posix_number(argv[k], &n))
			return builtin_error(sh, argv[0], 2, "Illegal number: %.*s",
					     STR_ARG(argv[k]));
	}
	return (size_t)i < argc ? 127 : 0;
}

/* Nothing runs in the background: every job ended already. */
static int run_wait(struct shell *sh, const struct str *argv, size_t argc)
{
	int status = 0;

	if (argc < 2)
		return 0;
	if (!is_bash(sh))
		return wait_posix(sh, argv, argc);
	for (size_t i = 1; i < argc; i++) {
		bool digit = argv[i].n && argv[i].p[0] >= '0' && argv[i].p[0] <= '9';
		uint64_t n;

		if (digit && str_number(argv[i], 10, &n) && n <= INT_MAX)
			status =
			    builtin_error(sh, argv[0], 127, "pid %llu is not a child of this shell",
					  (unsigned long long)n);
		else if (argv[i].n && argv[i].p[0] == '%')
			status =
			    builtin_error(sh, argv[0], 127, "%.*s: no such job", STR_ARG(argv[i]));
		else
			status =
			    builtin_error(sh, argv[0], 1, "`%.*s': not a pid or valid job spec",
					  STR_ARG(argv[i]));
		if (digit && status == 1)
			break;
	}
	return status;
}

const struct builtin builtin_wait = {
	.name = S("wait"),
	.run = run_wait,
	.options = "fnp:",
	.usage = "wait [-fn] [-p var] [id ...]",
	.elsewhere = "fnp",
};

static int run_builtin(struct shell *sh, const struct str *argv, size_t argc)
{
	const struct builtin *b;

	if (argc < 2)
		return 0;
	b = builtin_find(sh->dialect, argv[1]);
	if (!b)
		return builtin_error(sh, argv[0], 1, "%.*s: not a shell builtin", STR_ARG(argv[1]));
	builtin_tell(sh, b, argv + 1, argc - 1);
	return builtin_run(sh, b, argv + 1, argc - 1);
}

const struct builtin builtin_builtin = {
	.name = S("builtin"),
	.run = run_builtin,
	.flags = BUILTIN_BASH | BUILTIN_PURE,
	.options = "",
	.usage = "builtin [shell-builtin [arg ...]]",
};
