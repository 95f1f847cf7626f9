/* SPDX-License-Identifier: GPL-2.0-only */
/* Listens to a run and remembers what became of each image (see report.h). */
#include "image/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fds.h"
#include "base/path.h"
#include "blob/files.h"
#include "image/devices.h"
#include "image/internal.h"

uint64_t image_bytes(struct str size)
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

void report_said(struct report *r, struct str target, size_t line, struct str text)
{
	void **at;

	pthread_mutex_lock(&r->lock);
	at = map_at(r->said, target);
	if (!*at) {
		*at = r->spare ? r->spare : arena_make(r->mem, struct said);
		r->spare = r->spare ? r->spare->next : NULL;
	}
	said_add(*at, r->mem, line, text);
	pthread_mutex_unlock(&r->lock);
}

static struct str value(const struct make_recipe *recipe, struct report *r, const char *name)
{
	return str_dup(r->mem, str_trim(recipe->value(recipe, r->mem, str_z(name))));
}

/* The name below KDIR of what RECIPE makes for a device; empty: it makes no such thing. */
static struct str part_of_device(struct report *r, const struct make_recipe *recipe)
{
	struct str kdir = value(recipe, r, "KDIR");

	if (!kdir.n || !str_starts(recipe->target, kdir) || recipe->target.n <= kdir.n + 1 ||
	    recipe->target.p[kdir.n] != '/' || value(recipe, r, "DEVICE_NAME").n == 0)
		return S("");
	return str_from(recipe->target, kdir.n + 1);
}

/* A finished image: a file in KDIR/tmp. */
static bool is_image(struct str part)
{
	return str_is(path_dir(part), "tmp");
}

static void recipe_start(void *ctx, const struct make_recipe *recipe)
{
	struct report *r = ctx;
	struct str name = path_base(recipe->target);

	if (str_is(path_base(path_dir(recipe->target)), "tmp")) {
		pthread_mutex_lock(&r->lock);
		if (is_image(part_of_device(r, recipe)))
			*map_at(r->layouts, recipe->target) = layout_new();
		pthread_mutex_unlock(&r->lock);
	}
	if (!r->options.progress)
		return;
	fprintf(stderr, "\r\033[K[%u] %.*s", r->done, STR_ARG(name));
	fflush(stderr);
}

void report_wrote(struct report *r, const struct make_recipe *recipe, size_t line,
		  struct files *files)
{
	struct layout *l;
	struct blob *now = NULL;
	struct arena *mem;

	pthread_mutex_lock(&r->lock);
	l = map_get(r->layouts, recipe->target);
	pthread_mutex_unlock(&r->lock);
	if (!l)
		return;
	mem = arena_new();
	files_quiet(files, true);
	if (files_read(files, path_join(mem, recipe->cwd, recipe->target), &now) < 0)
		now = blob_empty();
	files_quiet(files, false);
	layout_wrote(l, line, now);
	blob_unref(now);
	arena_free(mem);
}

/* What the steps of V's chain wrote, adjacent stretches of one step together. */
static void take_layout(struct report *r, struct image_verdict *v, const struct make_recipe *recipe)
{
	struct layout *l = map_get(r->layouts, recipe->target);
	const struct layout_pieces *pieces;

	if (!l)
		return;
	pieces = layout_pieces(l);
	for (size_t i = 0; v->verdict == VERDICT_BUILT && i < pieces->n; i++) {
		struct step_part p = {.offset = pieces->p[i].offset, .size = pieces->p[i].size},
				 *last;

		p.step = str_dup(r->mem, blame_step(recipe, pieces->p[i].line, &p.number));
		last = v->layout.n ? &v->layout.p[v->layout.n - 1] : NULL;
		if (last && last->number == p.number)
			last->size += p.size;
		else
			*vec_push(r->mem, &v->layout) = p;
	}
}

/* The layout of TARGET's recipe, which has ended, is not needed any more. */
static void drop_layout(struct report *r, struct str target)
{
	layout_free(map_get(r->layouts, target));
	map_del(r->layouts, target);
}

/* The house's diagnostic for a dropped image, with the place and the calls. */
static void say_too_big(struct report *r, const struct image_verdict *v)
{
	struct diag d = diag_stderr();
	struct str why = report_reason(r->mem, v);

	diag_say(&d, v->at, v->trail, blame_limit(r, v), "*** %.*s", STR_ARG(why));
}

