/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * netgear-encrypted-factory: encrypted NETGEAR image, big endian; texts have NULs behind.
 *
 *   0 32  model		 32 32  region		 64 64  version, "V1.0.0.0..."	128 64 time,
 * always the same 192  5  0			197  1  number of hardware ids	198  1  number of
 * models 212 200 ids and models, ';' between them	512 12  "encrpted_img" 524  4  size of what
 * follows	528  4  size of a block		532  blocks end  4  CRC-32 of all in front, which
 * starts with 0 and is not inverted
 *
 * Each block, the last one made whole by NULs for the cipher, is encrypted for itself: AES-256 in
 * CBC. Source: OpenWrt's scripts/netgear-encrypted-factory.py; without lists its first text gives
 * the same bytes.
 */
#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <stdlib.h>

#include "firmware/internal.h"

enum {
	REGION = 32,
	VERSION = 64,
	TIME = 128,
	N_IDS = 197,
	N_MODELS = 198,
	LIST = 212,
	LIST_SIZE = 200,
	NAME = 512,
	NAME_SIZE = 12,
	SIZE = 524,
	BLOCK_SIZE = 528,
	HEADER = 532,
	CIPHER = 16,
	KEY = 32,
	CRC = 4
};

static const char mark[] = "encrpted_img";

static const struct opt options[] = {
	{'i', "input-file", OPT_VALUE, NULL},
	{'o', "output-file", OPT_VALUE, NULL},
	{'m', "model", OPT_VALUE, NULL},
	{'r', "region", OPT_VALUE, NULL},
	{'v', "version", OPT_VALUE, NULL},
	{'h', "hw-id-list", OPT_VALUE, NULL},
	{'l', "model-list", OPT_VALUE, NULL},
	{'b', "encryption-block-size", OPT_VALUE, NULL},
	{'p', "openssl-bin", OPT_VALUE, NULL},
	{'k', "key", OPT_VALUE, NULL},
	{'I', "iv", OPT_VALUE, NULL},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct tool_options o;
	unsigned char key[KEY], iv[CIPHER];
	uint64_t block; /* bytes */
};

/* "V" and four digits with dots between them, then anything. */
static bool is_version(struct str text)
{
	static const char form[] = "V0.0.0.0";

	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		bool digit = i < text.n && text.p[i] >= '0' && text.p[i] <= '9';

		if (i >= text.n || (form[i] == '0' ? !digit : text.p[i] != form[i]))
			return false;
	}
	return python_text(text);
}

/* An option that may be empty, but not left out. */
static bool is_given(struct str text)
{
	return text.p && (!text.n || python_text(text));
}

static bool take(struct firmware_run *run, struct job *j, bool lists)
{
	const struct str *v = j->o.value;

	if (!python_options(run, options, &j->o) || j->o.operands.n || !is_given(v['m']) ||
	    !is_given(v['r']) || !is_version(v['v']) || !v['o'].n || !v['p'].n ||
	    (!lists && (v['h'].p || v['l'].p)))
		return false;
	if ((v['h'].n && !python_text(v['h'])) || (v['l'].n && !python_text(v['l'])))
		return false;
	return python_number(v['b'], UINT32_MAX, &j->block) && j->block && j->block % CIPHER == 0 &&
	       str_hex(v['k'], j->key, KEY) && str_hex(v['I'], j->iv, CIPHER);
}

static size_t count_list(struct str list)
{
	size_t n = list.n ? 1 : 0;

	for (size_t i = 0; i < list.n; i++)
		n += list.p[i] == ';';
	return n;
}

/* The N bytes of P, a whole number of ciphers, block by block. */
static void encrypt(const struct job *j, unsigned char *p, size_t n)
{
	struct aes256_ctx aes;

	aes256_set_encrypt_key(&aes, j->key);
	for (size_t at = 0; at < n; at += j->block) {
		size_t part = n - at < j->block ? n - at : (size_t)j->block;
		uint8_t iv[CIPHER];

		memcpy(iv, j->iv, CIPHER);
		cbc_encrypt(&aes, (nettle_cipher_func *)aes256_encrypt, CIPHER, iv, part, p + at,
			    p + at);
	}
}

