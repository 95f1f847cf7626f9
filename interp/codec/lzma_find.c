/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * BT4, the match finder of LZMA's encoder: heads of binary trees by a hash of four bytes, and the
 * last place of each two and three bytes. What it finds must be what the SDK's own finds
 * (LzFind.c), byte by byte of the stream that becomes of it: so a tree holds the same places, and a
 * search ends after as many steps. What differs is where things lie in memory.
 *
 * The SDK has as many heads as its dictionary has room for: 16 MiB for 8 MiB, of which a kernel of
 * 600 kB uses a sixth, each in a line of memory of its own. SPARSE heads are a hash table with open
 * addressing that is as large as the input wants. An entry is a place and bits of its hash; the
 * rest of the hash is worked out from the bytes there, which are all in the window as long as the
 * input is no larger than the dictionary.
 *
 * Heads and tree are PACKED into three bytes each where places fit: a quarter less memory for a
 * kernel of 7 MB, and as fast. An entry is then a place from 1 on, as a position of the SDK's
 * begins at the size of the ring; 0 is none in both.
 */
#include "codec/lzma_find.h"

#include <lzma/LzFind.c>
#include <stdlib.h>
#include <string.h>

/* Heads of hashes of two and three bytes come first in the tables. */
enum { FIXED = kHash2Size + kHash3Size };

/* A sparse head: how many bits its place has. */
enum { PLACE_BITS = 21, LEAST_BITS = 10 };

/* A packed entry: its bytes, the most places that it tells apart, and what may be read behind the
 * last one. Small inputs are left as they are: their tables take little, and are copied. */
enum { PACKED = 3, PACKED_LEAST = 1 << PLACE_BITS, PACKED_MOST = (1 << 24) - 2, SPARE = 8 };

/* How far ahead memory is asked for: the heads, and what lies at the first place of the tree. */
enum { AHEAD_HEAD = 24, AHEAD_TREE = 8 };

/* As many changes as that are not worth undoing. */
enum { CHANGES_MOST = 8 << 20 };

static unsigned bits_for(uint64_t n)
{
	unsigned bits = 0;

	while ((uint64_t)1 << bits < n)
		bits++;
	return bits;
}

/* The SDK's number of heads (MatchFinder_Create). */
static unsigned full_bits(uint32_t dict)
{
	unsigned bits = bits_for(dict);

	return bits < 17 ? 16 : bits > 25 ? bits - 2 : bits - 1;
}

struct lzma_find_size lzma_find_size(uint32_t dict, uint64_t most)
{
	uint64_t places = most < dict ? most + 1 : (uint64_t)dict + 1;
	unsigned full = full_bits(dict), bits = bits_for(most + most / 5);
	bool sparse = bits < full && most < dict && most < (1u << PLACE_BITS) - 2;
	bool packed = !sparse && most >= PACKED_LEAST && most <= PACKED_MOST;
	uint64_t entries;

	if (bits < LEAST_BITS)
		bits = LEAST_BITS;
	entries = ((uint64_t)1 << (sparse ? bits : full)) + 2 * places;
	return (struct lzma_find_size){
	    .bytes = FIXED * sizeof(UInt32) +
		     (packed ? PACKED * entries + SPARE : sizeof(UInt32) * entries),
	    .bits = sparse ? bits : full,
	    .sparse = sparse,
	    .packed = packed,
	    .wraps = most >= dict,
	};
}

/* --- entries --- */

static inline __attribute__((always_inline)) uint32_t get(const Byte *at, bool packed)
{
	uint32_t value;

	if (!packed) {
		memcpy(&value, at, sizeof(value));
		return value;
	}
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(&value, at, sizeof(value)); /* with one byte of what follows */
	return value & 0xffffff;
#else
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
#endif
}

static inline __attribute__((always_inline)) void set(Byte *at, uint32_t value, bool packed)
{
	if (!packed) {
		memcpy(at, &value, sizeof(value));
		return;
	}
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(at, &value, 2);
#else
	at[0] = (Byte)value;
	at[1] = (Byte)(value >> 8);
#endif
	at[2] = (Byte)(value >> 16);
}

