/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fwtool: metadata and signatures at the end of a sysupgrade image. Each piece ends with a trailer:
 *
 *   0  n   the piece: a signature; or metadata, in front of whose text are 8 bytes
 *          (version 0, flags 0)
 *   n  4   "FWx0"
 *   n+4 4  CRC-32 of all bytes in front of the trailer, not inverted at the end, big endian
 *   n+8 1  type: 0 signature, 1 metadata
 *   n+9 3  0
 *   n+12 4 n + 16, big endian
 *
 * Source: fwtool's fwimage.h and its behaviour.
 */
#include "firmware/internal.h"

#include <string.h>

#include "digest/digest.h"

enum {
	TRAILER = 16,
	HEADER = 8,
	SIGNATURE = 0,
	METADATA = 1,
	METADATA_MOST = 30 * 1024,
	SIGNATURE_MOST = 1024,
	PIECE_MOST = 32 * 1024,
};

static const struct opt options[] = {
	{'S', NULL, OPT_VALUE, "FILE  append a signature"},
	{'I', NULL, OPT_VALUE, "FILE  append metadata"},
	{'s', NULL, OPT_VALUE, "FILE  extract the signature"},
	{'i', NULL, OPT_VALUE, "FILE  extract the metadata"},
	{'t', NULL, OPT_NONE, "remove what was extracted from the image"},
	{'T', NULL, OPT_NONE, "write the image without it to standard output"},
	{'q', NULL, OPT_NONE, "no messages"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str signature, metadata; /* file names; unset: not asked for */
	enum { NONE, EXTRACT, APPEND } mode;
	bool truncate, to_output, quiet;
};

static void say(struct job *j, const char *text)
{
	if (!j->quiet)
		buf_fmt(j->run->err, "%s\n", text);
}

/* A file by name, "-" standard input; NULL without a word, as fwtool does it. */
static struct blob *read_file(struct job *j, struct str path)
{
	struct blob *b = NULL;

	if (str_is(path, "-"))
		return blob_ref(j->run->input(j->run)); /* the run keeps its own */
	return j->run->read(j->run, path, &b) == 0 ? b : NULL;
}

static int write_file(struct job *j, struct str path, struct blob *b)
{
	int err = str_is(path, "-") ? j->run->output(j->run, b) : j->run->write(j->run, path, b);

	return err != 0;
}

/* --- append --- */

static int append_piece(struct job *j, struct str path, struct blob *image, struct blob *piece,
			unsigned type)
{
	unsigned char t[TRAILER] = {'F', 'W', 'x', '0'}, head[HEADER] = {0};
	struct blob *all = blob_ref(image);
	int status;

	if (type == METADATA)
		firmware_join(&all, blob_copy(head, sizeof(head)));
	firmware_join(&all, blob_ref(piece));
	put_be32(t + 4, ~digest_crc32_blob(0, all));
	t[8] = (unsigned char)type;
	put_be32(t + 12, (uint32_t)(blob_size(all) - blob_size(image) + TRAILER));
	firmware_join(&all, blob_copy(t, sizeof(t)));
	status = write_file(j, path, all);
	blob_unref(all);
	return status;
}

static int append(struct job *j, struct str path)
{
	unsigned type = j->metadata.p ? METADATA : SIGNATURE;
	struct blob *piece = read_file(j, j->metadata.p ? j->metadata : j->signature);
	struct blob *image = NULL;
	int status = 0;

	if (!piece)
		return 1;
	if (j->run->read(j->run, path, &image) != 0) {
		say(j, "Failed to open firmware file");
		status = 1;
	} else if (blob_size(piece) <= (type == METADATA ? METADATA_MOST : SIGNATURE_MOST))
		status = append_piece(j, path, image, piece, type);
	/* else: fwtool takes back what it wrote and says that all is well */
	blob_unref(image);
	blob_unref(piece);
	return status;
}

/* --- read --- */

/* A piece found at the end of an image. */
struct piece {
	size_t start, size;	/* its bytes, trailer not counted */
	unsigned type;
	uint32_t crc, computed;
};

enum found { FOUND, NO_TRAILER, NO_MAGIC, BAD_CRC, BAD_SIZE };

/* The piece that ends at END of IMAGE. */
static enum found find_piece(struct str image, size_t end, bool check_crc, struct piece *out)
{
	const unsigned char *t;
	uint32_t size;

	if (end < TRAILER)
		return NO_TRAILER;
	t = (const unsigned char *)image.p + end - TRAILER;
	if (memcmp(t, "FWx0", 4) != 0)
		return NO_MAGIC;
	out->crc = get_be32(t + 4);
	out->type = t[8];
	size = get_be32(t + 12);
	if (check_crc) {
		out->computed = ~digest_crc32(0, image.p, end - TRAILER);
		if (out->crc != out->computed)
			return BAD_CRC;
	}
	if (size < TRAILER || size - TRAILER > PIECE_MOST || size > end)
		return BAD_SIZE;
	out->start = end - size;
	out->size = size - TRAILER;
	return FOUND;
}

size_t fwtool_payload(struct str image)
{
	size_t end = image.n;
	struct piece p;

	while (find_piece(image, end, false, &p) == FOUND)
		end = p.start;
	return end;
}

/* The wanted piece: how it went; what is left of the image is [0, *END) and then TAIL. */
static enum found search(struct job *j, struct str image, struct piece *p, size_t *end,
			 struct str *tail)
{
	enum found how;

	*end = image.n;
	*tail = (struct str){"", 0};
	for (;;) {
		how = find_piece(image, *end, true, p);
		if (how != FOUND) {
			/* The trailer was taken off already; without its magic it is put back. */
			*end = *end < TRAILER ? 0 : *end - TRAILER;
			if (how == NO_MAGIC)
				*tail = str_sub(image, *end, TRAILER);
			return how;
		}
		*end = p->start;
		if (p->type == SIGNATURE && j->signature.p)
			return FOUND;
		if (p->type != METADATA)
			continue;
		if (!j->metadata.p) {
			*tail = str_sub(image, p->start, p->size + TRAILER);
			return NO_TRAILER;
		}
		if (p->size >= HEADER && get_be32((const unsigned char *)image.p + p->start) == 0) {
			p->start += HEADER;
			p->size -= HEADER;
			return FOUND;
		}
	}
}

static void explain(struct job *j, enum found how, bool stopped_at_metadata)
{
	if (how == NO_TRAILER && !stopped_at_metadata)
		say(j, "unable to extract trailer header");
	else if (how == NO_MAGIC)
		say(j, "Data not found");
	else if (how == BAD_CRC)
		say(j, "CRC error");
	else if (how == BAD_SIZE)
		say(j, "Size error");
}

static int put_rest(struct job *j, struct blob *image, size_t end, struct str tail)
{
	struct blob *rest = blob_slice(image, 0, end);
	int status;

	if (tail.n)
		firmware_join(&rest, blob_copy(tail.p, tail.n));
	status = j->run->output(j->run, rest);
	blob_unref(rest);
	return status != 0;
}

static int extract_from(struct job *j, struct str path, struct blob *image)
{
	struct str all = blob_flat(j->run->mem, image), tail;
	struct str to = j->metadata.p ? j->metadata : j->signature;
	struct piece p = {0};
	size_t end;
	enum found how = search(j, all, &p, &end, &tail);
	struct blob *piece = how == FOUND ? blob_slice(image, p.start, p.size) : blob_empty();
	int status = how != FOUND;

	explain(j, how, tail.n != 0);
	if (write_file(j, to, piece) != 0)
		status = 1;
	blob_unref(piece);
	if (!status && j->truncate) {
		struct blob *rest = blob_slice(image, 0, end);

		status = write_file(j, path, rest);
		blob_unref(rest);
	}
	if (j->to_output)
		status |= put_rest(j, image, end, tail);
	return status;
}

static int extract(struct job *j, struct str path)
{
	struct blob *image = read_file(j, path);
	int status = 1;

	if (!image)
		say(j, "Failed to open firmware file");
	else if (j->truncate && str_is(path, "-"))
		say(j, "Cannot truncate file when reading from stdin");
	else
		status = extract_from(j, path, image);
	blob_unref(image);
	return status;
}

/* --- command line --- */

static bool set_file(struct job *j, struct str *file, struct str value, int mode)
{
	if (j->mode == NONE)
		j->mode = mode;
	else if ((int)j->mode != mode) {
		say(j, "Error: mixing appending and extracting data is not supported");
		return false;
	}
	if (file->p) {
		say(j, "Error: the same append/extract option cannot be used multiple times");
		return false;
	}
	*file = value;
	return true;
}

static bool take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'S': return set_file(j, &j->signature, value, APPEND);
	case 'I': return set_file(j, &j->metadata, value, APPEND);
	case 's': return set_file(j, &j->signature, value, EXTRACT);
	case 'i': return set_file(j, &j->metadata, value, EXTRACT);
	case 't': j->truncate = true; break;
	case 'T': j->to_output = true; break;
	default: j->quiet = true;
	}
	return true;
}

