/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * buffalo-enc: Buffalo's encrypted image, big endian.
 *
 *   0  6  magic "start", NUL (-m: another)	6 1 seed
 *   .  4  size of the product, NUL counted	. . it, encrypted with the seed
 *   .  4  size of the version, NUL counted	. . it, with the product's first byte (encrypted)
 *   .  4  size of the data			. . it, with the version's first byte
 *   .  4  CRC of the data			. . NULs up to a multiple of 4, four if it is one
 *
 * Then what is not encrypted (-S). Source: firmware-utils.
 */
#include "firmware/buffalo.h"

#include <stdlib.h>
#include <string.h>

enum { MAGIC = 6, HEAD = 7, PRODUCT_MOST = 31, VERSION_MOST = 7, KEY_MOST = 254, PIECE = 4096 };

static const struct opt options[] = {
	{'d', NULL, OPT_NONE, "decrypt"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'l', NULL, OPT_NONE, "a state as long as what is encrypted"},
	{'k', NULL, OPT_VALUE, "KEY  (Buffalo)"},
	{'m', NULL, OPT_VALUE, "MAGIC  (start)"},
	{'p', NULL, OPT_VALUE, "PRODUCT"},
	{'v', NULL, OPT_VALUE, "VERSION"},
	{'s', NULL, OPT_VALUE, "HEX  seed (4f)"},
	{'O', NULL, OPT_VALUE, "OFFSET  of what is encrypted"},
	{'S', NULL, OPT_VALUE, "SIZE  of what is to be encrypted"},
	{0, NULL, OPT_NONE, NULL},
};

/* An encrypted image; all but seed and numbers as it stands there. */
struct parts {
	unsigned char seed;
	struct str product, version, data;
	uint32_t sum;
};

/* The N bytes at P, encrypted or back. */
static void crypt_bytes(struct buffalo_cipher *c, void *p, size_t n)
{
	unsigned char *byte = p;

	for (size_t i = 0; i < n; i++)
		byte[i] ^= buffalo_cipher_next(c);
}

/* --- make --- */

/* TEXT with its NUL, encrypted, with its size in front. The encrypted first byte. */
static unsigned char add_text(struct buf *b, struct str text, unsigned char seed, struct str key,
			      bool is_long)
{
	struct buffalo_cipher c;
	unsigned char size[4];
	size_t n = text.n + 1;
	char *p;

	put_be32(size, (uint32_t)n);
	buf_put(b, size, 4);
	p = buf_room(b, n);
	memcpy(p, text.p ? text.p : "", text.n);
	p[text.n] = 0;
	if (buffalo_cipher_begin(&c, seed, key, n, is_long))
		crypt_bytes(&c, p, n);
	b->n += n;
	return (unsigned char)*p;
}

static struct blob *make(struct firmware_run *run, const struct tool_options *o, struct blob *in,
			 unsigned char seed, size_t size)
{
	struct buf head = buf_new(run->mem);
	struct str key = o->value['k'];
	bool is_long = o->value['l'].p;
	unsigned char number[4], *p;
	struct buffalo_cipher cipher;
	struct buffalo_sum sum;
	struct blob *image;

	buf_str(&head, o->value['m']);
	buf_char(&head, 0);
	buf_char(&head, (char)seed);
	seed = add_text(&head, o->value['p'], seed, key, is_long);
	seed = add_text(&head, o->value['v'], seed, key, is_long);
	put_be32(number, (uint32_t)size);
	buf_put(&head, number, 4);
	if (!buffalo_cipher_begin(&cipher, seed, key, size, is_long))
		return NULL;
	p = malloc(size);
	if (!p)
		return NULL;
	blob_read(in, 0, p, size);
	buffalo_sum_begin(&sum, size);
	buffalo_sum_add(&sum, p, size);
	crypt_bytes(&cipher, p, size);
	image = blob_copy(head.p, head.n);
	firmware_join(&image, blob_adopt(p, size));
	put_be32(number, sum.sum);
	firmware_join(&image, blob_copy(number, 4));
	firmware_join(&image, blob_run(0, 4 - blob_size(image) % 4));
	firmware_join(&image, blob_slice(in, size, blob_size(in) - size));
	return image;
}

