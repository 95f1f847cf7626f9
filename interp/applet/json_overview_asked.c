/* SPDX-License-Identifier: GPL-2.0-only */
/* What profiles.json tells beside the images: values of the tree's make, the commit, other files of
 * the folder. */
#include <stdlib.h>

#include "applet/json_overview.h"

/* Asked of make in this order. */
enum { DEFAULT_PACKAGES, ARCH_PACKAGES, VERSION, RELEASE, VERMAGIC, VALUES };

static const char *const value_names[VALUES] = {
	"DEFAULT_PACKAGES", "ARCH_PACKAGES", "LINUX_VERSION", "LINUX_RELEASE", "LINUX_VERMAGIC",
};

static void set(cJSON *v, const char *key, cJSON *item)
{
	cJSON_DeleteItemFromObjectCaseSensitive(v, key);
	cJSON_AddItemToObject(v, key, item);
}

static cJSON *text_item(struct applet_cx *cx, struct str s)
{
	return cJSON_CreateString(str_cz(cx->mem, s));
}

/* What COMMAND prints; its exit status. QUIET: what it says on standard error is dropped. */
static int output_of(struct overview *o, const struct strs *command, bool quiet, struct str *text)
{
	struct applet_cx inner = *o->cx;
	struct blob *said;
	int status;

	inner.out = stream_sink(o->cx->mem);
	if (quiet)
		inner.err = stream_sink(o->cx->mem);
	status = o->cx->run(&inner, command->p, command->n, NULL, (struct env){0}, (struct str){0});
	said = stream_collected(inner.out);
	*text = str_dup(o->cx->mem, blob_flat(o->cx->mem, said));
	blob_unref(said);
	stream_close(inner.out);
	if (quiet)
		stream_close(inner.err);
	return status;
}

/* "target/linux/BOARD" of the output's "BOARD/SUBTARGET" */
static struct str board_folder(struct overview *o)
{
	struct str target = str_z(cJSON_GetStringValue(json_member(o->all, "target"))),
		   board = S("");

	str_split(&target, '/', &board);
	return str_fmt(o->cx->mem, "target/linux/%.*s", STR_ARG(board));
}

static void word(struct overview *o, struct strs *words, struct str w)
{
	*vec_push(o->cx->mem, words) = w;
}

static struct strs make_command(struct overview *o, int values)
{
	struct strs c = {0};

	word(o, &c, S("make"));
	word(o, &c, S("--no-print-directory"));
	word(o, &c, S("-C"));
	word(o, &c, o->does & OVERVIEW_OF_BOARD ? board_folder(o) : S("target/linux/"));
	for (int i = 0; i < values; i++)
		word(o, &c, str_fmt(o->cx->mem, "val.%s", value_names[i]));
	if (o->does & OVERVIEW_DUMP)
		word(o, &c, S("DUMP=1"));
	if (!(o->does & OVERVIEW_MUTE))
		word(o, &c, S("V=s"));
	return c;
}

/* A line for each value is wanted; false: make said something else. */
static bool ask_make(struct overview *o, struct str values[VALUES])
{
	int wanted = o->does & OVERVIEW_KERNEL ? VALUES : VERSION, n = 0;
	struct strs command = make_command(o, wanted);
	struct str text, line;
	int status = output_of(o, &command, o->does & OVERVIEW_MUTE, &text);

	if (status == 0 && json_plain(text)) {
		while (n < wanted && applet_line(&text, '\n', &line))
			values[n++] = applet_chomp(line, '\n');
		if (n == wanted && text.n == 0)
			return true;
	}
	if (!o->script)
		applet_say(o->cx, "make val.DEFAULT_PACKAGES ...: exit status %d, %d lines of %d",
			   status, n, wanted);
	return false;
}

