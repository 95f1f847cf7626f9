/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dtc: the tree as a file, version 17, big endian. Source: Devicetree Specification, chapter 5.
 *
 *	0	magic 0xd00dfeed
 *	4	size of all
 *	8	offset of the structure, of the strings (12), of the reserved memory (16)
 *	20	version 17, compatible with 16 (24)
 *	28	the processor that boots
 *	32	size of the strings, of the structure (36)
 *	40	reserved memory: pairs of address and size of 64 bits, 0 0 at the end
 *		structure: 1 NAME, 3 SIZE NAME's-OFFSET VALUE, 2 at a node's end, 9 at the end
 *		strings: names of properties, each once; one that another ends with is in that
 */
#include "firmware/dtc.h"

#include <stdlib.h>

enum { MAGIC = (int)0xd00dfeed, HEADER = 40, PAIR = 16, MOST = 1 << 30 };
enum { BEGIN_NODE = 1, END_NODE = 2, PROPERTY = 3, END = 9 };

/* A file that a value includes is no copy if it is as large as that: kernels stand in images. */
enum { LARGE = 64 << 10 };

struct included {
	uint64_t at; /* in what is written, which has not its bytes */
	struct blob *blob;
	size_t n;
};

struct writer {
	struct dtc *d;
	struct buf strings;
	unsigned char *start, *at; /* NULL: only counting */
	uint64_t size;		   /* of the structure so far */
	uint64_t apart;		   /* of that, in included files */
	VEC(struct included) included;
};

static void put_cell(struct writer *w, uint32_t n)
{
	if (w->at) {
		put_be32(w->at, n);
		w->at += 4;
	}
	w->size += 4;
}

static void put_bytes(struct writer *w, const void *p, size_t n)
{
	if (w->at && n) {
		memcpy(w->at, p, n);
		w->at += n;
	}
	w->size += n;
}

static void align(struct writer *w)
{
	put_bytes(w, "\0\0\0", -w->size & 3);
}

/* Where in the strings NAME is: the first place where one of them ends like that. */
static uint32_t place_of(struct writer *w, struct dtc_name *name)
{
	struct str text = {name->text.p, name->text.n + 1};
	ptrdiff_t at;

	if (name->at != UINT32_MAX)
		return name->at;
	at = str_find(buf_view(&w->strings), text);
	name->at = (uint32_t)(at >= 0 ? (size_t)at : w->strings.n);
	if (at < 0)
		buf_str(&w->strings, text);
	return name->at;
}

static void put_piece(struct writer *w, const struct dtc_piece *piece)
{
	if (!piece->blob) {
		put_bytes(w, piece->p, piece->n);
		return;
	}
	w->size += piece->n;
	if (piece->n >= LARGE && !w->at)
		w->apart += piece->n;
	else if (piece->n >= LARGE)
		*vec_push(w->d->mem, &w->included) =
		    (struct included){(uint64_t)(w->at - w->start), piece->blob, piece->n};
	else if (w->at)
		w->at += blob_read(piece->blob, 0, w->at, piece->n);
}

static void put_node(struct writer *w, struct dtc_node *node)
{
	put_cell(w, BEGIN_NODE);
	put_bytes(w, node->name->text.p, node->name->text.n + 1);
	align(w);
	for (struct dtc_property *p = dtc_live(node->properties); p; p = dtc_live(p->next)) {
		put_cell(w, PROPERTY);
		put_cell(w, (uint32_t)dtc_size(p));
		put_cell(w, place_of(w, p->name));
		for (const struct dtc_piece *piece = p->pieces; piece; piece = piece->next)
			put_piece(w, piece);
		align(w);
	}
	for (struct dtc_node *c = dtc_live_node(node->children); c; c = dtc_live_node(c->next))
		put_node(w, c);
	put_cell(w, END_NODE);
}

/* What is asked for behind SIZE bytes. */
static uint64_t padding(struct dtc *d, uint64_t size)
{
	uint64_t more = d->pad;

	if (d->least > size)
		more = d->least - size;
	else if (d->least && d->least < size && !d->quiet)
		dtc_decline(d);
	if (d->align)
		more = ((size + more + d->align - 1) & ~(uint64_t)(d->align - 1)) - size;
	return more;
}

static unsigned char *put_header(const struct dtc *d, unsigned char *p, uint32_t reserved,
				 uint32_t structure, uint32_t strings, uint32_t total)
{
	const uint32_t header[] = {(uint32_t)MAGIC,
				   total,
				   HEADER + reserved,
				   HEADER + reserved + structure,
				   HEADER,
				   17,
				   16,
				   d->boot_cpu,
				   strings,
				   structure};

	for (size_t i = 0; i < sizeof(header) / sizeof(*header); i++, p += 4)
		put_be32(p, header[i]);
	for (size_t i = 0; i < d->reservations.n; i++, p += PAIR) {
		put_be64(p, d->reservations.p[i].address);
		put_be64(p + 8, d->reservations.p[i].size);
	}
	return p;
}

/* What is WRITTEN, which becomes the result's, with the files where they belong. */
static struct blob *put_together(const struct writer *w, struct blob *written)
{
	struct blob *all = NULL;
	uint64_t from = 0;

	if (!w->included.n)
		return written;
	for (size_t i = 0; i < w->included.n; i++) {
		const struct included *f = &w->included.p[i];

		firmware_join(&all, blob_slice(written, from, f->at - from));
		firmware_join(&all, blob_slice(f->blob, 0, f->n));
		from = f->at;
	}
	firmware_join(&all, blob_slice(written, from, blob_size(written) - from));
	blob_unref(written);
	return all;
}

struct blob *dtc_blob(struct dtc *d)
{
	struct writer w = {.d = d, .strings = buf_new(d->mem)};
	uint64_t reserved = (d->reservations.n + d->reserve + 1) * (uint64_t)PAIR, structure, total;
	unsigned char *p, *behind;

	put_node(&w, d->root);
	structure = w.size + 4;
	total = HEADER + reserved + structure + w.strings.n;
	total += padding(d, total);
	p = total <= MOST ? malloc(total - w.apart) : NULL;
	if (!p || d->declined) {
		free(p);
		dtc_decline(d);
		return NULL;
	}
	behind = put_header(d, p, (uint32_t)reserved, (uint32_t)structure, (uint32_t)w.strings.n,
			    (uint32_t)total);
	w.start = p;
	w.at = p + HEADER + reserved;
	memset(behind, 0, (size_t)(w.at - behind));
	w.size = 0;
	put_node(&w, d->root);
	put_cell(&w, END);
	put_bytes(&w, w.strings.p, w.strings.n);
	total -= w.apart;
	memset(w.at, 0, total - (size_t)(w.at - p));
	return put_together(&w, blob_adopt(p, total));
}