static int encrypt(struct firmware_run *run, const struct tool_options *o)
{
	struct blob *in = NULL, *image;
	/* The tool names its output when it cannot read its input. */
	int status = buffalo_read(run, o->value['i'], o->value['o'], &in);
	int size = (int)tool_any_number(run, o->value['S']);
	unsigned char seed = 'O';

	if (status)
		return status;
	if (size < 0 || (uint64_t)size > blob_size(in)) {
		blob_unref(in);
		return -1;
	}
	if (o->value['s'].p)
		seed = (unsigned char)strtoul(str_cz(run->mem, o->value['s']), NULL, 16);
	image = make(run, o, in, seed, size ? (size_t)size : (size_t)blob_size(in));
	blob_unref(in);
	return image ? buffalo_write(run, o->value['o'], image) : -1;
}

/* --- take apart --- */

/* What stands behind a size of at most MOST; false: it does not fit. */
static bool take_sized(struct str *rest, uint32_t most, struct str *out)
{
	uint32_t n;

	if (rest->n < 4)
		return false;
	n = get_be32((const unsigned char *)rest->p);
	*out = str_sub(*rest, 4, n);
	if (n > most || out->n < n)
		return false;
	*rest = str_from(*rest, 4 + (size_t)n);
	return true;
}

static bool read_parts(struct str image, struct parts *p)
{
	struct str rest = str_from(image, HEAD);

	if (!str_starts(image, S("start\0")) && !str_starts(image, S("asar1\0")))
		return false;
	if (image.n < HEAD || !take_sized(&rest, PRODUCT_MOST + 1, &p->product) ||
	    !take_sized(&rest, VERSION_MOST + 1, &p->version) ||
	    !take_sized(&rest, UINT32_MAX, &p->data) || rest.n < 4)
		return false;
	p->seed = (unsigned char)image.p[MAGIC];
	p->sum = get_be32((const unsigned char *)rest.p);
	return true;
}

static unsigned char first(struct str s)
{
	return s.n ? (unsigned char)s.p[0] : 0;
}

/* Is the sum right with this key? The data goes to OUT, if that is not NULL. */
static bool decrypt_data(const struct parts *p, struct str key, bool is_long, unsigned char *out)
{
	unsigned char piece[PIECE];
	struct buffalo_cipher c;
	struct buffalo_sum sum;

	if (!buffalo_cipher_begin(&c, first(p->version), key, p->data.n, is_long))
		return false;
	buffalo_sum_begin(&sum, p->data.n);
	for (size_t at = 0, n; at < p->data.n; at += n) {
		for (n = 0; n < PIECE && at + n < p->data.n; n++)
			piece[n] = (unsigned char)p->data.p[at + n] ^ buffalo_cipher_next(&c);
		buffalo_sum_add(&sum, piece, n);
		if (out)
			memcpy(out + at, piece, n);
	}
	return sum.sum == p->sum;
}

/* TEXT of an image, up to its NUL. */
static struct str decrypt_text(struct arena *mem, struct str text, unsigned char seed,
			       struct str key, bool is_long)
{
	char *p = arena_dup(mem, text.p, text.n);
	struct buffalo_cipher c;

	if (buffalo_cipher_begin(&c, seed, key, text.n, is_long))
		crypt_bytes(&c, p, text.n);
	return str_z(p);
}