static inline __attribute__((always_inline)) size_t width(bool packed)
{
	return packed ? PACKED : sizeof(UInt32);
}

/* What an entry has for the position POS. */
static inline uint32_t entry_of(const CMatchFinder *m, uint32_t pos, bool packed)
{
	return packed ? pos - m->cyclicBufferSize + 1 : pos;
}

/* --- heads --- */

static inline uint32_t hash_of(const CMatchFinder *m, const Byte *p)
{
	return (m->crc[p[0]] ^ p[1] ^ (uint32_t)p[2] << 8 ^ m->crc[p[3]] << 5) & m->hashMask;
}

static inline uint32_t spread(const struct lzma_find *f, uint32_t hash)
{
	return hash * 0x9e3779b1u >> (32 - f->bits);
}

/* Of the 11 bits above a sparse head's place. */
static inline uint32_t mark_of(uint32_t hash)
{
	return hash << PLACE_BITS;
}

static inline uint32_t place_of(uint32_t head)
{
	return (head & ((1u << PLACE_BITS) - 1)) - 1;
}

/* Where the head of HASH is, or is to be; what is there if it is HASH's. CUR is where M is. */
static inline Byte *sparse_head(const struct lzma_find *f, const Byte *cur, uint32_t hash)
{
	const CMatchFinder *m = f->m;
	const Byte *start = cur - (m->pos - m->cyclicBufferSize);
	const UInt32 *heads = (const UInt32 *)(const void *)f->heads;
	uint32_t i = spread(f, hash), mark = mark_of(hash), head;

	for (; (head = heads[i]) != 0; i = (i + 1) & ((1u << f->bits) - 1))
		if (((head ^ mark) & ~((1u << PLACE_BITS) - 1)) == 0 &&
		    hash_of(m, start + place_of(head)) == hash)
			break;
	return f->heads + i * sizeof(UInt32);
}

/* Where the head of HASH is, if heads lie at their hashes, or is to be looked for first. */
static inline Byte *first_head(const struct lzma_find *f, uint32_t hash)
{
	return f->heads + (f->sparse ? spread(f, hash) : hash) * width(f->packed);
}

/* Ask for what a search some places ahead will want first. */
static inline void look_ahead(const struct lzma_find *f, const Byte *cur)
{
	const CMatchFinder *m = f->m;
	uint32_t head, place;

	if (m->streamPos - m->pos < AHEAD_HEAD + 4)
		return;
	__builtin_prefetch(first_head(f, hash_of(m, cur + AHEAD_HEAD)), 1);
	head = get(first_head(f, hash_of(m, cur + AHEAD_TREE)), f->packed);
	if (head == 0)
		return;
	place = f->sparse ? place_of(head) : f->packed ? head - 1 : head - m->cyclicBufferSize;
	if (!f->sparse && place >= m->cyclicBufferSize)
		return; /* the ring went round: not worth the arithmetic */
	__builtin_prefetch((Byte *)m->son + 2 * (size_t)place * width(f->packed), 1);
}

/* --- changes --- */

static bool changes_grow(struct lzma_find *f)
{
	size_t room = f->room ? 2 * f->room : 1 << 16;
	struct lzma_change *bigger =
	    room > CHANGES_MOST ? NULL : realloc(f->changes, room * sizeof(*bigger));

	if (!bigger) {
		f->lost = true;
		return false;
	}
	f->changes = bigger;
	f->room = room;
	return true;
}

/* How a search goes, as the compiler is to know it: each has code of its own. */
struct way {
	bool packed; /* what it changes is */
	bool wraps;  /* the ring may have gone round */
	bool noted;
};

static inline __attribute__((always_inline)) void put(struct lzma_find *f, Byte *at, uint32_t value,
						      struct way way)
{
	if (way.noted && (f->n_changes < f->room || changes_grow(f))) {
		size_t where = (size_t)(at - (Byte *)f->m->hash);

		f->changes[f->n_changes++] = (struct lzma_change){
		    (uint32_t)(f->packed ? where : where / sizeof(UInt32)), get(at, way.packed)};
	}
	set(at, value, way.packed);
}

/* --- trees --- */

