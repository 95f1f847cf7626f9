/* SPDX-License-Identifier: GPL-2.0-only */
/* uname and sysctl -n: what machine and kernel this is. */
#include <string.h>
#include <sys/utsname.h>

#include "applet/internal.h"

static const char help[] =
    "uname [-asnrvmpio]: the kernel and the machine\n"
    "  -s  the kernel's name   -n  the machine's   -r  release   -v  version   -m  architecture\n"
    "  -p -i  unknown   -o  GNU/Linux   -a  all that are known\n";

static const struct opt options[] = {
	{'a', "all", OPT_NONE, NULL},		   {'s', "kernel-name", OPT_NONE, NULL},
	{'n', "nodename", OPT_NONE, NULL},	   {'r', "kernel-release", OPT_NONE, NULL},
	{'v', "kernel-version", OPT_NONE, NULL},   {'m', "machine", OPT_NONE, NULL},
	{'p', "processor", OPT_NONE, NULL},	   {'i', "hardware-platform", OPT_NONE, NULL},
	{'o', "operating-system", OPT_NONE, NULL}, {0},
};

static int run_uname(struct applet_cx *cx)
{
	static const char order[] = "snrvmpio", all[] = "snrvmo";
	struct opts o = applet_opts(cx, options, cx->argv, cx->argc, false);
	bool wanted[sizeof(order)] = {false}, any = false;
	struct buf out = buf_new(cx->mem);
	struct utsname u;
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return applet_decline(cx);
		any = true;
		for (size_t i = 0; order[i]; i++)
			wanted[i] |= id == 'a' ? strchr(all, order[i]) != NULL : id == order[i];
	}
	if (o.operands.n || uname(&u) != 0)
		return applet_decline(cx);
	wanted[0] |= !any;
	for (size_t i = 0; order[i]; i++) {
		const char *const words[] = {u.sysname, u.nodename, u.release,	u.version,
					     u.machine, "unknown",  "unknown", "GNU/Linux"};

		if (wanted[i])
			buf_fmt(&out, "%s%s", out.n ? " " : "", words[i]);
	}
	buf_char(&out, '\n');
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

/* "a.b" is /proc/sys/a/b; other spellings are declined. */
static bool key_path(struct applet_cx *cx, struct str key, struct str *path)
{
	struct str text = str_fmt(cx->mem, "/proc/sys/%.*s", STR_ARG(key));

	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] == '/' || key.p[i] == '*' || key.p[i] == '=')
			return false;
	for (size_t i = text.n - key.n; i < text.n; i++)
		if (text.p[i] == '.')
			((char *)text.p)[i] = '/';
	*path = text;
	return key.n && key.p[0] != '-' && key.p[0] != '.';
}

static int run_sysctl(struct applet_cx *cx)
{
	struct str path;
	int status = 0;

	if (cx->argc < 3 || !str_is(cx->argv[1], "-n"))
		return applet_decline(cx);
	for (size_t i = 2; i < cx->argc; i++)
		if (!key_path(cx, cx->argv[i], &path))
			return applet_decline(cx);
	for (size_t i = 2; i < cx->argc; i++) {
		struct blob *b;
		int error;

		key_path(cx, cx->argv[i], &path);
		error = files_read(cx->files, path, &b);
		if (error) {
			applet_say_errno(cx, str_fmt(cx->mem, "cannot stat %.*s", STR_ARG(path)),
					 error);
			status++; /* how many there are not */
			continue;
		}
		applet_out(cx, blob_flat(cx->mem, b));
		blob_unref(b);
	}
	return applet_status(cx, status & 255);
}

const struct applet applet_uname = {
	.name = "uname",
	.help = help,
	.run = run_uname,
	.flags = APPLET_VARYING,
};

const struct applet applet_sysctl = {
	.name = "sysctl",
	.help = "sysctl -n KEY...: values of the kernel's\n",
	.run = run_sysctl,
	.flags = APPLET_VARYING | APPLET_SHORT_NAME,
};
