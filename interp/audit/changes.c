/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which lines of files are other than they were, and which findings rest on such lines: at their
 * place, on the way there, in the blocks of their devices, or in a device tree source. Two texts
 * are compared by E. Myers' algorithm (An O(ND) Difference Algorithm and Its Variations, 1986).
 */
#include "audit/audit.h"

#include "base/map.h"

/* what differs more than that counts as new from its first difference to its last */
enum { MOST_EDITS = 2000 };

struct file_changes {
	struct strs lines;	/* as they are now */
	bool *new;		/* of each line */
	bool *gone;		/* [I]: lines that were behind the first I are gone */
};

struct changes {
	struct arena *mem;
	struct map *files;	/* name -> struct file_changes * */
};

struct changes *changes_new(struct arena *mem)
{
	struct changes *c = arena_make(mem, struct changes);

	*c = (struct changes){mem, map_new(mem)};
	return c;
}

static struct strs lines_of(struct arena *mem, struct str text)
{
	struct strs lines = {0};
	struct str line;

	while (text.n && str_split(&text, '\n', &line))
		*vec_push(mem, &lines) = line;
	return lines;
}

/* What is compared: OLD[FROM..] of N lines, and as many as M of F's lines from FROM on. */
struct comparison {
	const struct str *old, *now;
	ptrdiff_t n, m;
	size_t from;
	struct file_changes *f;
};

static void all_new(const struct comparison *c)
{
	for (ptrdiff_t i = 0; i < c->m; i++)
		c->f->new[c->from + (size_t)i] = true;
	if (c->n)
		c->f->gone[c->from] = true;
}

/* Back along the path that step D ended; ROWS[D] is where each diagonal was before step D. */
static void mark_path(const struct comparison *c, int *const *rows, ptrdiff_t d)
{
	ptrdiff_t x = c->n, y = c->m;

	for (; d > 0; d--) {
		const int *v = rows[d] + d; /* v[k] for k from -d to d */
		ptrdiff_t k = x - y;
		bool down = k == -d || (k != d && v[k - 1] < v[k + 1]);
		ptrdiff_t from_k = down ? k + 1 : k - 1, from_x = v[from_k];

		x = from_x;
		y = from_x - from_k;
		if (down)
			c->f->new[c->from + (size_t)y] = true;
		else
			c->f->gone[c->from + (size_t)y] = true;
	}
}

static void compare(const struct comparison *c)
{
	struct arena *mem = arena_new();
	ptrdiff_t most = c->n + c->m < MOST_EDITS ? c->n + c->m : MOST_EDITS;
	int **rows = arena_array(mem, int *, (size_t)most + 1),
	    *v = arena_array(mem, int, 2 * (size_t)most + 3) + most + 1;

	for (ptrdiff_t d = 0; d <= most; d++) {
		rows[d] = arena_array(mem, int, 2 * (size_t)d + 1);
		for (ptrdiff_t k = -d; k <= d; k++)
			rows[d][d + k] = v[k];
		for (ptrdiff_t k = -d; k <= d; k += 2) {
			ptrdiff_t x = d == 0					   ? 0
				      : k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1]
										   : v[k - 1] + 1;

			while (x < c->n && x - k < c->m && str_eq(c->old[x], c->now[x - k]))
				x++;
			v[k] = (int)x;
			if (x < c->n || x - k < c->m)
				continue;
			mark_path(c, rows, d);
			arena_free(mem);
			return;
		}
	}
	all_new(c);
	arena_free(mem);
}

void changes_add(struct changes *c, struct str file, struct str old, struct str now)
{
	struct file_changes *f = arena_make(c->mem, struct file_changes);
	struct strs was = lines_of(c->mem, old);
	size_t same = 0, end = 0;

	f->lines = lines_of(c->mem, now);
	f->new = arena_array(c->mem, bool, f->lines.n + 1);
	f->gone = arena_array(c->mem, bool, f->lines.n + 1);
	while (same < was.n && same < f->lines.n && str_eq(was.p[same], f->lines.p[same]))
		same++;
	while (same + end < was.n && same + end < f->lines.n &&
	       str_eq(was.p[was.n - 1 - end], f->lines.p[f->lines.n - 1 - end]))
		end++;
	compare(&(struct comparison){was.p + same, f->lines.p + same,
				     (ptrdiff_t)(was.n - same - end),
				     (ptrdiff_t)(f->lines.n - same - end), same, f});
	*map_at(c->files, file) = f;
}

/* --- findings --- */

/* Is a line from FROM to TO new, or is something gone between two of them? TO 0: anywhere. */
static bool is_touched(const struct changes *c, struct str file, unsigned from, unsigned to)
{
	const struct file_changes *f = map_get(c->files, file);
	size_t first = from ? from - 1 : 0, last = to ? to - 1 : first; /* indices */

	if (!f)
		return false;
	if (!to) {
		last = f->lines.n;
		first = 0;
		if (f->gone[0] || f->gone[f->lines.n])
			return true;
	}
	while (first && first <= f->lines.n && to && str_ends(f->lines.p[first - 1], S("\\")))
		first--;
	while (to && last + 1 < f->lines.n && str_ends(f->lines.p[last], S("\\")))
		last++;
	for (size_t i = first; i <= last && i < f->lines.n; i++)
		if (f->new[i] || (i > first && f->gone[i]))
			return true;
	return false;
}

/* What all of F rests on; or else each of its devices has something of its own that changed: one of
 * many is not the cause. */
static bool rests_on_change(const struct finding *f, const struct changes *c)
{
	struct arena *mem = arena_new();
	struct map *touched = map_new(mem);
	bool all = f->at.file.n && is_touched(c, f->at.file, f->at.line, f->at.line);

	for (size_t i = 0; i < f->rests.n && !all; i++) {
		const struct stretch *r = &f->rests.p[i];

		if ((r->device.n && map_get(touched, r->device)) ||
		    !is_touched(c, r->file, r->from, r->to))
			continue;
		if (r->device.n)
			*map_at(touched, r->device) = (void *)f;
		else
			all = true;
	}
	all = all || (f->devices.n && map_count(touched) >= f->devices.n);
	arena_free(mem);
	return all;
}

void findings_since(struct findings *all, const struct changes *c)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (rests_on_change(all->p[i], c))
			all->p[n++] = all->p[i];
	all->n = n;
}

static void add_file(struct arena *mem, struct map *seen, struct strs *files, struct str file)
{
	void **at = file.n ? map_at(seen, file) : NULL;

	if (!at || *at)
		return;
	*at = files;
	*vec_push(mem, files) = file;
}

struct strs findings_files(const struct findings *all, struct arena *mem)
{
	struct map *seen = map_new(mem);
	struct strs files = {0};

	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = all->p[i];

		add_file(mem, seen, &files, f->at.file);
		for (size_t k = 0; k < f->steps.n; k++)
			add_file(mem, seen, &files, f->steps.p[k].at.file);
		for (size_t k = 0; k < f->rests.n; k++)
			add_file(mem, seen, &files, f->rests.p[k].file);
	}
	return files;
}
