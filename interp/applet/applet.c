/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The applets' table and the helpers that all of them use. What one applet does is in its file.
 */
#include "applet/internal.h"
#include "digest/digest.h"

static bool is_called(const char *name, const char *const *aliases, struct str by)
{
	if (str_is(by, name))
		return true;
	for (; aliases && *aliases; aliases++)
		if (str_is(by, *aliases))
			return true;
	return false;
}

/* Is BY a tool for another machine, which its name begins with: CPU-OS, CPU-VENDOR-OS-LIBC? */
static bool is_cross(const char *cross, struct str by)
{
	return cross && str_ends(by, str_z(cross)) && str_chr(by, '-') > 0 &&
	       str_chr(by, '-') < str_rchr(str_sub(by, 0, by.n - strlen(cross)), '-') + 1;
}

const struct firmware *applet_firmware_find(struct str name)
{
	for (const struct firmware *const *f = firmware_all(); *f; f++)
		if ((*f)->write && is_called((*f)->name, (*f)->aliases, name))
			return *f;
	return NULL;
}

const struct applet *applet_find(struct str name)
{
	const struct firmware *fw;

	for (const struct applet *const *a = applet_rows; *a; a++)
		if (is_called((*a)->name, (*a)->aliases, name) || is_cross((*a)->cross, name))
			return *a;
	fw = applet_firmware_find(name);
	if (!fw && firmware_has_script(name))
		return applet_of_scripts();
	return fw ? applet_of_firmware(fw) : NULL;
}

const struct applet *applet_of_script(struct arena *mem, struct str name, const struct blob *text)
{
	const struct applet *a = applet_find(name);

	return a && a->stands_for && a->stands_for(digest_hex(mem, &digest_sha256, text)) ? a
											  : NULL;
}

struct str applet_script(struct applet_cx *cx)
{
	struct blob *text = NULL;
	struct str sha256 = {0};

	if (files_read(cx->files, applet_path(cx, cx->argv[0]), &text) == 0)
		sha256 = digest_hex(cx->mem, &digest_sha256, text);
	blob_unref(text);
	return sha256;
}

bool applet_is_set(struct applet_cx *cx, const char *names)
{
	struct str rest = str_z(names ? names : ""), name;

	while (str_split(&rest, ' ', &name))
		if (env_get(cx->env, name).p)
			return true;
	return false;
}

int applet_run(const struct applet *a, struct applet_cx *cx)
{
	return applet_is_set(cx, a->variables) ? applet_decline(cx) : a->run(cx);
}

struct str applet_on_path(struct applet_cx *cx, struct str name)
{
	struct str dirs = env_get(cx->env, S("PATH")), dir, path;
	struct files_stat st;

	while (str_split(&dirs, ':', &dir)) {
		path = path_join(cx->mem, cx->cwd, dir.n ? dir : S("."));
		path = path_join(cx->mem, path, name);
		if (files_stat(cx->files, path, &st) == 0 && S_ISREG(st.mode) && (st.mode & 0111))
			return path;
	}
	return (struct str){0};
}

bool applet_program_lacks(struct applet_cx *cx, struct str program, struct str text)
{
	struct blob *b = NULL;
	struct str bytes;
	bool lacks = false;

	if (program.n && !cx->confined &&
	    files_read(cx->files, applet_path(cx, program), &b) == 0) {
		bytes = blob_flat(cx->mem, b);
		lacks = firmware_is_program(bytes) && str_find(bytes, text) < 0;
	}
	blob_unref(b);
	return lacks;
}

const struct applet *const *applet_all(void)
{
	return applet_rows;
}

const char *applet_help(struct str name)
{
	const struct firmware *fw = applet_firmware_find(name);
	const struct applet *a = applet_find(name);

	if (a && a->help)
		return a->help;
	return fw ? fw->help : NULL;
}

struct str applet_path(struct applet_cx *cx, struct str arg)
{
	return arg.n ? path_join(cx->mem, cx->cwd, arg) : S("");
}

