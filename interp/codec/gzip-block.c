/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Deflate blocks (RFC 1951) with the code lengths that GNU gzip chooses. The format leaves the
 * choice among equally good Huffman codes open; gzip's follows from a binary heap ordered by
 * frequency, then depth, and from how too long codes are shortened. Which bytes result is pinned by
 * tests/codec.bats, which compares with gzip.
 */
#include "codec/internal.h"

#include <string.h>

enum {
	END_OF_BLOCK = 256,
	LENGTH_CODES = 19, /* codes for code lengths */
	NODES_MOST = 2 * LITERALS + 1,
	LONGEST = 15,	    /* bits of a literal or distance code */
	LONGEST_LENGTH = 7, /* bits of a code for code lengths */
};

/* The order in which the lengths of the codes for code lengths are written (RFC 1951, 3.2.7). */
static const uint8_t length_order[LENGTH_CODES] = {
	16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
};

/* --- bits --- */

static void put_bits(struct block *b, uint32_t value, unsigned n)
{
	b->bits |= (uint64_t)value << b->n_bits;
	b->n_bits += n;
	if (b->n_bits < 32)
		return;
	if (sink_room(b->out, 4))
		for (unsigned i = 0; i < 32; i += 8)
			b->out->p[b->out->n++] = (unsigned char)(b->bits >> i);
	b->bits >>= 32;
	b->n_bits -= 32;
}

/* Fill up to a whole byte, and let all out. */
static void flush_bits(struct block *b)
{
	for (; b->n_bits > 0; b->n_bits = b->n_bits > 8 ? b->n_bits - 8 : 0) {
		unsigned char byte = (unsigned char)b->bits;

		sink_put(b->out, &byte, 1);
		b->bits >>= 8;
	}
}

/* --- codes of lengths and distances --- */

unsigned block_distance_extra(unsigned code)
{
	return code < 4 ? 0 : code / 2 - 1;
}

/* DISTANCE (from 0) as a code; *EXTRA are the bits behind it. */
static unsigned distance_code(unsigned distance, unsigned *extra)
{
	unsigned top, code;

	*extra = 0;
	if (distance < 4)
		return distance;
	top = 31 - (unsigned)__builtin_clz(distance);
	code = 2 * top + (distance >> (top - 1) & 1);
	*extra = distance & ((1u << (top - 1)) - 1);
	return code;
}

static unsigned length_extra(unsigned code)
{
	return code < 8 || code == 28 ? 0 : code / 4 - 1;
}

/* LENGTH (less 3) as a code from 0; *EXTRA are the bits behind it. */
static unsigned length_code(unsigned length, unsigned *extra)
{
	unsigned top;

	*extra = 0;
	if (length < 8)
		return length;
	if (length == 255)
		return 28;
	top = 31 - (unsigned)__builtin_clz(length);
	*extra = length & ((1u << (top - 2)) - 1);
	return 4 * (top - 1) + (length >> (top - 2) & 3);
}

/* --- Huffman codes --- */

/* A set of symbols, and the codes found for them. */
struct codes {
	unsigned n, longest;		/* symbols there are; bits a code may have */
	unsigned (*extra)(unsigned symbol);
	unsigned (*fixed)(unsigned symbol); /* bits of the fixed code, or NULL */
	unsigned last;			/* highest symbol in use */
	uint16_t uses[NODES_MOST];	/* also of inner nodes, behind the symbols */
	uint8_t bits[NODES_MOST];	/* 0: not in use */
	uint16_t code[LITERALS + 2];	/* lowest bit first */
	uint64_t cost, fixed_cost;	/* bits of all uses, codes and what is behind them */
};

struct heap {
	const struct codes *c;
	unsigned n;
	uint16_t item[NODES_MOST];	/* from 1 */
	uint8_t depth[NODES_MOST];
};

static bool before(const struct heap *h, unsigned a, unsigned b)
{
	const uint16_t *uses = h->c->uses;

	return uses[a] < uses[b] || (uses[a] == uses[b] && h->depth[a] <= h->depth[b]);
}