static int fwtool_run(struct firmware_run *run)
{
	struct job j = {.run = run};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		if (!take(&j, id, o.value))
			return 1;
	}
	if (!o.operands.n || j.mode == NONE) {
		buf_fmt(run->err, "Usage: %.*s <options> <firmware>\n", STR_ARG(run->argv[0]));
		buf_str(run->err, opts_help(run->mem, options));
		return 1;
	}
	if (j.signature.p && j.metadata.p) {
		say(&j, "Cannot append/extract metadata and signature in one run");
		return 1;
	}
	return j.mode == APPEND ? append(&j, o.operands.p[0]) : extract(&j, o.operands.p[0]);
}

/* --- check --- */

static const char *type_name(unsigned type)
{
	return type == METADATA ? "metadata" : type == SIGNATURE ? "signature" : "unknown piece";
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	size_t end = image.n;
	struct piece p;
	enum found how;

	while ((how = find_piece(image, end, false, &p)) == FOUND) {
		struct str what = str_fmt(v->mem, "%s CRC-32", type_name(p.type));

		firmware_compare32(v, what.p, p.crc,
				   ~digest_crc32(0, image.p, end - TRAILER));
		end = p.start;
	}
	if (how == BAD_SIZE)
		firmware_bad(v, "the trailer at %zu says a size that the file does not have",
			     end - TRAILER);
	v->offset += end;
	return end != image.n || how == BAD_SIZE;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	size_t end = image.n;
	struct piece p;

	while (find_piece(image, end, false, &p) == FOUND) {
		size_t skip = p.type == METADATA && p.size >= HEADER ? HEADER : 0;
		struct str text = firmware_text(v, image.p + p.start + skip, p.size - skip);

		firmware_put_field(v, type_name(p.type), "%.*s", STR_ARG(text));
		end = p.start;
	}
}

const struct firmware firmware_fwtool = {
	.name = "fwtool",
	.format = "OpenWrt metadata",
	.help = "fwtool (-I|-S) FILE IMAGE: append metadata or a signature to an image\n"
		"fwtool (-i|-s) FILE [-t|-T] [-q] IMAGE: extract it\n",
	.write = fwtool_run,
	.check = check,
	.show = show,
	.pure = true,
	.trailer = true,
};