/* False: more of them than a byte can count. */
static bool put_header(struct firmware_run *run, const struct job *j, unsigned char *h)
{
	const struct str *v = j->o.value;
	size_t ids = count_list(v['h']), models = count_list(v['l']);

	memset(h, 0, HEADER);
	tool_put_text(h, 32, v['m']);
	tool_put_text(h + REGION, 32, v['r']);
	tool_put_text(h + VERSION, 64, v['v']);
	tool_put_text(h + TIME, 64, S("Thu Jan 1 00:00:00 1970"));
	h[N_IDS] = (unsigned char)ids;
	h[N_MODELS] = (unsigned char)models;
	tool_put_text(h + LIST, LIST_SIZE,
		      str_fmt(run->mem, "%.*s%s%.*s", STR_ARG(v['h']), ids && models ? ";" : "",
			      STR_ARG(v['l'])));
	memcpy(h + NAME, mark, NAME_SIZE);
	put_be32(h + BLOCK_SIZE, (uint32_t)j->block);
	return ids <= 255 && models <= 255;
}

static int factory(struct firmware_run *run, bool lists)
{
	struct job j = {0};
	unsigned char h[HEADER], *all;
	struct blob *b;
	size_t n;

	if (!take(run, &j, lists) || !put_header(run, &j, h))
		return -1;
	b = python_read(run, j.o.value['i']);
	if (!b)
		return -1;
	n = ((size_t)blob_size(b) + CIPHER - 1) / CIPHER * CIPHER;
	all = n <= UINT32_MAX ? calloc(1, HEADER + n + CRC) : NULL;
	if (!all) {
		blob_unref(b);
		return -1;
	}
	put_be32(h + SIZE, (uint32_t)n);
	memcpy(all, h, HEADER);
	blob_read(b, 0, all + HEADER, n);
	blob_unref(b);
	encrypt(&j, all + HEADER, n);
	put_be32(all + HEADER + n, tool_crc32_bare(all, HEADER + n));
	return python_write(run, j.o.value['o'], blob_adopt(all, HEADER + n + CRC));
}

static int netgear_encrypted_factory_write(struct firmware_run *run)
{
	return factory(run, true);
}

static int netgear_encrypted_factory_old_write(struct firmware_run *run)
{
	return factory(run, false);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *p = (const unsigned char *)image.p;
	uint64_t end;

	if (image.n < HEADER + CRC || memcmp(p + NAME, mark, NAME_SIZE) != 0)
		return false;
	end = (uint64_t)HEADER + get_be32(p + SIZE);
	tool_check_size(v, end + CRC, image.n);
	v->extent = image.n;
	if (image.n < end + CRC)
		return true;
	firmware_compare32(v, "CRC-32", get_be32(p + end), tool_crc32_bare(p, (size_t)end));
	v->extent = end + CRC;
	return true;
}

static void show(struct firmware_view *v)
{
	const unsigned char *p = (const unsigned char *)firmware_bytes(v).p;

	firmware_put_field(v, "model", "%.*s", STR_ARG(firmware_text(v, p, 32)));
	firmware_put_field(v, "region", "%.*s", STR_ARG(firmware_text(v, p + REGION, 32)));
	firmware_put_field(v, "version", "%.*s", STR_ARG(firmware_text(v, p + VERSION, 64)));
	firmware_put_field(v, "ids and models", "%.*s",
			   STR_ARG(firmware_text(v, p + LIST, LIST_SIZE)));
	firmware_put_field(v, "encrypted", "%u bytes in blocks of %u", get_be32(p + SIZE),
			   get_be32(p + BLOCK_SIZE));
}

static const char *const texts[] = {
	/* 22.03 to main of 2026 */
	"97b0eb0f6e98b9b9611468499c6a53ecb558e339f1a3860ba161fe0b97669185",
	NULL,
};

static const char *const old_texts[] = {
	"6d64211fa7cc83d8c66f7d2e0a16393dd9226d34190dbf19749b76da78ad7071", /* some forks */
	NULL,
};

const struct firmware firmware_netgear_encrypted_factory = {
    .name = "netgear-encrypted-factory",
    .format = "NETGEAR encrypted image",
    .script = "netgear-encrypted-factory.py",
    .texts = texts,
    .help = "netgear-encrypted-factory --input-file FILE --output-file FILE --model NAME --region "
	    "NAME\n"
	    "  --version V1.0.0.0... [--hw-id-list LIST] [--model-list LIST] "
	    "--encryption-block-size N\n"
	    "  --openssl-bin FILE --key HEX --iv HEX: openssl is not run\n",
    .write = netgear_encrypted_factory_write,
    .check = check,
    .show = show,
};

const struct firmware firmware_netgear_encrypted_factory_old = {
    .name = "netgear-encrypted-factory-old",
    .script = "netgear-encrypted-factory.py",
    .texts = old_texts,
    .help = "netgear-encrypted-factory-old: netgear-encrypted-factory as it was at first, without "
	    "lists\n",
    .write = netgear_encrypted_factory_old_write,
};
