/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mksenaofw: Senao image (EnGenius, D-Link), big endian.
 *
 *   0  4  0			 4 4 vendor id		 8 4 product id
 *  12 16  version		28 4 type of firmware	32 4 size of the input	36 4 0
 *  40 16  MD5 of the input	56 32 0
 *  88  4  sum of all bytes of the headers, with 0 here	92 4 key
 *
 * With a date code (-c), which type 0 needs, a second header:
 *
 *   0  4  0x616c6c00		 4 4 0			 8 12 firmware version, three numbers
 *  20  4  date code		24 12 CAPWAP version	36 4 size of the model's name, which follows
 *
 * Then the input, with NULs up to a block (-z; a whole one when it fits), each byte xored with the
 * key shifted right by its offset modulo 8. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"

enum {
	HEADER = 96, VENDOR = 4, PRODUCT = 8, VERSION = 12, VERSION_SIZE = 16, TYPE = 28, SIZE = 32,
	ZERO = 36, DIGEST = 40, PAD = 56, SUM = 88, KEY = 92,
	CAPWAP = 40, CAPWAP_MOD = 0x616c6c00, TYPES = 13, NO_TYPE = 0xff, MODEL_MOST = 0x7fffffff,
};

#define NO_DATE UINT32_MAX

static const struct opt options[] = {
	{'e', NULL, OPT_VALUE, "FILE  make an image of it"},
	{'d', NULL, OPT_VALUE, "FILE  take the input out of an image"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'t', NULL, OPT_VALUE, "TYPE  0 to 12"},
	{'v', NULL, OPT_VALUE, "VERSION  (123)"},
	{'r', NULL, OPT_VALUE, "ID  vendor"},
	{'p', NULL, OPT_VALUE, "ID  product"},
	{'m', NULL, OPT_VALUE, "KEY  (12345678)"},
	{'z', NULL, OPT_NONE, "pad to blocks"},
	{'b', NULL, OPT_VALUE, "SIZE  of a block (65535)"},
	{'c', NULL, OPT_VALUE, "DATE  date code: second header"},
	{'w', NULL, OPT_VALUE, "A.B.C  firmware version"},
	{'x', NULL, OPT_VALUE, "A.B.C  CAPWAP version"},
	{'n', NULL, OPT_VALUE, "NAME  model"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str in, out, version, model;
	bool decode, pad;
	int block;
	uint32_t type, vendor, product, key, date, firmware[3], capwap[3];
};

static int fail(struct job *j, struct str path)
{
	return firmware_say(j->run, "\n", "Cannot open %.*s !!", STR_ARG(path));
}

/* BYTES with the key, by malloc; NULL: no memory. */
static struct blob *crypt_bytes(struct str bytes, uint64_t more, uint32_t key)
{
	size_t n = bytes.n + more;
	unsigned char *p = calloc(1, n ? n : 1);

	if (!p)
		return NULL;
	if (bytes.n)
		memcpy(p, bytes.p, bytes.n);
	for (size_t i = 0; i < n; i++)
		p[i] ^= (unsigned char)(key >> i % 8);
	return blob_adopt(p, n);
}

/* --- make --- */

static void put_second(const struct job *j, unsigned char *h)
{
	put_be32(h, CAPWAP_MOD);
	put_be32(h + 20, j->date);
	for (size_t i = 0; i < 3; i++) {
		put_be32(h + 8 + 4 * i, j->firmware[i]);
		put_be32(h + 24 + 4 * i, j->capwap[i]);
	}
	put_be32(h + 36, (uint32_t)j->model.n);
}

static struct blob *make(const struct job *j, struct blob *in)
{
	struct str data = blob_flat(j->run->mem, in);
	unsigned char h[HEADER] = {0}, second[CAPWAP] = {0};
	uint32_t sum = 0, pad = 0;
	struct blob *image, *body;

	if (j->pad && j->block > 0)
		pad = (uint32_t)j->block - (uint32_t)data.n % (uint32_t)j->block;
	put_be32(h + VENDOR, j->vendor);
	put_be32(h + PRODUCT, j->product);
	tool_put_text(h + VERSION, VERSION_SIZE - 1, j->version);
	put_be32(h + TYPE, j->type);
	put_be32(h + SIZE, (uint32_t)data.n);
	digest_blob(&digest_md5, in, h + DIGEST);
	put_be32(h + KEY, j->key);
	if (j->date != NO_DATE) {
		put_second(j, second);
		sum = tool_byte_sum(second, CAPWAP) + tool_byte_sum(j->model.p, j->model.n);
	}
	put_be32(h + SUM, sum + tool_byte_sum(h, HEADER));
	image = blob_copy(h, HEADER);
	if (j->date != NO_DATE) {
		firmware_join(&image, blob_copy(second, CAPWAP));
		firmware_join(&image, blob_copy(j->model.p, j->model.n));
	}
	body = crypt_bytes(data, pad, j->key);
	if (body)
		firmware_join(&image, body);
	return image;
}

static int encode(struct job *j)
{
	struct blob *in = NULL, *image;
	int err = j->run->read(j->run, j->in, &in);

	if (err)
		return err == -EISDIR ? -1 : fail(j, j->in);
	/* The tool opens its output before it looks at the input. */
	image = blob_size(in) ? make(j, in) : blob_empty();
	err = tool_put(j->run, j->out, image);
	if (err)
		fail(j, j->out);
	else if (!blob_size(in))
		err = firmware_say(j->run, "\n", "File %.*s open/size error!", STR_ARG(j->in));
	blob_unref(in);
	return err != 0;
}

/* --- take apart --- */

/* Where the data begins; 0 after an error, with what is missing in *WHAT. */
static size_t find_data(struct str image, const char **what)
{
	const unsigned char *h = (const unsigned char *)image.p;
	uint32_t model;

	*what = "base header";
	if (image.n < HEADER)
		return 0;
	if (get_be32(h + TYPE) != 0)
		return HEADER;
	*what = "capwap_header";
	if (image.n < HEADER + CAPWAP)
		return 0;
	*what = "model name";
	model = get_be32(h + HEADER + 36);
	return model > image.n - HEADER - CAPWAP ? 0 : (size_t)HEADER + CAPWAP + model;
}

static int decode(struct job *j)
{
	struct blob *in = NULL, *data = NULL;
	const char *what;
	struct str image;
	size_t at;
	int err = j->run->read(j->run, j->in, &in);

	if (err)
		return err == -EISDIR ? -1 : fail(j, j->in);
	image = blob_flat(j->run->mem, in);
	at = find_data(image, &what);
	/* The tool does not live through such a name. */
	if (!at && str_is(str_z(what), "model name") &&
	    get_be32((const unsigned char *)image.p + HEADER + 36) > MODEL_MOST) {
		blob_unref(in);
		return -1;
	}
	if (at)
		data =
		    crypt_bytes(str_sub(image, at, get_be32((const unsigned char *)image.p + SIZE)),
				0, get_be32((const unsigned char *)image.p + KEY));
	blob_unref(in);
	err = tool_put(j->run, j->out, data ? data : blob_empty());
	if (err)
		return fail(j, j->out);
	return at ? 0 : firmware_say(j->run, "", "Incorrect header size reading %s!!", what);
}

/* --- options --- */

static uint32_t number(struct job *j, struct str value, int base)
{
	return (uint32_t)strtol(str_cz(j->run->mem, value), NULL, base);
}

static uint32_t unsigned_number(struct job *j, struct str value, int base)
{
	return (uint32_t)strtoul(str_cz(j->run->mem, value), NULL, base);
}

/* Up to three numbers between points; more points count as one. */
static void take_version(struct job *j, struct str value, uint32_t *v)
{
	struct str part;

	for (size_t i = 0; i < 3 && str_split(&value, '.', &part);) {
		if (part.n)
			v[i++] = unsigned_number(j, part, 10);
	}
}

static void take(struct job *j, int id, struct str value)
{
	switch (id) {
	case 'e': case 'd': j->in = value; j->decode = id == 'd'; break;
	case 'o': j->out = value; break;
	case 't':
		if (number(j, value, 10) < TYPES)
			j->type = number(j, value, 10);
		break;
	case 'v': j->version = value; break;
	case 'r': j->vendor = number(j, value, 0); break;
	case 'p': j->product = number(j, value, 0); break;
	case 'm': j->key = unsigned_number(j, value, 16); break;
	case 'z': j->pad = true; break;
	case 'b': j->block = (int)number(j, value, 10); break;
	case 'c': j->date = unsigned_number(j, value, 10); break;
	case 'w': take_version(j, value, j->firmware); break;
	case 'x': take_version(j, value, j->capwap); break;
	default: j->model = value;
	}
}

static bool is_zero(const uint32_t *v)
{
	return !v[0] && !v[1] && !v[2];
}

static int mksenaofw_run(struct firmware_run *run)
{
	struct job j = {.run = run, .version = S("123"), .block = 65535, .type = NO_TYPE,
			.key = 0x12345678, .date = NO_DATE};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR)
			return -1;
		take(&j, id, o.value);
		/* Its usage is behind this and the other messages about options. */
		if (id == 't' && j.type == NO_TYPE)
			return -1;
	}
	if (!j.in.p || !j.out.p || str_eq(j.in, j.out))
		return -1;
	if (j.decode)
		return decode(&j);
	if ((j.type == 0 && j.date == NO_DATE) || !j.vendor || !j.product ||
	    (j.date != NO_DATE && !j.model.p))
		return -1;
	if (j.date != NO_DATE && is_zero(j.firmware))
		firmware_say(run, "\n", "Capwap header specified, fw_ver must be non-zero");
	if (j.date != NO_DATE && is_zero(j.capwap))
		firmware_say(run, "\n", "Capwap header specified, cw_ver must be non-zero");
	return encode(&j);
}

