/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One subtarget, evaluated twice as `make DUMP=1` does: the target's Makefile for its features and
 * default packages, then its image/Makefile for the devices. Between the two the features become
 * the options that a default configuration has on (config.c), so that file systems and images come
 * out of the tree's own rules. In DUMP mode include/image.mk calls Device/DumpInfo for each device
 * once all of its variables are set (once for each title); there we listen and ask.
 *
 * Sources: OpenWrt's include/target.mk (BuildTargets/DumpCurrent) and include/image.mk
 * (Device/Dump, Device/Build). Names that a release does not have expand to nothing.
 */
#include <string.h>

#include "base/path.h"
#include "image/config.h"
#include "image/devices.h"
#include "image/model.h"

#define FIELD "\037"
#define RECORD "\036"

/* What the target's Makefile is asked. The last is the recipe of a dump, which prints all it says
 * by echo. */
static const char target_question[] =
    "$(SUBTARGETS)" FIELD "$(FEATURES)" FIELD "$(ARCH_PACKAGES)" FIELD "$(DEFAULT_PACKAGES)" FIELD
    "$(ARCH)" FIELD "$(BuildTargets/DumpCurrent)";

#define TITLE(alt)                                                                                 \
	"$(DEVICE_" alt "TITLE)" FIELD "$(DEVICE_" alt "VENDOR)" FIELD "$(DEVICE_" alt             \
	"MODEL)" FIELD "$(DEVICE_" alt "VARIANT)" FIELD
/* DEVICE_IMG_NAME was IMAGE_NAME, DEVICE_IMG_PREFIX IMAGE_PREFIX up to 21.02. */
#define PREFIX "$(or $(DEVICE_IMG_PREFIX),$(IMAGE_PREFIX))"
/* rules.mk puts the C library behind it, which is not configured here, but for musl. */
#define BIN "$(patsubst %-,%,$(BIN_DIR))"
#define NAME "$(call $(if $(DEVICE_IMG_NAME),DEVICE_IMG_NAME,IMAGE_NAME),$(fs),$(image))"

enum { TITLES = 7 };

/* What is asked at the moment when a device's variables are set. */
static const char device_question[] =
    TITLE("") TITLE("ALT0_") TITLE("ALT1_") TITLE("ALT2_") TITLE("ALT3_") TITLE("ALT4_")
	TITLE("ALT5_") "$(DEVICE_PACKAGES)" FIELD "$(SUPPORTED_DEVICES)" FIELD "$(BROKEN)" FIELD
		       "$(DEFAULT)" FIELD "$(LEGACY_DEVICES)" FIELD PREFIX FIELD
		       "$(if $(CONFIG_TARGET_ROOTFS_INITRAMFS),$(if "
		       "$(KERNEL_INITRAMFS),$(KERNEL_INITRAMFS_IMAGE)))" FIELD
		       "$(if $(KERNEL_INSTALL),$(KERNEL_IMAGE))" FIELD "$(ARTIFACTS)" FIELD
		       "$(foreach image,$(IMAGES),$(foreach fs,$(filter "
		       "$(TARGET_FILESYSTEMS),$(FILESYSTEMS)),"
		       "$(image)" RECORD "$(fs)" RECORD NAME RECORD "))";

struct reading {
	struct target *target;
	struct model *model;	/* or NULL */
	struct str question;
	bool gzip;		/* CONFIG_TARGET_IMAGES_GZIP */
};

static struct str next_field(struct str *answer)
{
	struct str field = S("");

	str_split(answer, FIELD[0], &field);
	return str_trim(field);
}

static void add_image(struct target *t, struct device *d, struct str image, struct str type,
		      struct str filesystem, struct str name)
{
	*vec_push(t->mem, &d->images) = (struct device_image){image, type, filesystem, name};
}

/* An image of the kernel: NAME without the PREFIX that all of a device's files have. */
static void add_kernel(struct target *t, struct device *d, struct str prefix, struct str filesystem,
		       struct str name)
{
	struct str image = name;

	if (!name.n)
		return;
	if (prefix.n && str_starts(name, prefix) && name.n > prefix.n + 1)
		image = str_from(name, prefix.n + 1);
	add_image(t, d, image, S("kernel"), filesystem, name);
}

