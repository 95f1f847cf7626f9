/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sercomm-crypto: the header of an encrypted Sercomm image, and the key to encrypt it with. Each
 * field has 32 bytes.
 *
 *  0  key, NULs	32  version	64  start vector, NULs	96  random bytes, NULs	128 size,
 * decimal
 *
 * The key has no secret: it is the MD5 of random bytes and version, then that of size and version.
 * What follows the header is AES-256 in CBC with PKCS's padding, by another tool. Source: OpenWrt's
 * scripts/sercomm-crypto.py.
 */
#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <stdlib.h>

#include "digest/digest.h"
#include "firmware/internal.h"

enum {
	FIELD = 32,
	VERSION = 32,
	RANDOM = 96,
	SIZE = 128,
	HEADER = 160,
	HALF = 16,
	KEY = 32,
	BLOCK = 16
};

static const struct opt options[] = {
    {'i', "input-file", OPT_VALUE, NULL},
    {'k', "key-file", OPT_VALUE, NULL},
    {'o', "output-file", OPT_VALUE, NULL},
    {'v', "version", OPT_VALUE, NULL},
    {0, NULL, OPT_NONE, NULL},
};

static void make_key(const unsigned char *h, unsigned char key[KEY])
{
	unsigned char both[2 * FIELD];

	memcpy(both + FIELD, h + VERSION, FIELD);
	memcpy(both, h + RANDOM, FIELD);
	digest_bytes(&digest_md5, both, sizeof(both), key);
	memcpy(both, h + SIZE, FIELD);
	digest_bytes(&digest_md5, both, sizeof(both), key + HALF);
}

static int sercomm_crypto_write(struct firmware_run *run)
{
	struct buf hex = buf_new(run->mem);
	struct tool_options o = {0};
	unsigned char h[HEADER] = {0}, key[KEY];
	struct blob *b;

	if (!python_options(run, options, &o) || o.operands.n || !python_text(o.value['v']) ||
	    !o.value['k'].n)
		return -1;
	b = python_read(run, o.value['i']);
	if (!b)
		return -1;
	tool_put_text(h + VERSION, FIELD, o.value['v']);
	tool_put_text(h + SIZE, FIELD, str_fmt(run->mem, "%llu", (unsigned long long)blob_size(b)));
	blob_unref(b);
	make_key(h, key);
	for (size_t i = 0; i < KEY; i++)
		buf_fmt(&hex, "%02x", key[i]);
	if (python_write(run, o.value['o'], blob_copy(h, HEADER)) != 0 ||
	    python_write(run, o.value['k'], blob_copy(hex.p, hex.n)) != 0)
		return -1;
	buf_fmt(run->out, "AES 256 CBC Key: b'%.*s'\n", STR_ARG(buf_view(&hex)));
	return 0;
}

static bool read_header(struct str image, struct str *version, uint64_t *size)
{
	static const unsigned char none[FIELD];

	return image.n >= HEADER && memcmp(image.p, none, FIELD) == 0 &&
	       memcmp(image.p + 64, none, FIELD) == 0 &&
	       memcmp(image.p + RANDOM, none, FIELD) == 0 &&
	       tool_field(str_sub(image, VERSION, FIELD), version) && version->n &&
	       tool_decimal_field(str_sub(image, SIZE, FIELD), size) && *size <= UINT32_MAX;
}

/* What is from OFFSET behind the header to the end, whole blocks of it, decrypted into OUT. */
static void decrypt(struct str image, size_t offset, uint8_t *out)
{
	struct str in = str_from(image, HEADER + offset);
	unsigned char key[KEY], iv[BLOCK] = {0};
	struct aes256_ctx aes;

	if (offset)
		memcpy(iv, in.p - BLOCK, BLOCK);
	make_key((const unsigned char *)image.p, key);
	aes256_set_decrypt_key(&aes, key);
	cbc_decrypt(&aes, (nettle_cipher_func *)aes256_decrypt, BLOCK, iv, in.n, out,
		    (const uint8_t *)in.p);
}

/* Is what follows the header SIZE bytes with their padding? */
static bool decrypts_to(struct str image, uint64_t size)
{
	size_t n = image.n - HEADER, padding;
	uint8_t last[BLOCK];

	if (!n || n % BLOCK)
		return false;
	decrypt(image, n - BLOCK, last);
	padding = last[BLOCK - 1];
	return padding >= 1 && padding <= BLOCK && n - padding == size;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), version;
	size_t end = fwtool_payload(image);
	uint64_t size;

	if (!read_header(image, &version, &size))
		return false;
	v->extent = HEADER;
	if (end <= HEADER)
		return true;
	v->extent = end;
	if (decrypts_to(str_sub(image, 0, end), size))
		firmware_good(v, "%llu bytes by its key", (unsigned long long)size);
	else
		firmware_bad(v,
			     "what follows does not decrypt to the %llu bytes that the header says",
			     (unsigned long long)size);
	return true;
}

static void show(struct firmware_view *v)
{
	struct str version;
	uint64_t size;

	if (!read_header(firmware_bytes(v), &version, &size))
		return;
	firmware_put_field(v, "version", "%.*s", STR_ARG(version));
	firmware_put_field(v, "size", "%llu bytes", (unsigned long long)size);
}

static void parts(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), version;
	size_t end = fwtool_payload(image);
	uint64_t size;
	uint8_t *p;

	if (!read_header(image, &version, &size) || end <= HEADER ||
	    end - HEADER > firmware_room(v) || !size || !decrypts_to(str_sub(image, 0, end), size))
		return;
	p = malloc(end - HEADER);
	if (!p)
		return;
	decrypt(str_sub(image, 0, end), 0, p);
	firmware_put_made(v, S("image"), blob_adopt(p, (size_t)size));
}

static const char *const texts[] = {
	/* 21.02 to main of 2026 */
	"086b66da5fbaa7b8370c3a0bdcb01d051a05dd3207f9faa1e8161d3bf0681104",
	NULL,
};

const struct firmware firmware_sercomm_crypto = {
    .name = "sercomm-crypto",
    .format = "encrypted Sercomm image",
    .script = "sercomm-crypto.py",
    .texts = texts,
    .help =
	"sercomm-crypto --input-file FILE --key-file FILE --output-file FILE --version VERSION\n",
    .write = sercomm_crypto_write,
    .check = check,
    .show = show,
    .parts = parts,
};