/* The first of eight bytes that is not 0, as X has them in memory. */
static inline uint32_t first_byte(uint64_t x)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (uint32_t)__builtin_ctzll(x) / 8;
#else
	return (uint32_t)__builtin_clzll(x) / 8;
#endif
}

/* How many of the bytes at A and B are alike, of which the first LEN are; at most LIMIT. */
static inline uint32_t alike(const Byte *a, const Byte *b, uint32_t len, uint32_t limit)
{
	uint64_t x, y;

	for (; len + 8 <= limit; len += 8) {
		memcpy(&x, a + len, 8);
		memcpy(&y, b + len, 8);
		if (x != y)
			return len + first_byte(x ^ y);
	}
	while (len < limit && a[len] == b[len])
		len++;
	return len;
}

/* Where a search is: a place of the ring of pairs, and its bytes. What it writes could be any of a
 * CMatchFinder's numbers, as far as the compiler knows; these are its own. */
struct at {
	const Byte *cur;
	Byte *son;
	uint32_t pos, place, size; /* pos: as entries have it */
	struct way way;
	/* of a place that has 0 as its entry, although there is none: the address of its byte, and
	 * of its pair as long as the ring does not go round */
	uintptr_t byte, pair;
};

/* The pair of the place whose entry is POS. */
static inline __attribute__((always_inline)) uintptr_t pair_of(const struct at *a, uint32_t pos)
{
	const size_t pair = 2 * width(a->way.packed);
	uint32_t delta;

	if (!a->way.wraps)
		return a->pair + pos * pair;
	delta = a->pos - pos;
	return (uintptr_t)a->son +
	       (size_t)(a->place - delta + (delta > a->place ? a->size : 0)) * pair;
}

/* The search at A may go on at POS: ask for its sons, and its byte at LEN. */
static inline __attribute__((always_inline)) void ask_for(const struct at *a, uint32_t pos,
							  uint32_t len)
{
	__builtin_prefetch((const void *)pair_of(a, pos));
	__builtin_prefetch((const void *)(a->byte + pos + len));
}

/* Is nothing at FIRST, or is it no longer in the ring? */
static inline __attribute__((always_inline)) bool is_none(const struct at *a, uint32_t first)
{
	if (!a->way.wraps)
		return first == 0;
	return (a->way.packed && first == 0) || a->pos - first >= a->size;
}

/*
 * Make A's place the root of the tree that FIRST was the root of. Matches that are longer than
 * LONGEST, and than each other, go to OUT as pairs (NULL: nobody asks); returns where they end.
 */
static inline __attribute__((always_inline)) UInt32 *root_at(struct lzma_find *f, struct at a,
							     uint32_t first, uint32_t limit,
							     UInt32 *out, uint32_t longest)
{
	const size_t next = width(a.way.packed);
	Byte *smaller = a.son + 2 * a.place * next, *larger = smaller + next;
	uint32_t len_smaller = 0, len_larger = 0, steps = f->m->cutValue;

	for (;; steps--) {
		uint32_t len, sons[2];
		const Byte *old;
		Byte *pair;

		if (steps == 0 || is_none(&a, first)) {
			put(f, larger, kEmptyHashValue, a.way);
			put(f, smaller, kEmptyHashValue, a.way);
			return out;
		}
		old = (const Byte *)(a.byte + first);
		pair = (Byte *)pair_of(&a, first);
		sons[0] = get(pair, a.way.packed);
		sons[1] = get(pair + next, a.way.packed);
		len = len_smaller < len_larger ? len_smaller : len_larger;
		ask_for(&a, sons[0], len);
		ask_for(&a, sons[1], len);
		if (old[len] == a.cur[len]) {
			len = alike(old, a.cur, len + 1, limit);
			if (out && len > longest) {
				*out++ = longest = len;
				*out++ = a.pos - first - 1;
			}
			if (len == limit) {
				put(f, smaller, sons[0], a.way);
				put(f, larger, sons[1], a.way);
				return out;
			}
		}
		if (old[len] < a.cur[len]) {
			put(f, smaller, first, a.way);
			smaller = pair + next;
			first = sons[1];
			len_smaller = len;
		} else {
			put(f, larger, first, a.way);
			larger = pair;
			first = sons[0];
			len_larger = len;
		}
	}
}