/* The file is packed once more (GZ_SUFFIX in include/image.mk). */
static bool is_gzipped(const struct reading *r, struct str image, struct str filesystem)
{
	return r->gzip && str_find(filesystem, S("ext4")) >= 0 && !str_ends(image, S("dtb")) &&
	       !str_ends(image, S("gz"));
}

static void add_images(struct reading *r, struct device *d, struct str list)
{
	struct target *t = r->target;
	struct str image, fs, name, type, rest;

	while (str_split(&list, RECORD[0], &image) && str_split(&list, RECORD[0], &fs) &&
	       str_split(&list, RECORD[0], &name)) {
		image = str_trim(image);
		type = rest = image;
		str_split(&rest, '.', &type);
		if (name.n && is_gzipped(r, image, fs))
			name = str_fmt(t->mem, "%.*s.gz", STR_ARG(name));
		add_image(t, d, image, type, fs, name);
	}
}

static void add_artifacts(struct target *t, struct device *d, struct str prefix, struct str list)
{
	struct str artifact, name;

	while (str_word(&list, &artifact)) {
		name = prefix.n ? str_fmt(t->mem, "%.*s-%.*s", STR_ARG(prefix), STR_ARG(artifact))
				: S("");
		add_image(t, d, artifact, artifact, S(""), name);
	}
}

static void add_titles(struct target *t, struct device *d, struct str *answer)
{
	for (int i = 0; i < TITLES; i++) {
		struct device_title title;

		title.title = next_field(answer);
		title.vendor = next_field(answer);
		title.model = next_field(answer);
		title.variant = next_field(answer);
		if (title.title.n || title.vendor.n || title.model.n)
			*vec_push(t->mem, &d->titles) = title;
	}
}

/*
 * Device/DumpInfo is called: all that is known of the device is in its variables. What the call
 * would print is thrown away, so it is not expanded.
 */
static bool device_told(void *ctx, struct make *make, struct str called, const struct str *args,
			size_t n, const struct make_span *at)
{
	struct reading *r = ctx;
	struct target *t = r->target;
	struct str id = n ? str_trim(args[0]) : S(""), answer, prefix, initramfs, kernel, artifacts;
	struct strs legacy = {0};
	struct device *d;

	(void)called;
	(void)at;
	if (t->devices.n && str_eq(t->devices.p[t->devices.n - 1].id, id))
		return true; /* another title of the same device */
	answer = make_value(make, t->mem, r->question);
	d = vec_push(t->mem, &t->devices);
	*d = (struct device){.id = str_dup(t->mem, id)};
	add_titles(t, d, &answer);
	strs_words(t->mem, next_field(&answer), &d->packages);
	strs_words(t->mem, next_field(&answer), &d->supported);
	d->broken = next_field(&answer).n > 0;
	d->off = str_is(next_field(&answer), "n");
	strs_words(t->mem, next_field(&answer), &legacy);
	d->legacy = strs_have(&legacy, d->id);
	prefix = next_field(&answer);
	initramfs = next_field(&answer);
	kernel = next_field(&answer);
	artifacts = next_field(&answer);
	if (!d->legacy) {
		add_kernel(t, d, prefix, S("initramfs"), initramfs);
		add_kernel(t, d, prefix, S(""), kernel);
		add_images(r, d, answer);
		add_artifacts(t, d, prefix, artifacts);
	}
	if (r->model) {
		t->bin = make_value(make, t->mem, S(BIN));
		model_device_done(r->model, make, d->id, d->legacy);
	}
	return true;
}

static void variable_set(void *ctx, struct make *make, struct str name, struct make_text value,
			 bool recursive, const struct make_span *at)
{
	struct reading *r = ctx;

	(void)make;
	model_setting(r->model, name, value, recursive, at);
}

/* --- evaluations --- */

static void nothing(void *ctx, struct str text)
{
	(void)ctx;
	(void)text;
}