static int decrypt(struct firmware_run *run, const struct tool_options *o)
{
	struct str key = o->value['k'], image, product, version;
	bool is_long = o->value['l'].p, good;
	struct blob *in = NULL;
	struct parts p;
	unsigned char *data;
	int status = buffalo_read(run, o->value['i'], o->value['i'], &in);
	int offset = (int)tool_any_number(run, o->value['O']);

	if (status)
		return status;
	if (offset < 0) {
		blob_unref(in);
		return -1;
	}
	image = str_from(blob_flat(run->mem, in), (size_t)offset);
	good = read_parts(image, &p);
	data = good ? malloc(p.data.n ? p.data.n : 1) : NULL;
	good = data && decrypt_data(&p, key, is_long, data);
	if (!good || !p.data.n) {
		blob_unref(in);
		free(data);
		return good ? -1
			    : buffalo_fail(run, "unable to decrypt '%.*s'", STR_ARG(o->value['i']));
	}
	product = decrypt_text(run->mem, p.product, p.seed, key, is_long);
	version = decrypt_text(run->mem, p.version, first(p.product), key, is_long);
	buf_fmt(run->out,
		"Magic\t\t: '%s'\nSeed\t\t: 0x%02x\nProduct\t\t: '%.*s'\nVersion\t\t: '%.*s'\n",
		image.p, p.seed, STR_ARG(product), STR_ARG(version));
	buf_fmt(run->out, "Data len\t: %u\nChecksum\t: 0x%08x\n", (unsigned)p.data.n, p.sum);
	blob_unref(in);
	return buffalo_write(run, o->value['o'], blob_adopt(data, p.data.n));
}

/* --- options --- */

static int check_options(struct firmware_run *run, const struct str *v)
{
	if (tool_need_files(run, v))
		return 1;
	if (v['k'].n > KEY_MOST)
		return buffalo_fail(run, "key '%.*s' is too long", STR_ARG(v['k']));
	if (v['m'].n != MAGIC - 1)
		return buffalo_fail(run, "length of magic must be %d", MAGIC - 1);
	if (v['d'].p)
		return 0;
	if (!v['p'].p)
		return buffalo_fail(run, "no product specified");
	if (!v['v'].p)
		return buffalo_fail(run, "no version specified");
	if (v['p'].n > PRODUCT_MOST)
		return buffalo_fail(run, "product name '%.*s' is too long", STR_ARG(v['p']));
	if (v['v'].n > VERSION_MOST)
		return buffalo_fail(run, "version '%.*s' is too long", STR_ARG(v['v']));
	return 0;
}

static int buffalo_enc_run(struct firmware_run *run)
{
	struct tool_options o = {.value = {['k'] = S("Buffalo"), ['m'] = S("start"), ['O'] = S("0"),
					   ['S'] = S("0")}};
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	status = check_options(run, o.value);
	if (status)
		return status;
	return o.value['d'].p ? decrypt(run, &o) : encrypt(run, &o);
}

/* --- read --- */

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	struct parts p;

	if (!read_parts(image, &p))
		return false;
	/* Which state was used does not stand there. */
	if (decrypt_data(&p, S("Buffalo"), false, NULL) ||
	    decrypt_data(&p, S("Buffalo"), true, NULL))
		firmware_good(v, "CRC %08x", p.sum);
	else
		firmware_bad(v, "CRC is %08x, but with the usual key the data gives another",
			     p.sum);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str key = S("Buffalo"), text;
	struct parts p;
	bool is_long;

	read_parts(firmware_bytes(v), &p);
	is_long = !decrypt_data(&p, key, false, NULL);
	text = decrypt_text(v->mem, p.product, p.seed, key, is_long);
	text = firmware_text(v, text.p, text.n);
	firmware_put_field(v, "product", "%.*s", STR_ARG(text));
	text = decrypt_text(v->mem, p.version, first(p.product), key, is_long);
	text = firmware_text(v, text.p, text.n);
	firmware_put_field(v, "version", "%.*s", STR_ARG(text));
	firmware_put_field(v, "data", "%zu bytes", p.data.n);
}

/* Until 2016 there was no -S. */
static const struct firmware_mark since[] = {
    {.text = "Size of unencrypted data in file"},
    {0},
};

const struct firmware firmware_buffalo_enc = {
    .name = "buffalo-enc",
    .format = "Buffalo encrypted image",
    .help = "buffalo-enc -i FILE -o FILE -p PRODUCT -v VERSION [-l] [-k KEY]: encrypt\n"
	    "buffalo-enc -d -i FILE -o FILE [-l] [-k KEY] [-O OFFSET]: decrypt\n",
    .write = buffalo_enc_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
};
