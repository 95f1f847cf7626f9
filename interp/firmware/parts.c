/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is in this file, and what is in that? Where a thing is known to begin (the file, a part that
 * a container names) every row's check is asked; elsewhere those with a magic where it stands, and
 * strong ones at each block. Inside of the file a row that is not strong, or is asked for its magic
 * between blocks, must find all right to be believed; in a program's bytes each row must. It knows
 * no format by name.
 */
#include "firmware/parts.h"

#include <string.h>

#include "firmware/internal.h"

enum {
	/* parts of an image start at a multiple of this, or directly behind another */
	STEP = 256,
	MOST_DEPTH = 12,
	MOST_PIECES = 4096,
	TIMES = 16,		/* all bytes may be looked at so often */
	PAD_LEAST = 16,		/* so many equal bytes at an end are padding */
};
static const size_t room_least = (size_t)64 << 20;

struct firmware_walk {
	struct arena *mem;
	struct firmware_piece *top;
	VEC(struct blob *) kept; /* what pieces' bytes are in */
	size_t room;		/* bytes that may still be unpacked */
	uint64_t work;		/* bytes that may still be looked at */
	size_t n_pieces;
	const char *left_out;
	bool starts[256];	/* a magic begins with this byte */
	VEC(const struct firmware *) magics; /* rows that have one */
};

/* Bytes to look through, and where they are. */
struct region {
	struct str bytes;
	uint64_t offset;	/* of the first in the file, or in what was unpacked */
	bool whole;		/* something begins here and ends here */
	/* what is found must be right: no flash image, but a program's bytes, say */
	bool strict;
	unsigned depth;
};

/* Where to put the next piece. */
struct list {
	struct firmware_piece *first, **last;
};

static void look(struct firmware_walk *w, const struct region *r, struct list *to);

static void leave_out(struct firmware_walk *w, const char *why)
{
	if (!w->left_out)
		w->left_out = why;
}

static bool spend(struct firmware_walk *w, uint64_t n)
{
	if (n <= w->work) {
		w->work -= n;
		return true;
	}
	w->work = 0;
	leave_out(w, "what is inside one another would have to be read too often");
	return false;
}

static struct firmware_piece *add(struct firmware_walk *w, struct list *to, enum firmware_kind kind,
				  uint64_t offset, struct str bytes)
{
	struct firmware_piece *p = arena_make(w->mem, struct firmware_piece);

	*p = (struct firmware_piece){.kind = kind, .name = S(""), .offset = offset, .bytes = bytes};
	*to->last = p;
	to->last = &p->next;
	w->n_pieces++;
	return p;
}

static void begin_list(struct list *l)
{
	l->first = NULL;
	l->last = &l->first;
}

/* --- what rows use --- */

static void keep(struct firmware_walk *w, struct blob *b)
{
	*vec_push(w->mem, &w->kept) = b;
}

bool firmware_spend(struct firmware_view *v, uint64_t n)
{
	return !v->walk || spend(v->walk, n);
}

void firmware_put_part(struct firmware_view *v, struct str name, uint64_t offset, uint64_t n)
{
	struct str bytes;

	if (offset >= v->bytes.n || v->inside.n > MOST_PIECES)
		return;
	bytes = str_sub(v->bytes, (size_t)offset, n < v->bytes.n ? (size_t)n : v->bytes.n);
	if (bytes.n)
		*vec_push(v->mem, &v->inside) =
		    (struct firmware_inside){.name = name, .bytes = bytes};
}

void firmware_put_made(struct firmware_view *v, struct str name, struct blob *b)
{
	struct str bytes = blob_flat(v->mem, b);

	if (!v->walk || bytes.n == 0 || bytes.n > v->walk->room) {
		blob_unref(b);
		return;
	}
	v->walk->room -= bytes.n;
	keep(v->walk, b);
	*vec_push(v->mem, &v->inside) =
		(struct firmware_inside){.name = name, .bytes = bytes, .unpacked = true};
}

size_t firmware_room(const struct firmware_view *v)
{
	return v->walk ? v->walk->room : 0;
}

void firmware_unpack(struct firmware_view *v, enum codec_kind kind)
{
	struct codec_unpacked u;
	struct str in = firmware_bytes(v);

	if (!v->walk || !spend(v->walk, 0))
		return;
	if (codec_unpack(kind, in, v->walk->room, &u)) {
		v->unpacked = u.out;
		v->extent = u.used;
		firmware_good(v, "%zu bytes become %zu", u.used, u.made);
	} else if (u.full || !v->walk->room) {
		firmware_put_field(v, "not unpacked", "it becomes more than %zu bytes",
				   v->walk->room);
		leave_out(v->walk, "what is unpacked would be too large");
	} else {
		firmware_bad(v, "corrupt or cut off behind %zu bytes", u.used);
	}
	spend(v->walk, u.used + u.made);
}