void target_words(struct arena *mem, const struct tree *tree, struct str subtarget,
		  struct strs *out)
{
	*vec_push(mem, out) = str_fmt(mem, "TOPDIR=%.*s", STR_ARG(tree->path));
	*vec_push(mem, out) = S("DUMP=1");
	*vec_push(mem, out) = S("TARGET_BUILD=1");
	*vec_push(mem, out) = S("V=s");
	/* Else include/target.mk reads, and a dump makes, a kernel configuration, for features that
	 * no image asks for. */
	*vec_push(mem, out) = S("TMP_CONFIG=/dev/null");
	*vec_push(mem, out) = str_fmt(mem, "SUBTARGET=%.*s", STR_ARG(subtarget));
	if (tree->image_builder)
		*vec_push(mem, out) = S("IB=1");
}

/* An evaluation in FOLDER with what all of ours have on their command line. */
static struct make_setup setup_for(const struct target_reader *r, struct arena *mem,
				   const struct target *t, struct str folder)
{
	static const struct diag silent = {nothing, NULL};
	struct make_setup s = *r->make;

	s.args = (struct strs){0};
	s.cwd = folder;
	s.out = &silent;
	s.no_spans = true;
	*vec_push(mem, &s.args) = S("-rs");
	*vec_push(mem, &s.args) = S("--no-print-directory");
	target_words(mem, r->tree, t->subtarget, &s.args);
	return s;
}

/* TEXT as the shell joins "a"b"c". */
static struct str without_quotes(struct arena *mem, struct str text)
{
	struct buf b = buf_new(mem);
	struct str part;

	if (str_chr(text, '"') < 0)
		return text;
	while (str_split(&text, '"', &part))
		buf_str(&b, part);
	return buf_view(&b);
}

/* COMMAND is `echo 'KEY: VALUE'`, with either quotes: its two halves. */
static bool echoed(struct arena *mem, struct str command, struct str *key, struct str *value)
{
	ptrdiff_t colon;
	char quote;

	command = str_trim(command);
	if (str_starts(command, S("@")))
		command = str_from(command, 1);
	if (!str_starts(command, S("echo ")))
		return false;
	command = str_trim(str_from(command, 5));
	quote = command.n > 1 ? command.p[0] : 0;
	if ((quote != '\'' && quote != '"') || command.p[command.n - 1] != quote)
		return false;
	command = str_sub(command, 1, command.n - 2);
	colon = str_chr(command, ':');
	if (colon < 0)
		return false;
	*key = str_sub(command, 0, (size_t)colon);
	*value = str_trim(str_from(command, (size_t)colon + 1));
	if (quote == '"')
		*value = without_quotes(mem, *value);
	return true;
}

/* A line of a dump. */
static void dumped(struct target *t, struct str key, struct str value)
{
	struct profile *last = t->profiles.n ? &t->profiles.p[t->profiles.n - 1] : NULL;

	if (str_is(key, "Target-Arch-Packages")) {
		t->arch_packages = value;
	} else if (str_is(key, "Default-Packages")) {
		t->default_packages.n = 0;
		strs_words(t->mem, value, &t->default_packages);
	} else if (str_is(key, "Target-Profile")) {
		*vec_push(t->mem, &t->profiles) = (struct profile){.id = value};
	} else if (last && str_is(key, "Target-Profile-Name")) {
		last->title = value;
	} else if (last && str_is(key, "Target-Profile-Packages")) {
		strs_words(t->mem, value, &last->packages);
	}
}

static void read_recipe(struct target *t, struct str recipe)
{
	struct str command, key, value;
	size_t n;

	while (recipe.n) {
		for (n = 0; n < recipe.n && recipe.p[n] != ';' && recipe.p[n] != '\n'; n++)
			;
		command = str_sub(recipe, 0, n);
		recipe = str_from(recipe, n + 1);
		if (echoed(t->mem, command, &key, &value))
			dumped(t, key, value);
	}
}

/* The target's own Makefile. */
static bool read_target(const struct target_reader *r, struct target *t, const struct board *board)
{
	struct make_setup setup = setup_for(r, r->scratch, t, board->folder);
	struct make_text answer;
	struct make *make;
	bool good;

	make = make_open(&setup);
	if (!make)
		return false;
	good = make_expand(make, t->mem, str_z(target_question), &answer);
	make_close(make);
	if (!good)
		return false;
	strs_words(t->mem, next_field(&answer.text), &t->subtargets);
	t->features = next_field(&answer.text);
	t->arch_packages = next_field(&answer.text);
	strs_words(t->mem, next_field(&answer.text), &t->default_packages);
	t->arch = next_field(&answer.text);
	read_recipe(t, answer.text);
	t->unknown =
	    t->subtargets.n ? !strs_have(&t->subtargets, t->subtarget) : t->subtarget.n > 0;
	return true;
}

