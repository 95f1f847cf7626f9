/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What Buffalo's formats share: buffalo_enc.c, buffalo_tag.c, buffalo_tftp.c. Source:
 * firmware-utils.
 */
#include "firmware/buffalo.h"

#include <errno.h>
#include <stdlib.h>

enum { SHORT_STATE = 256, POLYNOMIAL = 0xedb88320 };

int buffalo_size(struct firmware_run *run, struct str path, uint64_t *size)
{
	struct blob *b = NULL;
	int err = run->read(run, path, &b);

	if (err == -ENOENT || err == -ENOTDIR)
		return buffalo_fail(run, "unable to get size of '%.*s'", STR_ARG(path));
	*size = err ? 0 : blob_size(b);
	blob_unref(b);
	return err ? -1 : 0;
}

int buffalo_read(struct firmware_run *run, struct str path, struct str said, struct blob **out)
{
	uint64_t size;
	int status = buffalo_size(run, path, &size);

	if (status)
		return status;
	if (!size)
		return buffalo_fail(run, "unable to read from file '%.*s'", STR_ARG(said));
	return run->read(run, path, out) ? -1 : 0;
}

int buffalo_write(struct firmware_run *run, struct str path, struct blob *b)
{
	if (tool_put(run, path, b) == 0)
		return 0;
	return buffalo_fail(run, "unable to write to file '%.*s'", STR_ARG(path));
}

bool buffalo_cipher_begin(struct buffalo_cipher *c, unsigned char seed, struct str key,
			  uint64_t len, bool is_long)
{
	uint64_t n = is_long ? len : SHORT_STATE, k = 0;
	unsigned char *state = malloc(n ? n : 1);
	size_t at = 0;

	if (!state)
		return false;
	for (uint64_t i = 0; i < n; i++)
		state[i] = (unsigned char)i;
	for (uint64_t i = 0; i < n; i++) {
		unsigned char t = state[i];

		k = (k + (at ? (unsigned char)key.p[at - 1] : seed) + t) % n;
		state[i] = state[k];
		state[k] = t;
		at = at == key.n ? 0 : at + 1;
	}
	*c = (struct buffalo_cipher){.n = n};
	memcpy(c->state, state, n < BUFFALO_STATE ? (size_t)n : BUFFALO_STATE);
	free(state);
	return true;
}

unsigned char buffalo_cipher_next(struct buffalo_cipher *c)
{
	unsigned char t;

	c->i = (unsigned char)((c->i + 1u) % c->n);
	c->j = (unsigned char)((c->j + (unsigned)c->state[c->i]) % c->n);
	t = c->state[c->j];
	c->state[c->j] = c->state[c->i];
	c->state[c->i] = t;
	return c->state[((unsigned)c->state[c->i] + c->state[c->j]) % c->n];
}

void buffalo_sum_begin(struct buffalo_sum *s, uint64_t len)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t v = i;

		for (int bit = 0; bit < 8; bit++)
			v = v >> 1 ^ (v & 1 ? (uint32_t)POLYNOMIAL : 0);
		s->table[i] = v;
	}
	s->sum = (uint32_t)len;
}

void buffalo_sum_add(struct buffalo_sum *s, const void *p, size_t n)
{
	const signed char *in = p;

	for (size_t i = 0; i < n; i++) {
		uint32_t v = s->sum ^ (uint32_t)in[i];

		s->sum = v >> 8 ^ s->table[v & 0xff];
	}
}
