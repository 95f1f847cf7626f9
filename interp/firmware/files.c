/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of files in file systems and archives (parts.h), as their rows add to them. */
#include "firmware/parts.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/internal.h"

enum { MOST_FILES = 200000 };

struct firmware_file *firmware_add_file(struct firmware_view *v, struct firmware_files *to,
					struct str path)
{
	struct firmware_file *f;

	if (to->v.n >= MOST_FILES) {
		to->trouble = "there are more files than are listed";
		return NULL;
	}
	while (path.n && (path.p[0] == '/' || str_starts(path, S("./"))))
		path = str_from(path, path.p[0] == '/' ? 1 : 2);
	if (str_is(path, "."))
		path = S("");
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	f = vec_push(v->mem, &to->v);
	*f = (struct firmware_file){.path = path};
	return f;
}

/* Stable, so that the last of equal paths is the last that was added. */
static void merge(struct firmware_file *p, struct firmware_file *room, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	merge(p, room, half);
	merge(p + half, room, n - half);
	while (i < half && j < n)
		room[k++] = str_cmp(p[i].path, p[j].path) <= 0 ? p[i++] : p[j++];
	while (i < half)
		room[k++] = p[i++];
	memcpy(p, room, k * sizeof(*p));
}

void firmware_sort_files(struct firmware_files *files)
{
	size_t n = 0;
	struct firmware_file *room = files->v.n ? malloc(files->v.n * sizeof(*room)) : NULL;

	if (!room) {
		if (files->v.n)
			memory_exhausted();
		return;
	}
	merge(files->v.p, room, files->v.n);
	free(room);
	for (size_t i = 0; i < files->v.n; i++) {
		if (i + 1 < files->v.n && str_eq(files->v.p[i].path, files->v.p[i + 1].path))
			continue;
		files->v.p[n++] = files->v.p[i];
	}
	files->v.n = n;
}