void firmware_unpacked_parts(struct firmware_view *v)
{
	if (v->unpacked)
		firmware_put_made(v, S("unpacked"), blob_ref(v->unpacked));
}

/* --- one piece --- */

/* Ask ROW about the bytes of R from AT to END; what it says is in V. FOUND: nothing but a look told
 * that it may be there. */
static bool ask(struct firmware_walk *w, const struct region *r, size_t at, size_t end, bool found,
		const struct firmware *row, struct firmware_view *v)
{
	struct arena_mark mark = arena_mark(w->mem);

	*v = (struct firmware_view){
	    .mem = w->mem, .walk = w, .bytes = str_sub(r->bytes, at, end - at)};
	if (found && !spend(w, row->n_magic))
		return false;
	if (row->check(v)) {
		if (!v->extent || v->extent > v->bytes.n)
			v->extent = v->bytes.n;
		if (!found || !firmware_count_bad(v))
			return true;
		/* To find out took reading it, and there may be another one at the next byte. */
		spend(w, row->header ? v->bytes.n : v->extent);
	}
	blob_unref(v->unpacked);
	arena_release(w->mem, mark);
	return false;
}

static bool has_magic(const struct firmware *row, struct str bytes)
{
	return row->magic && bytes.n > row->n_magic &&
	       memcmp(bytes.p, row->magic, row->n_magic) == 0;
}

/* The first row that says yes where something begins. */
static const struct firmware *ask_start(struct firmware_walk *w, const struct region *r, size_t end,
					struct firmware_view *v)
{
	for (size_t i = 0; firmware_rows[i]; i++) {
		const struct firmware *row = firmware_rows[i];
		bool sure = row->strong || r->depth == 0;

		if (row->check && !row->trailer && ask(w, r, 0, end, !sure, row, v))
			return row;
	}
	return NULL;
}

/*
 * The first row that says yes somewhere: of those with a long magic, then at a BLOCK of the others.
 */
static const struct firmware *ask_at(struct firmware_walk *w, const struct region *r, size_t at,
				     size_t end, bool block, struct firmware_view *v)
{
	struct str rest = str_sub(r->bytes, at, end - at);

	for (size_t i = 0; i < w->magics.n; i++) {
		const struct firmware *row = w->magics.p[i];
		bool found = r->strict || !block || !row->strong;

		if (has_magic(row, rest) && ask(w, r, at, end, found, row, v))
			return row;
	}
	for (size_t i = 0; block && firmware_rows[i]; i++) {
		const struct firmware *row = firmware_rows[i];

		if (row->check && row->strong && !row->trailer &&
		    ask(w, r, at, end, r->strict, row, v))
			return row;
	}
	return NULL;
}

/* What OF calls its parts, each taken apart, and what lies between them when all behind its header
 * is inside. */
static void take_parts(struct firmware_walk *w, const struct region *r, struct firmware_piece *of,
		       size_t header)
{
	struct list to;
	size_t at = header;

	begin_list(&to);
	for (size_t i = 0; i < of->view.inside.n; i++) {
		struct firmware_inside *in = &of->view.inside.p[i];
		size_t start = in->unpacked ? 0 : (size_t)(in->bytes.p - of->bytes.p);
		struct region part = {in->bytes, in->unpacked ? 0 : of->offset + start, true,
				      of->row->parts == firmware_unpacked_parts, r->depth + 1};
		struct region gap = {str_sub(of->bytes, at, start > at ? start - at : 0),
				     of->offset + at, false, r->strict, r->depth + 1};
		struct firmware_piece *p;
		struct list inside;

		if (w->n_pieces >= MOST_PIECES) {
			leave_out(w, "there are more parts than are looked at");
			break;
		}
		if (of->row->header && gap.bytes.n)
			look(w, &gap, &to);
		p = add(w, &to, FIRMWARE_UNKNOWN, part.offset, in->bytes);
		p->name = in->name;
		p->unpacked = in->unpacked;
		begin_list(&inside);
		look(w, &part, &inside);
		p->inside = inside.first;
		if (!in->unpacked && start + in->bytes.n > at)
			at = start + in->bytes.n;
	}
	if (of->row->header && at < of->bytes.n) {
		struct region gap = {str_from(of->bytes, at), of->offset + at, !of->view.inside.n,
				     r->strict, r->depth + 1};

		look(w, &gap, &to);
	}
	of->inside = to.first;
}

