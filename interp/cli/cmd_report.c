/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imagemk report: what the last run made of each image, from the build-report.json that it wrote.
 */
#include "cli/cli.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "blob/files.h"
#include "image/report.h"

#define REPORT "build-report.json"

static const struct opt options[] = {
	{'j', "json", OPT_NONE, " the report as it is"},
	{'m', "merge", OPT_VALUE, "REPORT  put what REPORT says into DIR's"},
	{'S', "strict", OPT_NONE, " exit 1 when an image was dropped"},
	{0, NULL, OPT_NONE, NULL},
};

/* The reports that DIR stands for: itself when it is a file, its own, or those below the tree's
 * bin/targets. */
static glob_t find_reports(struct arena *mem, struct str dir)
{
	static const char *const below[] = {"", "/" REPORT, "/bin/targets/*/*/" REPORT,
					    "/bin/*/" REPORT};
	struct buf quoted = buf_new(mem);
	glob_t found = {0};
	struct stat st;

	for (size_t i = 0; i < dir.n; i++) {
		if (strchr("*?[\\", dir.p[i]))
			buf_char(&quoted, '\\');
		buf_char(&quoted, dir.p[i]);
	}
	for (size_t i = 0; i < sizeof(below) / sizeof(below[0]) && !found.gl_pathc; i++) {
		glob(str_cz(mem, str_fmt(mem, "%.*s%s", STR_ARG(buf_view(&quoted)), below[i])), 0,
		     NULL, &found);
		if (found.gl_pathc && (stat(found.gl_pathv[0], &st) != 0 || !S_ISREG(st.st_mode))) {
			globfree(&found);
			found = (glob_t){0};
		}
	}
	return found;
}

static int problem(struct command_cx *cx, struct str path, const char *why, struct str hint)
{
	diag_say(&cx->say, (struct place){{NULL, 0}, 0}, NULL, hint, "imagemk report: %.*s: %s",
		 STR_ARG(path), why);
	return EXIT_PROBLEM;
}

static cJSON *read_json(struct arena *mem, struct files *files, struct str path)
{
	struct blob *b = NULL;
	struct str text;

	if (files_read(files, path, &b) != 0)
		return NULL;
	text = str_dup(mem, blob_flat(mem, b));
	blob_unref(b);
	return cJSON_ParseWithLength(text.p, text.n);
}

static bool has_image(const cJSON *images, const char *name)
{
	const cJSON *image;

	cJSON_ArrayForEach(image, images) {
		const char *other =
		    cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(image, "name"));

		if (name && other && strcmp(name, other) == 0)
			return true;
	}
	return false;
}

/* What OLD says of images that NOW does not speak of stays true. */
static void keep_other(cJSON *now, const cJSON *old)
{
	cJSON *devices = cJSON_GetObjectItemCaseSensitive(now, "profiles");
	const cJSON *d, *image;

	cJSON_ArrayForEach(d, cJSON_GetObjectItemCaseSensitive(old, "profiles")) {
		cJSON *same = cJSON_GetObjectItemCaseSensitive(devices, d->string);
		cJSON *images = cJSON_GetObjectItemCaseSensitive(same, "images");

		if (!same)
			cJSON_AddItemToObject(devices, d->string, cJSON_Duplicate(d, 1));
		else
			cJSON_ArrayForEach(
			    image,
			    cJSON_GetObjectItemCaseSensitive(
				d, "images")) if (!has_image(images,
							     cJSON_GetStringValue(
								 cJSON_GetObjectItemCaseSensitive(
								     image, "name"))))
			    cJSON_AddItemToArray(images, cJSON_Duplicate(image, 1));
	}
}

/* DIR's report says what the one at PATH does, too: of profiles that were built apart. The exit
 * status is REPORT's. */
static int merge(struct command_cx *cx, struct str path, struct str dir)
{
	struct files_options fo = {.umask = umask(022)};
	char *from = realpath(str_cz(cx->mem, path), NULL),
	     *to = realpath(str_cz(cx->mem, dir), NULL);
	struct files *files = files_new(&fo);
	struct str out = path_join(cx->mem, to ? str_z(to) : dir, S(REPORT)), bad = out;
	cJSON *now = from ? read_json(cx->mem, files, str_z(from)) : NULL,
	      *old = read_json(cx->mem, files, out);
	char *text = NULL;
	struct blob *b;
	int err = ENOENT;

	umask(fo.umask);
	if (now && to) {
		keep_other(now, old);
		text = cJSON_Print(now);
		b = blob_copy(str_fmt(cx->mem, "%s\n", text).p, strlen(text) + 1);
		err = -files_write(files, out, b);
		blob_unref(b);
		err = err ? err : -files_commit(files, &bad);
	}
	if (err)
		problem(cx,
			!from || !now ? path
			: !to	      ? dir
				      : bad,
			from && to && !now ? "no report" : strerror(err), (struct str){NULL, 0});
	free(text);
	cJSON_Delete(now);
	cJSON_Delete(old);
	files_free(files);
	free(from);
	free(to);
	return err ? EXIT_PROBLEM : EXIT_GOOD;
}

static int show(struct command_cx *cx, const char *path, bool json, bool strict)
{
	int status = EXIT_GOOD;

	struct files_options fo = {.umask = 022};
	struct files *files = files_new(&fo);
	char *absolute = realpath(path, NULL);
	struct blob *b = NULL;
	int err = absolute ? files_read(files, str_z(absolute), &b) : -errno;
	struct str text = err ? S("") : str_dup(cx->mem, blob_flat(cx->mem, b));
	struct report *r = err ? NULL : report_read(text);

	blob_unref(b);
	files_free(files);
	free(absolute);
	if (err)
		return problem(cx, str_z(path), strerror(-err), (struct str){NULL, 0});
	if (!r)
		return problem(cx, str_z(path), "no report of version 1",
			       S("a run writes it anew"));
	if (!json)
		text = report_show(r, cx->mem, isatty(1) && !getenv("NO_COLOR"));
	fwrite(text.p, 1, text.n, stdout);
	if (strict && report_has_dropped(r))
		status = EXIT_PROBLEM;
	report_free(r);
	return status;
}

static int run(struct command_cx *cx)
{
	struct opts o = opts_begin(cx->mem, options, cx->argv, cx->argc, false);
	struct str dir = S("."), other = {NULL, 0};
	bool json = false, strict = false;
	glob_t found;
	int id, status = EXIT_GOOD;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return command_usage(cx, o.error);
		json |= id == 'j';
		strict |= id == 'S';
		if (id == 'm')
			other = o.value;
	}
	if (o.operands.n > 1)
		return command_usage(cx, S("one folder at a time"));
	if (o.operands.n)
		dir = o.operands.p[0];
	if (other.n)
		return merge(cx, other, dir);
	found = find_reports(cx->mem, dir);
	if (!found.gl_pathc)
		return problem(
		    cx, dir, "no " REPORT " there or below its bin/targets",
		    S("it is in bin/targets/BOARD/SUBTARGET after a run that made images"));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		if (!json && found.gl_pathc > 1)
			printf("%s%s:\n", i ? "\n" : "", found.gl_pathv[i]);
		if (show(cx, found.gl_pathv[i], json, strict))
			status = EXIT_PROBLEM;
	}
	globfree(&found);
	return status;
}

const struct command cmd_report = {
    .name = "report",
    .help = "[--json] [--strict] [--merge REPORT] [DIR]: what the last run made of each image\n"
	    "DIR: a folder of images, a tree (all its bin/targets), or a report; default: the "
	    "current folder",
    .options = options,
    .operands = OPERANDS_FOLDERS,
    .run = run,
};