/* The caller's make text knows the values and hands them over: no need to ask make for them. */
static bool values_given(const struct overview *o, struct str values[VALUES])
{
	for (int i = 0; i < VALUES && !o->script; i++) {
		values[i] = env_get(o->cx->env, str_z(value_names[i]));
		if (!values[i].p)
			return false;
	}
	return !o->script;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void add_values(struct overview *o, struct str values[VALUES])
{
	struct applet_cx *cx = o->cx;
	struct str rest = values[DEFAULT_PACKAGES], w;
	struct strs words = {0};
	cJSON *list = cJSON_CreateArray(), *kernel;

	while (str_word(&rest, &w))
		word(o, &words, w);
	if (words.n && !(o->does & OVERVIEW_OF_BOARD))
		qsort(words.p, words.n, sizeof(*words.p), by_bytes);
	for (size_t i = 0; i < words.n; i++)
		cJSON_AddItemToArray(list, text_item(cx, words.p[i]));
	set(o->all, "default_packages", list);
	set(o->all, "arch_packages", text_item(cx, values[ARCH_PACKAGES]));
	if (!(o->does & OVERVIEW_KERNEL))
		return;
	kernel = cJSON_CreateObject();
	cJSON_AddItemToObject(kernel, "version", text_item(cx, values[VERSION]));
	cJSON_AddItemToObject(kernel, "release", text_item(cx, values[RELEASE]));
	cJSON_AddItemToObject(kernel, "vermagic", text_item(cx, values[VERMAGIC]));
	set(o->all, "linux_kernel", kernel);
}

/* git_commit where there is one; false: git can't be run. */
static bool add_commit(struct overview *o)
{
	struct strs command = {0};
	struct str text;
	int status;

	word(o, &command, S("git"));
	word(o, &command, S("rev-parse"));
	word(o, &command, S("HEAD"));
	status = output_of(o, &command, true, &text);
	if (status == 126 || status == 127 || !json_plain(text))
		return false;
	if (status == 0)
		set(o->all, "git_commit", text_item(o->cx, str_trim(text)));
	return true;
}

/* The machine of "...Linux-x86_64.tar.zst": from behind the last Linux- that a point follows. */
static bool machine_of(struct str name, struct str *machine)
{
	for (size_t at = name.n; at-- > 0;) {
		struct str rest = str_from(name, at);
		ptrdiff_t point = str_starts(rest, S("Linux-")) ? str_chr(rest, '.') : -1;

		if (point >= 0) {
			*machine = str_sub(rest, 6, (size_t)point - 6);
			return true;
		}
	}
	return false;
}

/* The files that begin with START, by the machine each is for; false: one tells none, and that is
 * an error. */
static bool put_by_machine(struct overview *o, const char *key, const struct strs *names)
{
	cJSON *by = cJSON_CreateObject();
	struct str machine;

	set(o->all, key, by);
	for (size_t i = 0; i < names->n; i++) {
		if (machine_of(names->p[i], &machine))
			set(by, str_cz(o->cx->mem, machine), text_item(o->cx, names->p[i]));
		else if (!(o->does & OVERVIEW_ANY_NAME))
			return false;
	}
	return true;
}

static bool add_artifact(struct overview *o, const struct strs *all, const char *key,
			 const char *start)
{
	struct strs names = {0};

	for (size_t i = 0; i < all->n; i++)
		if (str_starts(all->p[i], str_z(start)))
			word(o, &names, all->p[i]);
	if (o->repairs && !names.n)
		cJSON_DeleteItemFromObjectCaseSensitive(o->all, key);
	if (o->does & OVERVIEW_ARTIFACT && names.n == 1)
		set(o->all, key, text_item(o->cx, names.p[0]));
	return !(o->does & OVERVIEW_ARTIFACTS) || !names.n || put_by_machine(o, key, &names);
}

static bool add_artifacts(struct overview *o)
{
	struct strs names = {0};

	files_list(o->cx->files, o->cx->mem, applet_path(o->cx, path_dir(o->output)), &names);
	return add_artifact(o, &names, "imagebuilder", "openwrt-imagebuilder-") &&
	       add_artifact(o, &names, "sdk", "openwrt-sdk-") &&
	       add_artifact(o, &names, "toolchain", "openwrt-toolchain-") &&
	       add_artifact(o, &names, "llvm-bpf", "llvm-bpf-");
}

bool overview_add_asked(struct overview *o)
{
	struct str values[VALUES];

	if (o->does & OVERVIEW_PACKAGES) {
		if (!values_given(o, values) && !ask_make(o, values))
			return false;
		add_values(o, values);
	}
	if (o->does & OVERVIEW_COMMIT && !add_commit(o))
		return false;
	return !(o->does & (OVERVIEW_ARTIFACT | OVERVIEW_ARTIFACTS)) || add_artifacts(o);
}