static void say_failed(const struct image_verdict *v)
{
	struct diag d = diag_stderr();

	if (v->trail)
		diag_say(&d, v->at, v->trail, (struct str){NULL, 0}, "*** %.*s could not be built",
			 STR_ARG(v->file));
}

/* A limit that the text does not tell is the one that the device has. */
static void note_too_big(struct image_verdict *v, const struct said *s)
{
	v->size = s->size;
	v->over = s->over;
	if (s->limit || s->over)
		v->limit = s->limit;
	if (s->size && s->limit)
		v->over = s->size > s->limit ? s->size - s->limit : 0;
}

static struct str said_in(const struct said *s, struct arena *mem, size_t line)
{
	return s && s->line == line ? str_dup(mem, s->text) : S("");
}

static bool is_there(const struct make_recipe *recipe, uint64_t *size)
{
	struct arena *scratch = arena_new();
	struct stat st;
	bool there =
	    stat(str_cz(scratch, path_join(scratch, recipe->cwd, recipe->target)), &st) == 0;

	arena_free(scratch);
	*size = there ? (uint64_t)st.st_size : 0;
	return there;
}

static void judge(struct report *r, struct image_verdict *v, const struct make_recipe *recipe,
		  int status, size_t line)
{
	const struct said *s = map_get(r->said, recipe->target);
	bool there = is_there(recipe, &v->size);

	if (!status && !there && s && s->too_big) {
		v->verdict = VERDICT_DROPPED;
		note_too_big(v, s);
		v->message = said_in(s, r->mem, s->line);
		blame_line(r, v, recipe, s->line);
		say_too_big(r, v);
	} else if (status || !there) {
		line = status ? line : s ? s->line : recipe->n_lines;
		v->verdict = VERDICT_FAILED;
		v->message = said_in(s, r->mem, line);
		blame_line(r, v, recipe, line);
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

static void judge_output(struct report *r, struct image_verdict *v,
			 const struct make_recipe *recipe, int status, size_t line)
{
	const struct said *s = map_get(r->said, recipe->target);
	uint64_t size;

	/* One of an earlier run may be there; a copy that was cut short is another size. */
	if (v->verdict != VERDICT_BUILT || (!status && is_there(recipe, &size) && size == v->size))
		return;
	line = s ? s->line : line;
	v->verdict = status ? VERDICT_FAILED : VERDICT_IGNORED;
	v->message = said_in(s, r->mem, line);
	blame_line(r, v, recipe, line);
}

/* What the recipe for TARGET said was looked at; its memory serves the next one. */
static void forget_said(struct report *r, struct str target)
{
	struct said *s = map_get(r->said, target);

	if (!s)
		return;
	*s = (struct said){.room = s->room, .next = r->spare};
	r->spare = s;
	map_del(r->said, target);
}

static struct image_verdict *verdict_new(struct report *r, const struct make_recipe *recipe,
					 struct str part, double seconds)
{
	struct image_verdict *v = vec_push(r->mem, &r->images);

	*v = (struct image_verdict){.seconds = seconds};
	v->device = value(recipe, r, "DEVICE_NAME");
	v->title = value(recipe, r, "DEVICE_TITLE");
	v->board = str_fmt(r->mem, "%.*s/%.*s", STR_ARG(value(recipe, r, "BOARD")),
			   STR_ARG(value(recipe, r, "SUBTARGET")));
	v->file = str_dup(r->mem, path_base(part));
	v->filesystem = value(recipe, r, "FILESYSTEM");
	/* so Device/Export has it for those that bring their file system along */
	if (str_eq(v->filesystem, v->device))
		v->filesystem = S("initramfs");
	v->limit = image_bytes(value(recipe, r, "IMAGE_SIZE"));
	v->topdir = value(recipe, r, "TOPDIR");
	return v;
}

/* What else is made for a device (its kernel) is told of when there is something wrong with it. */
static bool is_worth_telling(struct report *r, const struct make_recipe *recipe, struct str part,
			     int status)
{
	const struct said *s = map_get(r->said, recipe->target);
	uint64_t size;

	return part.n &&
	       (is_image(part) || status || (s && s->too_big && !is_there(recipe, &size)));
}

static void recipe_done(void *ctx, const struct make_recipe *recipe, void *run, int status,
			size_t line, double seconds)
{
	struct report *r = ctx;
	struct image_verdict *v;
	struct str part;

	(void)run;
	pthread_mutex_lock(&r->lock);
	r->done++;
	part = part_of_device(r, recipe);
	if (is_worth_telling(r, recipe, part, status)) {
		v = verdict_new(r, recipe, part, seconds);
		judge(r, v, recipe, status, line);
		take_layout(r, v, recipe);
	} else {
		v = output_of(r, recipe);
		if (v)
			judge_output(r, v, recipe, status, line);
	}
	forget_said(r, recipe->target);
	drop_layout(r, recipe->target);
	pthread_mutex_unlock(&r->lock);
}

/* Left out, as it would make the same again: what became of it is what the last run said
 * (report_recall). */
static void recipe_kept(void *ctx, const struct make_recipe *recipe)
{
	struct report *r = ctx;
	struct image_verdict *v;
	struct str part;
	uint64_t size;
	bool there;

	pthread_mutex_lock(&r->lock);
	r->done++;
	part = part_of_device(r, recipe);
	there = is_there(recipe, &size);
	if (part.n && (is_image(part) || !there)) {
		v = verdict_new(r, recipe, part, 0);
		v->size = size;
		v->kept = there ? KEPT_THERE : KEPT_GONE;
	}
	pthread_mutex_unlock(&r->lock);
}

static void variable_set(void *ctx, struct make *make, struct str name, struct make_text value,
			 bool recursive, const struct make_span *at)
{
	(void)make;
	(void)recursive;
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
	r->layouts = map_new(mem);
	pthread_mutex_init(&r->lock, NULL);
	r->listener = (struct make_listener){
		.ctx = r,
		.variable = variable_set,
		.recipe_start = recipe_start,
		.recipe_kept = recipe_kept,
		.recipe_done = recipe_done,
	};
	return r;
}

void report_free(struct report *r)
{
	void *layout;

	for (size_t pos = 0; map_next(r->layouts, &pos, NULL, &layout);)
		layout_free(layout);
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

/* The report in the folder DIR, an absolute path: a run's before this one; empty when there is
 * none. */
static struct str read_before(struct files *files, struct arena *mem, struct str path)
{
	struct blob *b = NULL;
	struct str old = S("");

	if (files_read(files, path, &b) == 0)
		old = str_dup(mem, blob_flat(mem, b));
	blob_unref(b);
	return old;
}

static int write_report(struct report *r, struct files *files, struct arena *mem, struct str path,
			struct str old, int status)
{
	struct str text = report_json(r, mem, old, status), bad = path;
	struct blob *b = blob_copy(text.p, text.n);
	int err = r->images.n || old.n ? files_write(files, path, b) : 0;

	blob_unref(b);
	if (!err)
		err = files_commit(files, &bad);
	if (err)
		fprintf(stderr, "imagemk: %.*s: %s\n", STR_ARG(bad), strerror(-err));
	return err;
}

/* False when it could not be written, and that was said. */
static bool print_table(struct report *r, struct arena *mem)
{
	int fd = r->options.others ? r->options.others : 1;
	struct str table =
	    report_table(r, mem, isatty(fd) && !getenv("NO_COLOR"), r->options.others != 0);
	bool good;

	fflush(stdout);
	good = fds_write(fd, table);
	if (!good)
		fprintf(stderr, "imagemk: write error: %s\n", strerror(errno));
	return good;
}

int report_finish(struct report *r, struct str dir, int status)
{
	struct arena *mem = arena_new();
	struct files_options options = {.umask = umask(022)};
	struct files *files = files_new(&options);
	char *absolute = dir.n ? realpath(str_cz(mem, dir), NULL) : NULL;
	struct str path =
		       absolute ? path_join(mem, str_z(absolute), S("build-report.json")) : S(""),
		   old = S("");

	umask(options.umask);
	if (r->options.progress)
		fprintf(stderr, "\r\033[K");
	if (path.n)
		old = read_before(files, mem, path);
	report_recall(r, old, dir);
	if (r->images.n)
		qsort(r->images.p, r->images.n, sizeof(*r->images.p), by_name);
	if (!status && r->options.strict && report_has_dropped(r))
		status = 1;
	if (r->images.n && !r->options.quiet && !print_table(r, mem) && !status)
		status = 1;
	if (path.n && write_report(r, files, mem, path, old, status) && !status)
		status = 1;
	free(absolute);
	files_free(files);
	arena_free(mem);
	return status;
}

bool report_has_images(const struct report *r)
{
	return r->images.n > 0;
}

bool report_has_dropped(const struct report *r)
{
	for (size_t i = 0; i < r->images.n; i++)
		if (r->images.p[i].verdict == VERDICT_DROPPED)
			return true;
	return false;
}
