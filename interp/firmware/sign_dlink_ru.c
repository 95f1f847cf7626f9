/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sign_dlink_ru: a copy of an image, FILE.new, signed as D-Link Russia's boot loader wants it: the
 * text "c0ffeef0rge", and for each salt 16 bytes of MD5 (of the salt and all before) and 4 bytes
 * 00 c0 ff ee. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "digest/digest.h"

enum { DIGEST = 16, SIGNATURE = 20, MD5_STATE = 512, BAD_SALT = 255, CANNOT_OPEN = 2 };
static const unsigned char mark[4] = {0x00, 0xc0, 0xff, 0xee};
static const char suffix[] = "c0ffeef0rge";

/* The tool takes all from '0' to 'F', so that an 'A' is 17. */
static int digit(char c)
{
	if (c >= '0' && c <= 'F')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What is wrong with it, or NULL. */
static const char *check_salt(struct str salt)
{
	if (!salt.n)
		return "invalid empty salt";
	if (salt.n % 2)
		return "invalid odd len salt";
	for (size_t i = 0; i < salt.n; i++) {
		if (digit(salt.p[i]) < 0)
			return "invalid salt (invalid hex char)";
	}
	return NULL;
}

static void sign(struct blob **image, struct str salt)
{
	unsigned char state[MD5_STATE], signature[SIGNATURE], byte;
	uint64_t pos = 0;
	struct str span;

	digest_md5.begin(state);
	for (size_t i = 0; i < salt.n; i += 2) {
		byte = (unsigned char)(digit(salt.p[i]) << 4 | digit(salt.p[i + 1]));
		digest_md5.update(state, &byte, 1);
	}
	while (blob_next(*image, &pos, &span))
		digest_md5.update(state, span.p, span.n);
	digest_md5.end(state, signature);
	memcpy(signature + DIGEST, mark, sizeof(mark));
	firmware_join(image, blob_copy(signature, SIGNATURE));
}

static int cannot_open(struct firmware_run *run)
{
	run->out->n = 0;
	buf_fmt(run->out, "cannot open file %.*s\n", STR_ARG(run->argv[1]));
	return CANNOT_OPEN;
}

static int sign_dlink_ru_run(struct firmware_run *run)
{
	struct blob *image = NULL;
	int err;

	if (run->argc < 3)
		return -1;
	for (size_t i = 2; i < run->argc; i++) {
		const char *wrong = check_salt(run->argv[i]);

		if (wrong) {
			buf_fmt(run->out, "%s: %.*s\n", wrong, STR_ARG(run->argv[i]));
			return BAD_SALT;
		}
	}
	err = run->read(run, run->argv[1], &image);
	if (err)
		return cannot_open(run);
	firmware_join(&image, blob_copy(suffix, sizeof(suffix) - 1));
	for (size_t i = 2; i < run->argc; i++) {
		sign(&image, run->argv[i]);
		buf_fmt(run->out, "Signed with salt: %.*s\n", STR_ARG(run->argv[i]));
	}
	if (tool_put(run, str_cat(run->mem, run->argv[1], S(".new")), image) != 0)
		return cannot_open(run);
	return 0;
}

/* How many signatures end IMAGE, with the text in front of them; 0: none. */
static size_t count(struct str image)
{
	size_t n = 0;

	while (image.n >= SIGNATURE && memcmp(image.p + image.n - 4, mark, 4) == 0) {
		image.n -= SIGNATURE;
		n++;
	}
	return str_ends(image, str_z(suffix)) ? n : 0;
}

static bool check(struct firmware_view *v)
{
	size_t n = count(firmware_bytes(v));

	if (n)
		firmware_good(v, "%zu signatures; the salts that would prove them are not known",
			      n);
	return n != 0;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "signatures", "%zu", count(firmware_bytes(v)));
}

const struct firmware firmware_sign_dlink_ru = {
	.name = "sign_dlink_ru",
	.format = "D-Link Russia signatures",
	.help = "sign_dlink_ru FILE SALT...: sign FILE as FILE.new; SALT is hex\n",
	.write = sign_dlink_ru_run,
	.check = check,
	.show = show,
	.pure = true,
	.trailer = true,
};