/* P's name for what is all of it, in place of the piece that it is in. */
static void replace(struct firmware_piece *p)
{
	struct firmware_piece *only = p->inside, old = *p;

	if (p->kind != FIRMWARE_UNKNOWN || !only || only->next || only->bytes.n != p->bytes.n)
		return;
	if (only->kind == FIRMWARE_UNKNOWN) {
		p->inside = only->inside;
		return;
	}
	*p = *only;
	p->name = old.name;
	p->next = old.next;
	p->unpacked = old.unpacked;
}

static void replace_all(struct firmware_piece *p)
{
	for (; p; p = p->next) {
		replace(p);
		replace_all(p->inside);
	}
}

static int by_offset(const void *a, const void *b)
{
	const struct firmware_inside *x = a, *y = b;

	if (x->unpacked != y->unpacked)
		return x->unpacked - y->unpacked;
	if (x->unpacked)
		return 0;
	return x->bytes.p < y->bytes.p ? -1 : x->bytes.p > y->bytes.p;
}

/* The parts by their place; those that were put together stay in their order. */
static void sort_parts(struct firmware_view *v)
{
	for (size_t i = 1; i < v->inside.n; i++) {
		struct firmware_inside moved = v->inside.p[i];
		size_t j = i;

		for (; j && by_offset(&v->inside.p[j - 1], &moved) > 0; j--)
			v->inside.p[j] = v->inside.p[j - 1];
		v->inside.p[j] = moved;
	}
}

/* V is what is at AT of R; how many bytes of R it takes. */
static size_t take(struct firmware_walk *w, const struct region *r, size_t at,
		   const struct firmware *row, struct firmware_view *v, struct list *to)
{
	struct str bytes = str_sub(v->bytes, 0, row->header ? v->bytes.n : (size_t)v->extent);
	struct firmware_piece *p = add(w, to, FIRMWARE_FORMAT, r->offset + at, bytes);
	size_t header = (size_t)v->extent;

	if (row->show)
		row->show(v);
	v->bytes = bytes;
	p->row = row;
	if (r->depth < MOST_DEPTH && spend(w, bytes.n)) {
		if (row->parts)
			row->parts(v);
		sort_parts(v);
		p->view = *v;
		take_parts(w, r, p, header);
	} else if (row->parts || row->header) {
		leave_out(w, "images are too deep inside one another");
	}
	blob_unref(v->unpacked);
	v->unpacked = NULL;
	p->view = *v;
	return bytes.n;
}

/* --- what lies between --- */

static size_t equal_front(struct str s)
{
	size_t n = 0;

	if (s.n && (s.p[0] == 0 || (unsigned char)s.p[0] == 0xff)) {
		while (n < s.n && s.p[n] == s.p[0])
			n++;
	}
	return n;
}

static size_t equal_back(struct str s)
{
	size_t n = 0;

	if (s.n && (s.p[s.n - 1] == 0 || (unsigned char)s.p[s.n - 1] == 0xff)) {
		while (n < s.n && s.p[s.n - 1 - n] == s.p[s.n - 1])
			n++;
	}
	return n;
}

/* Nothing was recognised from AT to END. */
static void take_gap(struct firmware_walk *w, const struct region *r, size_t at, size_t end,
		     struct list *to)
{
	struct str gap = str_sub(r->bytes, at, end > at ? end - at : 0);
	size_t front = equal_front(gap), back = equal_back(gap);

	if (!gap.n)
		return;
	if (front == gap.n) {
		add(w, to, FIRMWARE_PADDING, r->offset + at, gap);
		return;
	}
	if (front < PAD_LEAST || r->strict)
		front = 0;
	if (back < PAD_LEAST || r->strict)
		back = 0;
	if (front)
		add(w, to, FIRMWARE_PADDING, r->offset + at, str_sub(gap, 0, front));
	if (front + back < gap.n)
		add(w, to, FIRMWARE_UNKNOWN, r->offset + at + front,
		    str_sub(gap, front, gap.n - front - back));
	if (back)
		add(w, to, FIRMWARE_PADDING, r->offset + end - back, str_from(gap, gap.n - back));
}

/* Rows that read the end of the file: the piece of each that says where it begins cuts *END, those
 * about all go to WHOLE. */
static void take_trailers(struct firmware_walk *w, const struct region *r, size_t *end,
			  struct list *whole, struct list *to)
{
	struct firmware_view v;
	const size_t all = *end;

