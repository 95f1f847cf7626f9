/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_BUFFALO_H
#define FIRMWARE_BUFFALO_H

#include "firmware/internal.h"

/* --- buffalo.c: what Buffalo's formats share --- */

/* "[NAME] *** error: text"; returns 1. */
#define buffalo_fail(run, ...) firmware_error(run, 1, __VA_ARGS__)
/* The size of a file: 0, or 1 after a message, -1: decline. */
int buffalo_size(struct firmware_run *run, struct str path, uint64_t *size);
/*
 * An input that is not empty: 0, 1 after a message (that it cannot be read says SAID), -1: decline.
 */
int buffalo_read(struct firmware_run *run, struct str path, struct str said, struct blob **out);
/* Write B, which is dropped: exit status. */
int buffalo_write(struct firmware_run *run, struct str path, struct blob *b);

/*
 * Buffalo's cipher, RC4 but for its state: 256 bytes, or as many as there are to encrypt (LONG).
 * Its numbers I and J stay below 256 all the same, so of a long state only the first
 * BUFFALO_STATE bytes matter once it is mixed.
 */
enum { BUFFALO_STATE = 511 };

struct buffalo_cipher {
	unsigned char state[BUFFALO_STATE];
	uint64_t n; /* what the whole state had */
	unsigned char i, j;
};

/* False: no memory. The key is SEED and KEY. LEN: how many bytes will be encrypted. */
bool buffalo_cipher_begin(struct buffalo_cipher *c, unsigned char seed, struct str key,
			  uint64_t len, bool is_long);
unsigned char buffalo_cipher_next(struct buffalo_cipher *c);

/* CRC-32 with signed bytes, started with the number of bytes LEN. */
struct buffalo_sum {
	uint32_t table[256], sum;
};
void buffalo_sum_begin(struct buffalo_sum *s, uint64_t len);
void buffalo_sum_add(struct buffalo_sum *s, const void *p, size_t n);

#endif
