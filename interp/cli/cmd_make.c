/* SPDX-License-Identifier: GPL-2.0-only */
/* imagemk make: GNU make's command line; with IMAGEMK_REPORT=DIR also the report of the images. */
#include "cli/host.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "image/report.h"

static void said(void *ctx, struct str target, size_t line, struct str text)
{
	report_said(ctx, target, line, text);
}

static void ran(void *ctx, const struct make_recipe *recipe, size_t line, struct files *files)
{
	report_wrote(ctx, recipe, line, files);
}

/* The environment without the names that are for this process only; makes that are started are to
 * know they are WATCHED. */
static struct env env_of_recipes(struct arena *mem, struct env env, bool watched)
{
	static const char *const names[] = {"IMAGEMK_REPORT", "IMAGEMK_HANDED_OVER",
					    "IMAGEMK_STATE", "IMAGEMK_TREE", "IMAGEMK_WATCHED"};
	struct strs kept = env_without(mem, env, names, sizeof(names) / sizeof(*names));

	if (watched || str_is(env_get(env, S("IMAGEMK_WATCHED")), "1"))
		*vec_push(mem, &kept) = S("IMAGEMK_WATCHED=1");
	return (struct env){kept.p, kept.n};
}

/* Who makes the files, and how: another program, or one that was asked to work otherwise, may make
 * others. */
static struct str identity(struct command_cx *cx)
{
	struct stat st;
	struct str links = env_get(cx->env, S("IMAGEMK_LINKS"));

	if (stat("/proc/self/exe", &st) < 0)
		return (struct str){NULL, 0};
	return str_fmt(cx->mem, "%llu-%lld.%09ld-%.*s", (unsigned long long)st.st_size,
		       (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, STR_ARG(links));
}

/* IMAGEMK_STATE names the folder where one run leaves word for the next; IMAGEMK_INCREMENTAL=0
 * turns it off. */
static bool keep_traces(struct command_cx *cx, struct host *h)
{
	struct str folder = env_get(cx->env, S("IMAGEMK_STATE")), program = identity(cx);

	if (folder.n && program.n && !str_is(env_get(cx->env, S("IMAGEMK_INCREMENTAL")), "0") &&
	    !stats_natives_off(cx->stats))
		host_keep_traces(h, folder, program);
	else
		return false;
	return true;
}

/* Sub-makes take and free some megabytes each, one after the other; let the next one have them
 * without the kernel. */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, 2 << 20);
	mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

/* In an adopted tree the profiles.json of earlier runs must not list images that are gone, when the
 * tree's script adds those of this one. */
static void tidy_profiles(struct command_cx *cx, struct str dir)
{
	const struct str argv[] = {S("json_overview_image_info"), S("--tidy"),
				   path_join(cx->mem, dir, S("profiles.json"))};

	tool_run(cx, argv, sizeof(argv) / sizeof(*argv));
}

/*
 * A tree's top Makefile sends all that a quiet stage says to /dev/null, and keeps descriptor 8 for
 * what is to be seen (include/verbose.mk): the end of the table is. 0: no such thing.
 */
static int quiet_stage_fd(struct command_cx *cx)
{
	struct stat out, null;

	if (!env_get(cx->env, S("IMAGEMK_HANDED_OVER")).n || fcntl(8, F_GETFD) < 0 ||
	    fstat(1, &out) < 0 || stat("/dev/null", &null) < 0 || !S_ISCHR(out.st_mode) ||
	    out.st_rdev != null.st_rdev)
		return 0;
	return 8;
}

int run_make(struct command_cx *cx, struct str program, const struct str *args, size_t n,
	     struct str report_dir)
{
	struct report_options options = {
		.strict = str_is(env_get(cx->env, S("STRICT")), "1"),
		.progress = isatty(2) && !str_is(env_get(cx->env, S("TERM")), "dumb"),
		.others = quiet_stage_fd(cx),
	};
	struct report *report = report_dir.p ? report_new(&options) : NULL;
	struct host_listener listener = {report, said, ran};
	struct host *h = host_new(cx, report ? &listener : NULL);
	struct make_setup *setup = host_setup(cx, h, program, args, n);
	/* IMAGEMK_APART: its folders are its own (mk/profiles.mk). */
	bool turns = report && !env_get(cx->env, S("IMAGEMK_APART")).n;
	int turn = turns ? turn_take(cx, setup->interrupted) : -1, status;

	keep_memory();
	if (turn >= 0)
		turn_sweep(cx->mem, report_dir);
	setup->env = env_of_recipes(cx->mem, cx->env, keep_traces(cx, h));
	setup->directory_said = env_get(cx->env, S("IMAGEMK_HANDED_OVER")).n > 0;
	setup->trails = report || cx->origins;
	setup->origins = cx->origins;
	setup->no_spans = !setup->trails;
	if (!report && !cx->sigpipe_ignored)
		setup->sigpipe = MAKE_SIGPIPE_ENDS_PROCESS;
	setup->listener = report ? report_listener(report) : NULL;
	status = make_run(setup);
	if (status > 256) {
		cx->killed_by = status - 256;
		/* As GNU make, which wants no core file. */
		status = cx->killed_by == SIGQUIT ? 1 : 128 + cx->killed_by;
	}
	if (report) {
		status = report_finish(report, report_dir, status);
		if (setup->directory_said && report_has_images(report))
			tidy_profiles(cx, report_dir);
		report_free(report);
	}
	if (turn >= 0)
		close(turn);
	host_free(h);
	return status;
}

static int run(struct command_cx *cx)
{
	struct str own = path_base(cx->program);

	/* By a link its name is what messages begin with. */
	return run_make(cx, str_starts(own, S("imagemk")) ? S("make") : cx->program, cx->argv + 1,
			cx->argc - 1, env_get(cx->env, S("IMAGEMK_REPORT")));
}

const struct command cmd_make = {
	.name = "make",
	.help = "[GNU make's options and goals]: be GNU make",
	.run = run,
};
