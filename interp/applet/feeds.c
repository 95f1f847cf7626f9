/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * feeds list -n: the names in feeds.conf (or feeds.conf.default), as OpenWrt's scripts/feeds prints them.
 * The evaluation of every image Makefile asks for them. Stands for scripts whose text it knows; anything but
 * plain lines is the script's own to read or to complain about.
 */
#include <string.h>
#include <unistd.h>

#include "applet/internal.h"
#include "base/map.h"
#include "base/path.h"

static const char help[] = "scripts/feeds list -n: the names of the feeds in feeds.conf or feeds.conf.default\n";

static bool is_word(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "src-TYPE NAME URL"; false: not that plain. */
static bool plain_line(struct str line, struct str *name)
{
	struct str type;

	if (!str_starts(line, S("src-")) || str_chr(line, '\r') >= 0)
		return false;
	if (!str_word(&line, &type) || !str_word(&line, name) || !str_trim(line).n)
		return false;
	for (size_t i = 4; i < type.n; i++)
		if (!is_word(type.p[i]) && type.p[i] != '-')
			return false;
	for (size_t i = 0; i < name->n; i++)
		if (!is_word(name->p[i]))
			return false;
	return type.n > 4 && !str_is(type, "src-include");
}

/* The names in TEXT, a line each, into OUT; false: not all lines are plain. */
static bool put_names(struct arena *mem, struct str text, struct buf *out)
{
	struct map *seen = map_new(mem);
	struct str line, name;

	while (str_split(&text, '\n', &line)) {
		ptrdiff_t hash = str_chr(line, '#');
		void **slot;

		if (hash >= 0 && (size_t)hash + 1 < line.n)
			line = str_sub(line, 0, (size_t)hash);
		if (!str_trim(line).n)
			continue;
		if (!plain_line(line, &name))
			return false;
		slot = map_at(seen, name);
		if (*slot)
			return false;
		*slot = out;
		buf_str(out, name);
		buf_char(out, '\n');
	}
	return true;
}

/* The script looks for GNU make before anything else. */
static bool has_make(struct applet_cx *cx)
{
	struct str path = env_get(cx->env, S("PATH")), folder;

	while (str_split(&path, ':', &folder))
		if (folder.n && access(str_cz(cx->mem, path_join(cx->mem, folder, S("make"))), X_OK) == 0)
			return true;
	return false;
}

static int run(struct applet_cx *cx)
{
	struct str script = applet_path(cx, cx->argv[0]), top = path_dir(path_dir(script));
	struct str wanted = env_get(cx->env, S("TOPDIR"));
	struct buf out = buf_new(cx->mem);
	struct files_stat st;
	struct blob *b;
	bool good;

	if (cx->argc != 3 || !str_is(cx->argv[1], "list") || !str_is(cx->argv[2], "-n"))
		return applet_decline(cx);
	if ((wanted.p && !str_eq(wanted, top)) || !has_make(cx) ||
	    files_stat(cx->files, path_join(cx->mem, top, S("scripts/metadata.pm")), &st) != 0)
		return applet_decline(cx);
	if (files_read(cx->files, path_join(cx->mem, top, S("feeds.conf")), &b) != 0 &&
	    files_read(cx->files, path_join(cx->mem, top, S("feeds.conf.default")), &b) != 0)
		return applet_decline(cx);
	good = put_names(cx->mem, blob_flat(cx->mem, b), &out);
	blob_unref(b);
	if (!good)
		return applet_decline(cx);
	applet_out(cx, buf_view(&out));
	return applet_status(cx, 0);
}

/* OpenWrt 15.05 to 24.10 and main of 2026, and of the forks that carry texts of their own. */
static const char *const scripts[] = {
	"145c9a5cc9303300823df3c2cd53d589b78cda8fd469d02b2f42b422cd59ebc8",
	"1cb39114fb735255a05982a7c4759a309caa5cc181d92f45a5cb2d45ac3cc44f",
	"2e0ffac2b2d2dfb8408ee613c754401edd2279cf3a4f21367a4083fb4eb968f1",
	"3af0ef3206b483d9b37bb5b9a8a91b533e34cfd37bb600216259dbbe31dae5aa",
	"454df29749d93b5024d40a354ad809f51bb0951bbc900137ce1dc81797dea50c",
	"52a45735f32a243d8ca725357f27f89cfc7759c26ef7ea2d7843041440f06acb",
	"594cfbca91f1e79bbeccd3016b7801204a304bbd0abc731cff525822dffe1468",
	"5e2422318e71475548bd906c164ddda41a260031373efd06bf9d873fc76db4fb",
	"bb2900b96817afe9354c3ba32423b7ef46b236cfcd80dfd5c3b38b49684687fd",
	"fb32b30e478bc3662f8b25caf0439d73091c522927b8d82107d47420e3a0de67",
};

static bool stands_for(struct str sha256)
{
	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++)
		if (str_is(sha256, scripts[i]))
			return true;
	return false;
}

const struct applet applet_feeds = {
	.name = "feeds",
	.help = help,
	.run = run,
	.stands_for = stands_for,
};
