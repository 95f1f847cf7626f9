/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of files as text. */
#include "base/path.h"

#include <string.h>

struct str path_join(struct arena *mem, struct str dir, struct str name)
{
	size_t slash;
	char *text;

	if ((name.n && name.p[0] == '/') || dir.n == 0 || str_is(dir, "."))
		return str_dup(mem, name);
	if (name.n == 0)
		return str_dup(mem, dir);
	/*
	 * for every folder of PATH: formatted output would cost more than the look into the folder
	 */
	slash = !str_ends(dir, S("/"));
	text = arena_alloc(mem, dir.n + slash + name.n + 1);
	memcpy(text, dir.p, dir.n);
	if (slash)
		text[dir.n] = '/';
	memcpy(text + dir.n + slash, name.p, name.n);
	text[dir.n + slash + name.n] = '\0';
	return (struct str){text, dir.n + slash + name.n};
}

static void drop_last(struct buf *out, bool absolute)
{
	ptrdiff_t slash = str_rchr(buf_view(out), '/');

	out->n = slash < 0 ? 0 : (size_t)slash;
	if (absolute && out->n == 0)
		out->n = 1;
	out->p[out->n] = '\0';
}

struct str path_clean(struct arena *mem, struct str path)
{
	struct buf out = buf_new(mem);
	bool absolute = path.n && path.p[0] == '/';
	struct str rest = path, part;

	buf_put(&out, "/", absolute ? 1 : 0);
	while (str_split(&rest, '/', &part)) {
		struct str last = path_base(buf_view(&out));

		if (part.n == 0 || str_is(part, "."))
			continue;
		if (str_is(part, "..")) {
			if (out.n > (absolute ? 1u : 0u) && !str_is(last, "..")) {
				drop_last(&out, absolute);
				continue;
			}
			if (absolute)
				continue;
		}
		if (out.n && out.p[out.n - 1] != '/')
			buf_char(&out, '/');
		buf_str(&out, part);
	}
	return out.n ? buf_view(&out) : S(".");
}

static struct str without_slashes(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

struct str path_dir(struct str path)
{
	ptrdiff_t slash = str_rchr(without_slashes(path), '/');

	if (slash < 0)
		return S(".");
	return without_slashes(str_sub(path, 0, slash ? (size_t)slash : 1));
}

struct str path_base(struct str path)
{
	struct str s = without_slashes(path);
	ptrdiff_t slash = str_rchr(s, '/');

	return s.n == 1 && slash == 0 ? s : str_from(s, (size_t)(slash + 1));
}

bool path_is_virtual(struct str path)
{
	return str_starts(path, S("/proc/")) || str_starts(path, S("/sys/")) ||
	       (str_starts(path, S("/dev/")) && !str_starts(path, S("/dev/shm/")));
}
