/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mkhilinkfw: a uImage encrypted for HILINK routers: DES by a fixed key, block by block without
 * chaining, over all bytes, and then once more from the fourth byte on. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <nettle/des.h>
#include <stdlib.h>
#include <string.h>

enum { UIMAGE = 64, MAGIC = 0x27051956, SIZE = 12, SHIFT = 3, BLOCK = 8 };
static const uint8_t key[DES_KEY_SIZE] = {'H', '@', 'L', '9', 'K', '*', '(', '3'};

static const struct opt options[] = {
	{'d', "decrypt", OPT_NONE, NULL},
	{'e', "encrypt", OPT_NONE, NULL},
	{'i', "input", OPT_VALUE, "FILE  (standard input)"},
	{'o', "output", OPT_VALUE, "FILE  (standard output)"},
	{0, NULL, OPT_NONE, NULL},
};

static void crypt_all(unsigned char *p, size_t n, bool encrypt)
{
	size_t plain = n / BLOCK * BLOCK, shifted = (n - SHIFT) / BLOCK * BLOCK;
	struct des_ctx cx;

	des_set_key(&cx, key);
	if (encrypt) {
		des_encrypt(&cx, plain, p, p);
		des_encrypt(&cx, shifted, p + SHIFT, p + SHIFT);
	} else {
		des_decrypt(&cx, shifted, p + SHIFT, p + SHIFT);
		des_decrypt(&cx, plain, p, p);
	}
}

/* Is it a uImage's header at P? Else the message. */
static bool is_uimage(struct firmware_run *run, const unsigned char *p)
{
	if (get_be32(p) == MAGIC)
		return true;
	firmware_say(run, "\n", "Header magic incorrect: expected 0x%08X, got 0x%08X", MAGIC,
		     get_be32(p));
	return false;
}

/* The N bytes at P, which came from malloc, in place; NULL after a message. */
static struct blob *convert(struct firmware_run *run, unsigned char *p, size_t n, bool encrypt)
{
	size_t first = n < UIMAGE + SHIFT ? n : UIMAGE + SHIFT;
	unsigned char head[UIMAGE + SHIFT];

	memcpy(head, p, first);
	if (!encrypt)
		crypt_all(head, first, false);
	if (!is_uimage(run, head)) {
		free(p);
		return NULL;
	}
	/* what is behind the uImage is cut off */
	if (encrypt && (uint64_t)get_be32(head + SIZE) + UIMAGE < n)
		n = (size_t)get_be32(head + SIZE) + UIMAGE;
	crypt_all(p, n, encrypt);
	return blob_adopt(p, n);
}

static int store(struct firmware_run *run, struct str path, struct blob *result)
{
	int err;

	if (!path.p) {
		err = run->output(run, result);
		blob_unref(result);
		return err ? 1 : 0;
	}
	err = tool_put(run, path, result);
	return err ? firmware_say(run, "\n", "Can't open %.*s for writing: %s", STR_ARG(path),
				  strerror(-err)) : 0;
}

static int run_files(struct firmware_run *run, struct str in, struct str out, bool encrypt)
{
	struct blob *data = NULL, *result;
	unsigned char *p;
	size_t n;
	int err = 0;

	if (in.p)
		err = run->read(run, in, &data);
	else
		data = blob_ref(run->input(run));
	if (err == -EISDIR)
		return -1;
	if (err)
		return firmware_say(run, "\n", "Can't open %.*s for reading: %s", STR_ARG(in),
				    strerror(-err));
	n = blob_size(data);
	p = n < UIMAGE ? NULL : malloc(n);
	if (p)
		blob_read(data, 0, p, n);
	blob_unref(data);
	if (!p)
		return firmware_say(run, "\n", "Not enough data");
	result = convert(run, p, n, encrypt);
	return result ? store(run, out, result) : 1;
}

/* Wrong options are answered with a usage text: not here. */
static int mkhilinkfw_run(struct firmware_run *run)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	struct str value[128] = {{0}};
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR || value[id].p)
			return -1;
		value[id] = o.value.p ? o.value : S("");
	}
	if (!value['d'].p == !value['e'].p)
		return -1;
	return run_files(run, str_is(value['i'], "-") ? (struct str){NULL, 0} : value['i'],
			 str_is(value['o'], "-") ? (struct str){NULL, 0} : value['o'],
			 value['e'].p != NULL);
}

/* A uImage under the cipher: its first blocks tell. */
static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	unsigned char head[UIMAGE + SHIFT];

	if (image.n < sizeof(head))
		return false;
	memcpy(head, image.p, sizeof(head));
	crypt_all(head, sizeof(head), false);
	if (get_be32(head) != MAGIC)
		return false;
	if ((uint64_t)get_be32(head + SIZE) + UIMAGE > image.n)
		firmware_bad(v, "the header says %u bytes, there are %zu", get_be32(head + SIZE),
			     image.n - UIMAGE);
	return true;
}

static void show(struct firmware_view *v)
{
	unsigned char head[UIMAGE + SHIFT];
	struct str name;

	memcpy(head, firmware_bytes(v).p, sizeof(head));
	crypt_all(head, sizeof(head), false);
	name = firmware_text(v, head + 32, 32);
	firmware_put_field(v, "name", "%.*s", STR_ARG(name));
	firmware_put_field(v, "data", "%u bytes", get_be32(head + SIZE));
}

const struct firmware firmware_mkhilinkfw = {
	.name = "mkhilinkfw",
	.format = "HILINK image (encrypted uImage)",
	.help = "mkhilinkfw -e|-d [-i FILE] [-o FILE]\n",
	.write = mkhilinkfw_run,
	.check = check,
	.show = show,
	.pure = true,
};