/* --- read --- */

static bool is_header(const unsigned char *h)
{
	uint32_t type = get_be32(h + TYPE);

	for (size_t i = PAD; i < SUM; i++) {
		if (h[i])
			return false;
	}
	for (size_t i = 0; i < VERSION_SIZE && h[VERSION + i]; i++) {
		if (h[VERSION + i] < 0x20 || h[VERSION + i] > 0x7e)
			return false;
	}
	return !get_be32(h) && !get_be32(h + ZERO) && (type < TYPES || type == NO_TYPE) &&
	       get_be32(h + VENDOR) && get_be32(h + PRODUCT) && get_be32(h + SIZE);
}

static void check_data(struct firmware_view *v, struct str data, const unsigned char *h)
{
	unsigned char digest[16];
	struct blob *b = crypt_bytes(data, 0, get_be32(h + KEY));

	if (!b)
		return;
	digest_blob(&digest_md5, b, digest);
	blob_unref(b);
	firmware_compare(v, "MD5", h + DIGEST, digest, sizeof(digest));
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), data;
	const unsigned char *h = (const unsigned char *)image.p;
	const char *what;
	size_t at;
	uint32_t sum;

	if (image.n < HEADER || !is_header(h))
		return false;
	at = find_data(image, &what);
	if (!at) {
		firmware_bad(v, "the %s is cut off", what);
		return true;
	}
	sum = tool_byte_sum(h, SUM) + tool_byte_sum(h + KEY, at - KEY);
	firmware_compare32(v, "header checksum", get_be32(h + SUM), sum);
	data = str_sub(image, at, get_be32(h + SIZE));
	if (data.n < get_be32(h + SIZE))
		firmware_bad(v, "the header says %u bytes, there are %zu", get_be32(h + SIZE),
			     data.n);
	else
		check_data(v, data, h);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p, *c = h + HEADER;
	struct str version = firmware_text(v, h + VERSION, VERSION_SIZE), model;
	const char *what;
	size_t at = find_data(image, &what);

	firmware_put_field(v, "vendor", "0x%x", get_be32(h + VENDOR));
	firmware_put_field(v, "product", "0x%x", get_be32(h + PRODUCT));
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "type", "%u", get_be32(h + TYPE));
	firmware_put_field(v, "data", "%u bytes", get_be32(h + SIZE));
	if (at <= HEADER)
		return;
	model = firmware_text(v, c + CAPWAP, at - HEADER - CAPWAP);
	firmware_put_field(v, "model", "%.*s", STR_ARG(model));
	firmware_put_field(v, "date code", "%u", get_be32(c + 20));
	firmware_put_field(v, "firmware version", "%u.%u.%u", get_be32(c + 8), get_be32(c + 12),
			   get_be32(c + 16));
}

/* Until April 2019 there was no capwap header, and other options were asked for. */
static const struct firmware_mark since[] = {
    {.text = "Capwap header specified, cw_ver must be non-zero"},
    {0},
};

const struct firmware firmware_mksenaofw = {
    .name = "mksenaofw",
    .format = "Senao image",
    .help = "mksenaofw -e FILE -o FILE -r VENDOR -p PRODUCT [-t TYPE]...: make a Senao image\n"
	    "mksenaofw -d FILE -o FILE: take the data out of one\n",
    .write = mksenaofw_run,
    .since = since,
    .check = check,
    .show = show,
    .pure = true,
};