/* What an evaluation needs for as long as it is open. */
struct stage {
	struct reading reading;
	struct make_listener listener;
	struct make_setup setup;
};

static void model_drop(struct model *m)
{
	if (m)
		arena_free(m->mem);
}

static void open_model(struct stage *s, const struct target_reader *r)
{
	struct arena *mem = s->reading.target->mem;

	s->reading.model = arena_make(mem, struct model);
	*s->reading.model =
	    (struct model){.mem = arena_new(), .only = r->only, .recipes = r->recipes};
	model_begin(s->reading.model);
	s->listener.variable = variable_set;
	s->setup.no_spans = false;
}

static bool read_images(const struct target_reader *r, struct target *t, const struct board *board)
{
	struct arena *mem = r->model ? t->mem : r->scratch;
	struct stage *s = arena_make(mem, struct stage);
	struct make_text answer;
	struct make *make;
	bool good;

	s->reading = (struct reading){.target = t, .question = str_z(device_question)};
	s->listener = (struct make_listener){
	    .ctx = &s->reading, .called = S("Device/DumpInfo"), .call = device_told};
	s->setup = setup_for(r, mem, t, path_join(mem, board->folder, S("image")));
	s->setup.listener = &s->listener;
	if (r->model) {
		open_model(s, r);
		if (t->arch.n) /* a dump has none, and takes arm64 for it */
			*vec_push(mem, &s->setup.args) =
			    str_fmt(mem, "CONFIG_ARCH=\"%.*s\"", STR_ARG(t->arch));
	}
	*vec_push(mem, &s->setup.args) =
	    str_fmt(mem, "CONFIG_TARGET_BOARD=%.*s", STR_ARG(t->board));
	config_defaults(r->tree->config, mem, t->board, t->subtarget, t->features, &s->setup.args);
	s->reading.gzip = strs_have(&s->setup.args, S("CONFIG_TARGET_IMAGES_GZIP=y"));
	make = make_open(&s->setup);
	if (!make) {
		model_drop(s->reading.model);
		return false;
	}
	good = make_expand(make, t->mem, S("$(TARGET_FILESYSTEMS)"), &answer);
	if (good)
		strs_words(t->mem, answer.text, &t->filesystems);
	if (good && r->model) {
		t->model = s->reading.model;
		model_done(t->model, make);
	} else {
		make_close(make);
		model_drop(s->reading.model);
	}
	return good;
}

struct target *target_read(const struct target_reader *r, const struct board *board,
			   struct str subtarget)
{
	struct arena_mark mark = arena_mark(r->scratch);
	struct arena *mem = arena_new();
	struct target *t = arena_make(mem, struct target);

	t->mem = mem;
	t->board = str_dup(mem, board->name);
	t->folder = str_dup(mem, board->folder);
	t->subtarget = str_dup(mem, subtarget);
	r->said->n = 0;
	t->failed = !read_target(r, t, board);
	if (!t->failed && t->unknown && !t->subtargets.n && str_is(t->subtarget, "generic")) {
		*t = (struct target){.mem = mem, .board = t->board, .folder = t->folder};
		t->failed = !read_target(r, t, board);
	}
	if (!t->failed && !t->unknown && !t->subtarget.n)
		t->subtarget = S("generic"); /* as scripts/target-metadata.pl names it */
	if (!t->failed && !t->unknown)
		t->failed = !read_images(r, t, board);
	t->name = t->subtarget.n
		      ? str_fmt(mem, "%.*s/%.*s", STR_ARG(t->board), STR_ARG(t->subtarget))
		      : t->board;
	t->said = str_dup(mem, buf_view(r->said));
	arena_release(r->scratch, mark);
	return t;
}

bool target_shows(const struct device *d, const struct strs *ids)
{
	return !ids->n || strs_have(ids, d->id);
}

void target_close(struct target *t)
{
	if (t->model)
		make_close(t->model->make);
	model_drop(t->model);
	t->model = NULL;
}

void target_free(struct target *t)
{
	target_close(t);
	arena_free(t->mem);
}