struct blob *applet_read(struct applet_cx *cx, struct str arg)
{
	struct blob *b = NULL;
	int err = str_is(arg, "-") ? stream_rest(cx->in, &b)
				   : files_read(cx->files, applet_path(cx, arg), &b);

	if (err == 0)
		return b;
	applet_say_errno(cx, str_is(arg, "-") ? S("-") : applet_name(cx, arg), err);
	return NULL;
}

bool applet_write(struct applet_cx *cx, struct str arg, struct blob *b)
{
	int err;

	if (str_is(arg, "-"))
		return applet_put(cx, b);
	err = files_write(cx->files, applet_path(cx, arg), b);
	if (err == 0)
		return true;
	applet_say_errno(cx, applet_name(cx, arg), err);
	return false;
}

static bool written(struct applet_cx *cx, int err)
{
	if (err == 0)
		return true;
	cx->pending = NULL;
	if (!cx->failed && err != -EPIPE)
		applet_say_errno(cx, S("write error"), err);
	cx->failed = true;
	return false;
}

bool applet_put(struct applet_cx *cx, struct blob *b)
{
	return written(cx, blob_size(b) ? stream_put(cx->out, b) : 0);
}

void applet_out(struct applet_cx *cx, struct str text)
{
	if (text.n)
		written(cx, stream_write(cx->out, text.p, text.n));
}

int applet_status(struct applet_cx *cx, int status)
{
	const struct applet *a = cx->failed ? applet_find(path_base(cx->argv[0])) : NULL;

	if (a && a->write_status)
		return a->write_status;
	return status == 0 && cx->failed ? 1 : status;
}

void applet_say(struct applet_cx *cx, const char *fmt, ...)
{
	const struct applet *a = applet_find(path_base(cx->argv[0]));
	struct buf b = buf_new(cx->mem);
	va_list ap;

	/* as error(3) does */
	if (cx->pending && cx->pending->n) {
		struct str text = buf_view(cx->pending);

		cx->pending->n = 0;
		applet_out(cx, text);
	}
	va_start(ap, fmt);
	buf_str(&b, a && (a->flags & APPLET_SHORT_NAME) ? path_base(cx->argv[0]) : cx->argv[0]);
	buf_z(&b, ": ");
	buf_str(&b, str_vfmt(cx->mem, fmt, ap));
	buf_char(&b, '\n');
	va_end(ap);
	stream_write(cx->err, b.p, b.n); /* there is nowhere left to complain */
}

int applet_no_command(struct applet_cx *cx, struct str command, int err)
{
	const struct applet *a = applet_find(path_base(cx->argv[0]));

	cx->no_command = true;
	if (a && a->no_command)
		return a->no_command(cx, command, err);
	applet_say_errno(cx, command, err);
	return err == -ENOENT ? 127 : 126;
}

void applet_say_errno(struct applet_cx *cx, struct str what, int err)
{
	char text[128];

	applet_say(cx, "%.*s: %s", STR_ARG(what), strerror_r(-err, text, sizeof(text)));
}

struct opts applet_opts(struct applet_cx *cx, const struct opt *table, const struct str *argv,
			size_t argc, bool in_order)
{
	struct opts o = opts_begin(cx->mem, table, argv, argc, in_order);

	o.whole_names = true;
	o.refused = applet_posix(cx);
	return o;
}

bool applet_posix(struct applet_cx *cx)
{
	return env_get(cx->env, S("POSIXLY_CORRECT")).p != NULL;
}

int applet_decline(struct applet_cx *cx)
{
	(void)cx;
	return APPLET_DECLINE;
}

bool applet_is_noise(struct str name)
{
	return str_is(name, "/dev/urandom") || str_is(name, "/dev/random");
}

bool applet_names_noise(const struct strs *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (applet_is_noise(names->p[i]))
			return true;
	return false;
}