/* Item K may be too large for its place: move it down. */
static void sink_down(struct heap *h, unsigned k)
{
	uint16_t moved = h->item[k];

	for (unsigned below = 2 * k; below <= h->n; below *= 2) {
		if (below < h->n && before(h, h->item[below + 1], h->item[below]))
			below++;
		if (before(h, moved, h->item[below]))
			break;
		h->item[k] = h->item[below];
		k = below;
	}
	h->item[k] = moved;
}

/* All symbols in use; two at least, so that each has a bit. */
static void fill_heap(struct heap *h, struct codes *c)
{
	c->last = 0;
	for (unsigned i = 0; i < c->n; i++) {
		c->bits[i] = 0;
		if (c->uses[i]) {
			h->item[++h->n] = (uint16_t)i;
			c->last = i;
		}
	}
	if (h->n == 0)
		c->last = (unsigned)-1;
	while (h->n < 2) {
		unsigned added = (int)c->last < 2 ? ++c->last : 0;

		h->item[++h->n] = (uint16_t)added;
		c->uses[added] = 1;
		c->cost--;
		if (c->fixed)
			c->fixed_cost -= c->fixed(added);
	}
	for (unsigned i = h->n / 2; i > 0; i--)
		sink_down(h, i);
}

/* Join the two rarest until one is left. ORDER gets the nodes, rarest last; how many. */
static unsigned build_tree(struct codes *c, uint16_t *order, uint16_t *parent)
{
	struct heap h = {.c = c};
	unsigned node = c->n, at = NODES_MOST;

	fill_heap(&h, c);
	while (h.n >= 2) {
		unsigned a = h.item[1], b;

		h.item[1] = h.item[h.n--];
		sink_down(&h, 1);
		b = h.item[1];
		order[--at] = (uint16_t)a;
		order[--at] = (uint16_t)b;
		c->uses[node] = (uint16_t)(c->uses[a] + c->uses[b]);
		h.depth[node] = (uint8_t)((h.depth[a] > h.depth[b] ? h.depth[a] : h.depth[b]) + 1);
		parent[a] = parent[b] = (uint16_t)node;
		h.item[1] = (uint16_t)node++;
		sink_down(&h, 1);
	}
	order[--at] = h.item[1];
	return at;
}

/* Codes that came out too long: make COUNT (codes by their bits) a full set again. */
static void shorten(unsigned *count, unsigned longest, int too_long)
{
	for (; too_long > 0; too_long -= 2) {
		unsigned bits = longest - 1;

		while (count[bits] == 0)
			bits--;
		count[bits]--;
		count[bits + 1] += 2;
		count[longest]--;
	}
}

/* Each symbol's bits, from the tree's root down; COUNT: symbols by bits. */
static void set_bits(struct codes *c, unsigned *count)
{
	uint16_t order[NODES_MOST], parent[NODES_MOST];
	unsigned root = build_tree(c, order, parent), at = NODES_MOST;
	int too_long = 0;

	c->bits[order[root]] = 0;
	for (unsigned i = root + 1; i < NODES_MOST; i++) {
		unsigned node = order[i], bits = c->bits[parent[node]] + 1u;

		if (bits > c->longest) {
			bits = c->longest;
			too_long++;
		}
		c->bits[node] = (uint8_t)bits;
		if (node < c->n)
			count[bits]++;
	}
	if (!too_long)
		return;
	shorten(count, c->longest, too_long);
	for (unsigned bits = c->longest; bits > 0; bits--)
		for (unsigned left = count[bits]; left > 0;) {
			unsigned node = order[--at];

			if (node >= c->n)
				continue;
			c->bits[node] = (uint8_t)bits;
			left--;
		}
}

static void add_costs(struct codes *c)
{
	for (unsigned i = 0; i < c->n; i++) {
		unsigned extra = c->extra ? c->extra(i) : 0;

		c->cost += (uint64_t)c->uses[i] * (c->bits[i] + extra);
		if (c->fixed)
			c->fixed_cost += (uint64_t)c->uses[i] * (c->fixed(i) + extra);
	}
}