	for (size_t i = 0; firmware_rows[i]; i++) {
		const struct firmware *row = firmware_rows[i];
		size_t start;
		struct firmware_piece *p;

		if (!row->check || !row->trailer || !ask(w, r, 0, all, r->depth != 0, row, &v))
			continue;
		start = v.offset < all ? (size_t)v.offset : 0;
		if (row->show)
			row->show(&v);
		p = add(w, start ? to : whole, FIRMWARE_FORMAT, r->offset + start,
			str_sub(r->bytes, start, all - start));
		p->row = row;
		p->view = v;
		if (start && start < *end)
			*end = start;
	}
}

/* Where to ask next behind AT, at most END; *BLOCK: with rows that have no long magic, too. */
static size_t next_place(const struct firmware_walk *w, struct str bytes, size_t at, size_t end,
			 bool *block)
{
	for (at++; at < end && at % STEP; at++) {
		if (w->starts[(unsigned char)bytes.p[at]])
			break;
	}
	*block = at % STEP == 0;
	return at;
}

static void look_between(struct firmware_walk *w, const struct region *r, size_t at, size_t end,
			 struct list *to)
{
	struct firmware_view v;
	size_t gap = at;
	bool block = true;

	while (at < end && w->n_pieces < MOST_PIECES) {
		const struct firmware *row = ask_at(w, r, at, end, block, &v);

		if (!row) {
			at = next_place(w, r->bytes, at, end, &block);
			continue;
		}
		take_gap(w, r, gap, at, to);
		gap = at += take(w, r, at, row, &v, to);
		block = true;
	}
	take_gap(w, r, gap, end, to);
}

static void look(struct firmware_walk *w, const struct region *r, struct list *to)
{
	struct firmware_view v;
	const struct firmware *row;
	struct list trailers;
	size_t end = r->bytes.n, at = 0;

	begin_list(&trailers);
	if (r->depth > MOST_DEPTH || w->n_pieces >= MOST_PIECES || !spend(w, r->bytes.n)) {
		take_gap(w, r, 0, end, to);
		return;
	}
	if (r->whole) {
		take_trailers(w, r, &end, to, &trailers);
		row = ask_start(w, r, end, &v);
		if (row)
			at = take(w, r, 0, row, &v, to);
	}
	look_between(w, r, at, end, to);
	*to->last = trailers.first;
	if (trailers.first)
		to->last = trailers.last;
}

/* --- all of it --- */

static void note_magics(struct firmware_walk *w)
{
	for (size_t i = 0; firmware_rows[i]; i++) {
		if (!firmware_rows[i]->magic)
			continue;
		w->starts[(unsigned char)firmware_rows[i]->magic[0]] = true;
		*vec_push(w->mem, &w->magics) = firmware_rows[i];
	}
}

struct firmware_walk *firmware_take_apart(struct arena *mem, struct blob *image, struct str name)
{
	struct firmware_walk *w = arena_make(mem, struct firmware_walk);
	uint64_t size = blob_size(image);
	struct list top, inside;
	struct region all = {.whole = true};

	w->mem = mem;
	w->room = size > room_least / 2 ? (size_t)size * 2 : room_least;
	w->work = size * TIMES + w->room * 4;
	note_magics(w);
	all.bytes = size < BLOB_ENDLESS ? blob_flat(mem, image) : S("");
	begin_list(&top);
	begin_list(&inside);
	w->top = add(w, &top, FIRMWARE_UNKNOWN, 0, all.bytes);
	w->top->name = name;
	if (all.bytes.n)
		look(w, &all, &inside);
	w->top->inside = inside.first;
	replace_all(w->top);
	return w;
}

const struct firmware_piece *firmware_top(const struct firmware_walk *w)
{
	return w->top;
}

const char *firmware_left_out(const struct firmware_walk *w)
{
	return w->left_out;
}

void firmware_walk_end(struct firmware_walk *w)
{
	for (size_t i = 0; i < w->kept.n; i++)
		blob_unref(w->kept.p[i]);
	w->kept.n = 0;
}

size_t firmware_piece_bad(const struct firmware_piece *p)
{
	size_t n = firmware_count_bad(&p->view);

	for (const struct firmware_piece *in = p->inside; in; in = in->next)
		n += firmware_piece_bad(in);
	return n;
}

const char *firmware_piece_is(const struct firmware_piece *p)
{
	return p->kind == FIRMWARE_FORMAT    ? p->row->format
	       : p->kind == FIRMWARE_PADDING ? "padding"
					     : "unknown";
}

bool firmware_list(struct arena *mem, const struct firmware_piece *p, struct firmware_files *files)
{
	struct firmware_view v;

	*files = (struct firmware_files){0};
	if (!p->row || !p->row->files || firmware_count_bad(&p->view))
		return false;
	v = p->view;
	v.mem = mem;
	p->row->files(&v, files);
	firmware_sort_files(files);
	return true;
}
