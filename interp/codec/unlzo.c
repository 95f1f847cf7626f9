/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * LZO1X blocks, as UBIFS and SquashFS have them. The first byte may begin with a run of literals
 * (above 17: so many less 17). Then instructions by their first byte: below 16, at first a run of
 * literals, behind literals a match of 2 or 3 bytes; 16 to 31 a match at 16 KiB and more (the end,
 * when it is exactly there), 32 to 63 within 16 KiB, 64 and more within 2 KiB. A length of 0 goes
 * on in the bytes that follow. The last two bits of a match's distance say how many literals are
 * behind it. Source: Documentation/staging/lzo.rst.
 */
#include "codec/internal.h"

struct lzo {
	const unsigned char *in, *end;
	unsigned char *out;
	size_t n, most;
	bool full;
};

/* A length that is 0 in its BITS: a byte of 0 counts 255 on. */
static bool length(struct lzo *z, size_t *n, size_t base)
{
	while (z->in < z->end && *z->in == 0 && *n < z->most) {
		*n += 255;
		z->in++;
	}
	if (z->in == z->end)
		return false;
	*n += base + *z->in++;
	return true;
}

static bool literals(struct lzo *z, size_t n)
{
	z->full |= n > z->most - z->n;
	if (n > (size_t)(z->end - z->in) || n > z->most - z->n)
		return false;
	memcpy(z->out + z->n, z->in, n);
	z->in += n;
	z->n += n;
	return true;
}

static bool match(struct lzo *z, size_t distance, size_t n)
{
	z->full |= n > z->most - z->n;
	if (distance > z->n || n > z->most - z->n)
		return false;
	for (; n; n--, z->n++)
		z->out[z->n] = z->out[z->n - distance];
	return true;
}

/* The two bytes that hold a distance. */
static bool pair(struct lzo *z, unsigned *value)
{
	if (z->end - z->in < 2)
		return false;
	*value = z->in[0] | (unsigned)z->in[1] << 8;
	z->in += 2;
	return true;
}

/* The match that begins with byte T, BEHIND so many literals (4: a run); *NEXT: how many literals
 * follow. 0: done, -1: no, 1: go on. */
static int take_match(struct lzo *z, unsigned t, unsigned behind, unsigned *next)
{
	size_t n, distance;
	unsigned value;

	if (t >= 64 || t < 16) {
		if (z->in == z->end)
			return -1;
		value = *z->in++;
		*next = t & 3;
		if (t >= 64) {
			n = (t >> 5) + 1;
			distance = ((size_t)value << 3) + ((t >> 2) & 7) + 1;
		} else {
			n = behind == 4 ? 3 : 2;
			distance = ((size_t)value << 2) + (t >> 2) + (behind == 4 ? 2049 : 1);
		}
		return match(z, distance, n) ? 1 : -1;
	}
	n = t >= 32 ? t & 31 : t & 7;
	if (n == 0 && !length(z, &n, t >= 32 ? 31 : 7))
		return -1;
	if (!pair(z, &value))
		return -1;
	*next = value & 3;
	distance = value >> 2;
	if (t >= 32)
		return match(z, distance + 1, n + 2) ? 1 : -1;
	distance += (size_t)(t & 8) << 11;
	if (distance == 0)
		return n == 1 ? 0 : -1;
	return match(z, distance + 16384, n + 2) ? 1 : -1;
}

bool unlzo_block(struct codec_unpacked *u, struct sink *out, struct str in)
{
	struct lzo z = {.in = (const unsigned char *)in.p,
			.end = (const unsigned char *)in.p + in.n,
			.most = out->most};
	unsigned behind = 0; /* so many literals came last: 4 is a run */
	int go = 1;

	if (in.n < 3 || !sink_room(out, out->most))
		return false;
	z.out = out->p;
	if (*z.in > 17) {
		size_t n = *z.in++ - 17u;

		if (!literals(&z, n))
			go = -1;
		behind = n < 4 ? (unsigned)n : 4;
	}
	while (go > 0) {
		unsigned t = z.in < z.end ? *z.in++ : 256, next = 0;
		size_t n = t;

		if (t == 256) {
			go = -1;
		} else if (t < 16 && behind == 0) {
			if ((n == 0 && !length(&z, &n, 15)) || !literals(&z, n + 3))
				go = -1;
			behind = 4;
		} else {
			go = take_match(&z, t, behind, &next);
			behind = next;
			if (go > 0 && next && !literals(&z, next))
				go = -1;
		}
	}
	out->n = z.n;
	u->used = (size_t)(z.in - (const unsigned char *)in.p);
	u->full = z.full;
	return go == 0;
}