static inline __attribute__((always_inline)) struct at here(const CMatchFinder *m, struct way way)
{
	uint32_t pos = entry_of(m, m->pos, way.packed);
	struct at a = {
	    m->buffer, (Byte *)m->son, pos, m->cyclicBufferPos, m->cyclicBufferSize, way, 0, 0};

	a.byte = (uintptr_t)a.cur - pos;
	a.pair = (uintptr_t)a.son - (size_t)(pos - a.place) * 2 * width(way.packed);
	return a;
}

static inline __attribute__((always_inline)) UInt32 *new_root(struct lzma_find *f, uint32_t first,
							      uint32_t limit, UInt32 *out,
							      uint32_t longest, bool noted)
{
	const CMatchFinder *m = f->m;
	struct way way = {.noted = noted};

	/* searches of their own: the one that is used has less to work out */
	if (!f->wraps && !f->packed)
		return root_at(f, here(m, way), first, limit, out, longest);
	way.wraps = true;
	if (!f->packed)
		return root_at(f, here(m, way), first, limit, out, longest);
	way.packed = true;
	if (f->wraps)
		return root_at(f, here(m, way), first, limit, out, longest);
	way.wraps = false;
	return root_at(f, here(m, way), first, limit, out, longest);
}

/* --- one place --- */

static inline void next_place(CMatchFinder *m)
{
	m->cyclicBufferPos++;
	m->buffer++;
	if (++m->pos == m->posLimit)
		MatchFinder_CheckLimits(m);
}

/* The last places with the same two, three and four bytes (by hash; four: as entries of the tree
 * have it); this one takes their place. */
struct last {
	uint32_t two, three, four;
};

static inline __attribute__((always_inline)) struct last take_place(struct lzma_find *f,
								    const Byte *cur, bool noted)
{
	CMatchFinder *m = f->m;
	uint32_t two = m->crc[cur[0]] ^ cur[1], three = two ^ (uint32_t)cur[2] << 8;
	uint32_t hash = (three ^ m->crc[cur[3]] << 5) & m->hashMask, pos = m->pos;
	UInt32 *at_two = m->hash + (two & (kHash2Size - 1));
	UInt32 *at_three = m->hash + kHash2Size + (three & (kHash3Size - 1));
	Byte *at_four = f->sparse ? sparse_head(f, cur, hash) : first_head(f, hash);
	struct last last = {*at_two, *at_three, get(at_four, f->packed)};
	struct way way = {.noted = noted};

	put(f, (Byte *)at_two, pos, way);
	put(f, (Byte *)at_three, pos, way);
	if (f->packed) {
		way.packed = true;
		put(f, at_four, entry_of(m, pos, true), way);
		return last;
	}
	if (f->sparse) {
		if (last.four)
			last.four = place_of(last.four) + m->cyclicBufferSize;
		pos = mark_of(hash) | (pos - m->cyclicBufferSize + 1);
	}
	put(f, at_four, pos, way);
	return last;
}

/* The matches of two and three bytes, as far as they go; how many entries of OUT they take. */
static inline uint32_t short_matches(const CMatchFinder *m, const struct last *last, UInt32 *out)
{
	const Byte *cur = m->buffer;
	uint32_t two = m->pos - last->two, three = m->pos - last->three, n = 0, best = two;

	if (two < m->cyclicBufferSize && *(cur - two) == *cur) {
		out[0] = 2;
		out[1] = two - 1;
		n = 2;
	}
	if (two != three && three < m->cyclicBufferSize && *(cur - three) == *cur) {
		out[n] = 3;
		out[n + 1] = three - 1;
		n += 2;
		best = three;
	}
	if (n)
		out[n - 2] = alike(cur - best, cur, out[n - 2], m->lenLimit);
	return n;
}

