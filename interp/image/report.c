/* SPDX-License-Identifier: GPL-2.0-only */
/* Listens to a run and remembers what became of each image (see report.h). */
#include "image/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "blob/files.h"
#include "image/internal.h"

/* What a recipe said that matters for its verdict. */
struct said {
	size_t line;		/* index of the recipe line */
	uint64_t size, limit;	/* from "is too big: SIZE > LIMIT"; 0: not said */
	struct str text;	/* the last whole text */
};

uint64_t report_bytes(struct str size)
{
	uint64_t n, unit = 1;
	struct str digits = str_trim(size);

	if (digits.n == 0)
		return 0;
	switch (digits.p[digits.n - 1] | 0x20) {
	case 'g':
		unit <<= 10;
		/* fall through */
	case 'm':
		unit <<= 10;
		/* fall through */
	case 'k':
		unit <<= 10;
		digits.n--;
	}
	return str_number(digits, 0, &n) ? n * unit : 0;
}

/* The two numbers of "... is too big: 8126976 > 7995392", as every release words it. */
static bool read_too_big(struct str text, uint64_t *size, uint64_t *limit)
{
	ptrdiff_t at = str_find(text, S("is too big: "));
	struct str rest, word;

	if (at < 0)
		return false;
	rest = str_from(text, (size_t)at + sizeof("is too big: ") - 1);
	return str_word(&rest, &word) && str_number(word, 10, size) && str_word(&rest, &word) &&
	       str_is(word, ">") && str_word(&rest, &word) && str_number(word, 10, limit);
}

void report_said(struct report *r, struct str target, size_t line, struct str text)
{
	struct said *s;
	void **at;

	pthread_mutex_lock(&r->lock);
	at = map_at(r->said, target);
	if (!*at)
		*at = arena_make(r->mem, struct said);
	s = *at;
	if (!s->limit && read_too_big(text, &s->size, &s->limit))
		s->line = line;
	if (!s->limit) {
		s->text = str_dup(r->mem, text);
		s->line = line;
	}
	pthread_mutex_unlock(&r->lock);
}

static struct str value(const struct make_recipe *recipe, struct report *r, const char *name)
{
	return str_dup(r->mem, str_trim(recipe->value(recipe, r->mem, str_z(name))));
}

/* Is TARGET a finished image: a file in KDIR/tmp made for a device? */
static bool is_image(struct report *r, const struct make_recipe *recipe)
{
	struct str kdir = value(recipe, r, "KDIR");

	return kdir.n && str_starts(recipe->target, kdir) &&
	       str_is(path_dir(str_from(recipe->target, kdir.n)), "/tmp") &&
	       value(recipe, r, "DEVICE_NAME").n > 0;
}

static void recipe_start(void *ctx, const struct make_recipe *recipe)
{
	struct report *r = ctx;
	struct str name = path_base(recipe->target);

	if (!r->options.progress)
		return;
	fprintf(stderr, "\r\033[K[%u] %.*s", r->done, STR_ARG(name));
	fflush(stderr);
}

/* The house's diagnostic for a dropped image, with the place and the calls. */
static void say_too_big(struct report *r, const struct image_verdict *v)
{
	struct diag d = diag_stderr();

	diag_say(&d, v->at, v->trail, blame_limit(r, v),
		 "*** %.*s is too big: %llu bytes, limit %llu (%llu over); the image was dropped",
		 STR_ARG(v->file), (unsigned long long)v->size, (unsigned long long)v->limit,
		 (unsigned long long)(v->size - v->limit));
}

static void say_failed(const struct image_verdict *v)
{
	struct diag d = diag_stderr();

	if (v->trail)
		diag_say(&d, v->at, v->trail, (struct str){NULL, 0}, "*** %.*s could not be built",
			 STR_ARG(v->file));
}

static void judge(struct report *r, struct image_verdict *v, const struct make_recipe *recipe,
		  int status, size_t line)
{
	const struct said *s = map_get(r->said, recipe->target);
	struct arena *scratch = arena_new();
	struct stat st;
	bool there = stat(str_cz(scratch, path_join(scratch, recipe->cwd, recipe->target)), &st) == 0;

	arena_free(scratch);
	v->size = there ? (uint64_t)st.st_size : 0;
	if (!there && s && s->limit) {
		v->verdict = VERDICT_DROPPED;
		v->size = s->size;
		v->limit = s->limit;
		blame_line(r, v, recipe, s->line);
		say_too_big(r, v);
	} else if (status || !there) {
		v->verdict = VERDICT_FAILED;
		v->message = s ? s->text : S("");
		blame_line(r, v, recipe, status ? line : s ? s->line : recipe->n_lines);
		say_failed(v);
	}
}

/* The image that RECIPE was to bring into BIN_DIR; NULL when it is no such recipe. */
static struct image_verdict *output_of(struct report *r, const struct make_recipe *recipe)
{
	struct str bin = value(recipe, r, "BIN_DIR"), file = path_base(recipe->target);