/* Codes in the order of RFC 1951, 3.2.2, each turned so that its first bit is the lowest. */
static void number_codes(struct codes *c, unsigned n)
{
	unsigned count[LONGEST + 1] = {0}, next[LONGEST + 2] = {0};

	for (unsigned i = 0; i < n; i++)
		count[c->bits[i]]++;
	count[0] = 0;
	for (unsigned bits = 1; bits <= LONGEST; bits++)
		next[bits] = (next[bits - 1] + count[bits - 1]) << 1;
	for (unsigned i = 0; i < n; i++) {
		unsigned code = c->bits[i] ? next[c->bits[i]]++ : 0, turned = 0;

		for (unsigned bit = 0; bit < c->bits[i]; bit++)
			turned |= (code >> bit & 1) << (c->bits[i] - 1 - bit);
		c->code[i] = (uint16_t)turned;
	}
}

static void make_codes(struct codes *c)
{
	unsigned count[LONGEST + 1] = {0};

	set_bits(c, count);
	add_costs(c);
	number_codes(c, c->n);
}

static unsigned literal_extra(unsigned symbol)
{
	return symbol > END_OF_BLOCK ? length_extra(symbol - END_OF_BLOCK - 1) : 0;
}

static unsigned fixed_literal(unsigned symbol)
{
	return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
}

static unsigned fixed_distance(unsigned symbol)
{
	(void)symbol;
	return 5;
}

static void make_fixed(struct codes *c, unsigned n, unsigned (*bits)(unsigned symbol))
{
	for (unsigned i = 0; i < n; i++)
		c->bits[i] = (uint8_t)bits(i);
	number_codes(c, n);
}

/* --- code lengths, as runs --- */

static unsigned run_extra(unsigned symbol)
{
	return symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
}

/*
 * One code set's lengths as symbols: 0 to 15 themselves, 16: the last one 3 to 6 times more, 17 and
 * 18: 3 to 10 and 11 to 138 zeros. A run is cut where gzip cuts it. PUT gets each symbol.
 */
static void each_length(const struct codes *c,
			void (*put)(void *ctx, unsigned symbol, unsigned extra), void *ctx)
{
	unsigned i = 0, before_run = ~0u;

	while (i <= c->last) {
		unsigned bits = c->bits[i], most = bits == 0 ? 138 : bits == before_run ? 6 : 7;
		unsigned least = bits == 0 || bits == before_run ? 3 : 4, run = 1;

		while (run < most && i + run <= c->last && c->bits[i + run] == bits)
			run++;
		i += run;
		if (run < least) {
			for (; run > 0; run--)
				put(ctx, bits, 0);
		} else if (bits == 0) {
			put(ctx, run <= 10 ? 17 : 18, run <= 10 ? run - 3 : run - 11);
		} else {
			if (bits != before_run) {
				put(ctx, bits, 0);
				run--;
			}
			put(ctx, 16, run - 3);
		}
		before_run = bits;
	}
}

static void count_length(void *ctx, unsigned symbol, unsigned extra)
{
	struct codes *lengths = ctx;

	(void)extra;
	lengths->uses[symbol]++;
}

struct length_writer {
	struct block *b;
	const struct codes *lengths;
};

static void write_length(void *ctx, unsigned symbol, unsigned extra)
{
	struct length_writer *w = ctx;

	put_bits(w->b, w->lengths->code[symbol], w->lengths->bits[symbol]);
	put_bits(w->b, extra, run_extra(symbol));
}

/* --- blocks --- */

/* The codes that a block is written with. */
struct tables {
	struct codes literals, distances, lengths;
	unsigned n_lengths; /* of length_order */
};

static void write_codes(struct block *b, const struct tables *t)
{
	struct length_writer w = {b, &t->lengths};

	put_bits(b, t->literals.last + 1 - 257, 5);
	put_bits(b, t->distances.last + 1 - 1, 5);
	put_bits(b, t->n_lengths - 4, 4);
	for (unsigned i = 0; i < t->n_lengths; i++)
		put_bits(b, t->lengths.bits[length_order[i]], 3);
	each_length(&t->literals, write_length, &w);
	each_length(&t->distances, write_length, &w);
}