static inline __attribute__((always_inline)) UInt32 matches(struct lzma_find *f, UInt32 *out,
							    bool noted)
{
	CMatchFinder *m = f->m;
	const uint32_t limit = m->lenLimit;
	const Byte *cur = m->buffer;
	struct last last;
	uint32_t n, longest;

	if (limit < 4) {
		next_place(m);
		return 0;
	}
	look_ahead(f, cur);
	last = take_place(f, cur, noted);
	n = short_matches(m, &last, out);
	longest = n ? out[n - 2] : 0;
	if (longest == limit)
		new_root(f, last.four, limit, NULL, 0, noted);
	else
		n = (uint32_t)(new_root(f, last.four, limit, out + n, longest < 3 ? 3 : longest,
					noted) - out);
	next_place(m);
	return n;
}

static inline __attribute__((always_inline)) void skip(struct lzma_find *f, UInt32 n, bool noted)
{
	CMatchFinder *m = f->m;

	for (; n; n--) {
		if (m->lenLimit >= 4) {
			struct last last;

			look_ahead(f, m->buffer);
			last = take_place(f, m->buffer, noted);
			new_root(f, last.four, m->lenLimit, NULL, 0, noted);
		}
		next_place(m);
	}
}

/* --- as the SDK's encoder calls it --- */

static void find_start(void *self)
{
	struct lzma_find *f = self;
	UInt32 n = f->m->hashSizeSum;

	/* new pages are clear, and many are never looked at */
	if (f->clear)
		f->m->hashSizeSum = 0;
	MatchFinder_Init(f->m);
	f->m->hashSizeSum = n;
	f->clear = false;
}

static Byte find_byte(void *self, Int32 at)
{
	return ((struct lzma_find *)self)->m->buffer[at];
}

static UInt32 find_left(void *self)
{
	const CMatchFinder *m = ((struct lzma_find *)self)->m;

	return m->streamPos - m->pos;
}

static const Byte *find_at(void *self)
{
	return ((struct lzma_find *)self)->m->buffer;
}

static UInt32 find_matches(void *self, UInt32 *out)
{
	return matches(self, out, false);
}

static UInt32 find_matches_noted(void *self, UInt32 *out)
{
	return matches(self, out, true);
}

static void find_skip(void *self, UInt32 n)
{
	skip(self, n, false);
}

static void find_skip_noted(void *self, UInt32 n)
{
	skip(self, n, true);
}

bool lzma_find_init(struct lzma_find *f, CMatchFinder *m, UInt32 *refs,
		    const struct lzma_find_size *size, IMatchFinder *vtable)
{
	size_t heads = ((size_t)1 << size->bits) * width(size->packed);

	*f = (struct lzma_find){
	    .m = m,
	    .heads = (Byte *)(refs + FIXED),
	    .bits = size->bits,
	    .sparse = size->sparse,
	    .packed = size->packed,
	    .wraps = size->wraps,
	};
	m->hash = refs;
	m->hashSizeSum = (UInt32)(FIXED + heads / sizeof(UInt32));
	m->numSons = (UInt32)(size->bytes / sizeof(UInt32) - m->hashSizeSum);
	m->son = refs + m->hashSizeSum;
	*vtable = (IMatchFinder){find_start, find_byte,	   find_left,
				 find_at,    find_matches, find_skip};
	return size->sparse || m->hashMask == (1u << size->bits) - 1;
}

const unsigned char *lzma_find_end(const struct lzma_find *f, size_t places)
{
	return (const Byte *)f->m->son + 2 * places * width(f->packed);
}

void lzma_find_mark(struct lzma_find *f, IMatchFinder *vtable)
{
	f->n_changes = 0;
	f->lost = false;
	vtable->GetNumAvailableBytes = find_left;
	vtable->GetMatches = find_matches_noted;
	vtable->Skip = find_skip_noted;
}

bool lzma_find_undo(struct lzma_find *f)
{
	Byte *tables = (Byte *)f->m->hash;
	const size_t unit = f->packed ? 1 : sizeof(UInt32);

	while (!f->lost && f->n_changes) {
		const struct lzma_change *c = &f->changes[--f->n_changes];

		set(tables + c->at * unit, c->old, f->packed && c->at >= FIXED * sizeof(UInt32));
	}
	return !f->lost;
}

void lzma_find_forget(struct lzma_find *f)
{
	f->changes = NULL;
	f->n_changes = f->room = 0;
}

void lzma_find_free(struct lzma_find *f)
{
	free(f->changes);
	lzma_find_forget(f);
}