	if (!bin.n || !str_eq(path_dir(recipe->target), bin))
		return NULL;
	for (size_t i = r->images.n; i-- > 0;)
		if (str_eq(r->images.p[i].file, file))
			return &r->images.p[i];
	return NULL;
}

static void judge_output(struct report *r, struct image_verdict *v, const struct make_recipe *recipe, int status,
			 size_t line)
{
	const struct said *s = map_get(r->said, recipe->target);
	struct arena *scratch = arena_new();
	bool there = access(str_cz(scratch, path_join(scratch, recipe->cwd, recipe->target)), F_OK) == 0;

	arena_free(scratch);
	if (there || v->verdict != VERDICT_BUILT)
		return;
	v->verdict = status ? VERDICT_FAILED : VERDICT_IGNORED;
	v->message = s ? s->text : S("");
	blame_line(r, v, recipe, s ? s->line : line);
}

static void recipe_done(void *ctx, const struct make_recipe *recipe, void *run, int status,
			size_t line, double seconds)
{
	struct report *r = ctx;
	struct image_verdict *v;

	(void)run;
	pthread_mutex_lock(&r->lock);
	r->done++;
	if (is_image(r, recipe)) {
		v = vec_push(r->mem, &r->images);
		*v = (struct image_verdict){.seconds = seconds};
		v->device = value(recipe, r, "DEVICE_NAME");
		v->title = value(recipe, r, "DEVICE_TITLE");
		v->board = str_fmt(r->mem, "%.*s/%.*s", STR_ARG(value(recipe, r, "BOARD")),
				   STR_ARG(value(recipe, r, "SUBTARGET")));
		v->file = str_dup(r->mem, path_base(recipe->target));
		v->filesystem = value(recipe, r, "FILESYSTEM");
		v->limit = report_bytes(value(recipe, r, "IMAGE_SIZE"));
		v->topdir = value(recipe, r, "TOPDIR");
		judge(r, v, recipe, status, line);
	} else {
		v = output_of(r, recipe);
		if (v)
			judge_output(r, v, recipe, status, line);
	}
	map_del(r->said, recipe->target);
	pthread_mutex_unlock(&r->lock);
}

static void variable_set(void *ctx, struct make *make, struct str name, struct make_text value,
			 const struct make_span *at)
{
	(void)make;
	blame_variable(ctx, name, value.text, at);
}

struct report *report_new(const struct report_options *options)
{
	struct arena *mem = arena_new();
	struct report *r = arena_make(mem, struct report);

	r->mem = mem;
	r->options = *options;
	r->said = map_new(mem);
	r->origins = map_new(mem);
	pthread_mutex_init(&r->lock, NULL);
	r->listener = (struct make_listener){
		.ctx = r,
		.variable = variable_set,
		.recipe_start = recipe_start,
		.recipe_done = recipe_done,
	};
	return r;
}

void report_free(struct report *r)
{
	pthread_mutex_destroy(&r->lock);
	arena_free(r->mem);
}

const struct make_listener *report_listener(struct report *r)
{
	return &r->listener;
}

/* Images are listed by device, then by file: stable at any -j. */
static int by_name(const void *a, const void *b)
{
	const struct image_verdict *x = a, *y = b;
	int c = str_cmp(x->device, y->device);

	return c ? c : str_cmp(x->file, y->file);
}

static int write_report(struct report *r, struct arena *mem, struct str dir, int status)
{
	struct files_options options = {.umask = umask(022)};
	struct files *files = files_new(&options);
	char *absolute = realpath(str_cz(mem, dir), NULL);
	struct str path, text, old = S(""), bad = dir;
	struct blob *b = NULL;
	int err = 0;

	umask(options.umask);
	if (absolute) {
		path = path_join(mem, str_z(absolute), S("build-report.json"));
		if (files_read(files, path, &b) == 0)
			old = str_dup(mem, blob_flat(mem, b));
		blob_unref(b);
		text = report_json(r, mem, old, status);
		b = blob_copy(text.p, text.n);
		if (r->images.n || old.n)
			err = files_write(files, path, b);
		blob_unref(b);
	}
	if (!err)
		err = files_commit(files, &bad);
	if (err)
		fprintf(stderr, "imagemk: %.*s: build-report.json: %s\n", STR_ARG(bad), strerror(-err));
	free(absolute);
	files_free(files);
	return err;
}

int report_finish(struct report *r, struct str dir, int status)
{
	struct arena *mem = arena_new();
	bool dropped = false;

	if (r->options.progress)
		fprintf(stderr, "\r\033[K");
	if (r->images.n)
		qsort(r->images.p, r->images.n, sizeof(*r->images.p), by_name);
	for (size_t i = 0; i < r->images.n; i++)
		dropped |= r->images.p[i].verdict == VERDICT_DROPPED;
	if (!status && dropped && r->options.strict)
		status = 1;
	if (r->images.n && !r->options.quiet) {
		struct str table = report_table(r, mem, isatty(1) && !getenv("NO_COLOR"));

		fwrite(table.p, 1, table.n, stdout);
		fflush(stdout);
	}
	if (dir.n && write_report(r, mem, dir, status) && !status)
		status = 1;
	arena_free(mem);
	return status;
}