static void write_tokens(struct block *b, const struct codes *literals,
			 const struct codes *distances)
{
	for (size_t i = 0; i < b->n_tokens; i++) {
		struct token t = b->tokens[i];
		unsigned extra, code;

		if (!t.distance) {
			put_bits(b, literals->code[t.value], literals->bits[t.value]);
			continue;
		}
		code = length_code(t.value, &extra);
		put_bits(b, literals->code[code + 257], literals->bits[code + 257]);
		put_bits(b, extra, length_extra(code));
		code = distance_code(t.distance - 1u, &extra);
		put_bits(b, distances->code[code], distances->bits[code]);
		put_bits(b, extra, block_distance_extra(code));
	}
	put_bits(b, literals->code[END_OF_BLOCK], literals->bits[END_OF_BLOCK]);
}

static void write_stored(struct block *b, const unsigned char *data, size_t n)
{
	unsigned char head[4] = {(unsigned char)n, (unsigned char)(n >> 8), (unsigned char)~n,
				 (unsigned char)(~n >> 8)};

	flush_bits(b);
	sink_put(b->out, head, 4);
	sink_put(b->out, data, n);
}

static void write_fixed(struct block *b)
{
	struct codes literals = {0}, distances = {0};

	make_fixed(&literals, LITERALS + 2, fixed_literal);
	make_fixed(&distances, DISTANCES, fixed_distance);
	write_tokens(b, &literals, &distances);
}

/* Bits that the block takes with codes of its own; *FIXED: with the fixed ones. */
static uint64_t plan(const struct block *b, struct tables *t, uint64_t *fixed)
{
	*t = (struct tables){
		.literals = {LITERALS, LONGEST, literal_extra, fixed_literal, .cost = 0},
		.distances = {DISTANCES, LONGEST, block_distance_extra, fixed_distance, .cost = 0},
		.lengths = {LENGTH_CODES, LONGEST_LENGTH, run_extra, NULL, .cost = 0},
		.n_lengths = LENGTH_CODES,
	};
	memcpy(t->literals.uses, b->literals, sizeof(b->literals));
	memcpy(t->distances.uses, b->distances, sizeof(b->distances));
	make_codes(&t->literals);
	make_codes(&t->distances);
	each_length(&t->literals, count_length, &t->lengths);
	each_length(&t->distances, count_length, &t->lengths);
	make_codes(&t->lengths);
	while (t->n_lengths > 4 && t->lengths.bits[length_order[t->n_lengths - 1]] == 0)
		t->n_lengths--;
	*fixed = t->literals.fixed_cost + t->distances.fixed_cost;
	return t->literals.cost + t->distances.cost + t->lengths.cost + 3 * t->n_lengths + 14;
}

void block_begin(struct block *b)
{
	memset(b->literals, 0, sizeof(b->literals));
	memset(b->distances, 0, sizeof(b->distances));
	b->literals[END_OF_BLOCK] = 1;
	b->n_tokens = b->n_matches = 0;
}

void block_add(struct block *b, struct token t)
{
	unsigned extra;

	b->tokens[b->n_tokens++] = t;
	if (t.distance) {
		b->n_matches++;
		b->literals[length_code(t.value, &extra) + 257]++;
		b->distances[distance_code(t.distance - 1u, &extra)]++;
	} else {
		b->literals[t.value]++;
	}
}

void block_end(struct block *b, const unsigned char *data, size_t n, bool last)
{
	struct tables t;
	uint64_t fixed, own = (plan(b, &t, &fixed) + 3 + 7) / 8, best;

	fixed = (fixed + 3 + 7) / 8;
	best = fixed <= own ? fixed : own;
	if (data && n + 4 <= best) {
		put_bits(b, 0 << 1 | last, 3);
		write_stored(b, data, n);
	} else if (best == fixed) {
		put_bits(b, 1 << 1 | last, 3);
		write_fixed(b);
	} else {
		put_bits(b, 2 << 1 | last, 3);
		write_codes(b, &t);
		write_tokens(b, &t.literals, &t.distances);
	}
	if (last)
		flush_bits(b);
	block_begin(b);
}
