/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pc1crypt: a file under Pukall Cipher 1 with a fixed key of 16 bytes. The result has no mark.
 *
 * For each byte eight rounds, one for each word of the key (exclusive or with the round's
 * before): a step of a linear congruential generator of 32 bits in halves of 16, whose exclusive
 * or is collected. Both bytes of what is collected encrypt the next byte; the plain one then
 * changes all of the key. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <stdlib.h>
#include <string.h>

enum { KEY = 16, LOW = 0x4e35, HIGH = 0x015a };

static const struct opt options[] = {
	{'d', NULL, OPT_NONE, "decrypt"},
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

struct cipher {
	unsigned char key[KEY];
	uint16_t upper, carry;	/* go on from round to round and from byte to byte */
};

static unsigned char next_byte(struct cipher *c)
{
	uint16_t mix = 0, low = 0;

	for (unsigned i = 0; i < KEY / 2; i++) {
		uint16_t high;

		low ^= get_be16(c->key + 2 * i);
		high = (uint16_t)(low * HIGH);
		c->upper = (uint16_t)((c->upper + i) * LOW + high + c->carry);
		c->carry = high;
		low = (uint16_t)(low * LOW + 1);
		mix ^= low ^ c->upper;
	}
	return (unsigned char)(mix >> 8 ^ mix);
}

static void crypt_bytes(unsigned char *p, size_t n, bool encrypt)
{
	struct cipher c = {0};

	memcpy(c.key, "Remsaalps!123456", KEY);
	for (size_t i = 0; i < n; i++) {
		unsigned char out = p[i] ^ next_byte(&c), plain = encrypt ? p[i] : out;

		for (unsigned k = 0; k < KEY; k++)
			c.key[k] ^= plain;
		p[i] = out;
	}
}

static int pc1crypt_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct blob *data = NULL;
	unsigned char *p;
	size_t n;
	int status;

	if (!tool_options(run, options, &o))
		return -1;
	status = tool_read_input(run, o.value, &data);
	if (status)
		return status;
	n = blob_size(data);
	p = malloc(n ? n : 1);
	if (p)
		blob_read(data, 0, p, n);
	blob_unref(data);
	if (!p)
		return -1;
	crypt_bytes(p, n, !o.value['d'].p);
	return tool_write(run, o.value['o'], ": ", "", blob_adopt(p, n));
}

const struct firmware firmware_pc1crypt = {
    .name = "pc1crypt",
    .help = "pc1crypt -i FILE -o FILE [-d]\n",
    .write = pc1crypt_run,
    .since = tool_gives_reasons,
    .pure = true,
};
