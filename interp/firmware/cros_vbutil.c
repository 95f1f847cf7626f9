/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cros-vbutil: a kernel partition for Chromebooks, signed with the developers' key, little endian.
 *
 *   0 1208  key block: "CHROMEOS", its size at 16, the public key, signatures
 *
 * then the preamble, which fills these 64 KiB:
 *
 *   0   4  size of the preamble			  8 24 where its signature is
 *  32   8  version of this header (2, 2)		 40  4 version of the kernel (1)
 *  48   8  load address (0x100000)			 56  8 boot loader's address
 *  64   4  boot loader's size (0x1000)		 72 24 where the body's signature is
 * 112   4  flags (0)
 * 116 256  signature of the body, then that of these 372 bytes
 *
 * then the body: kernel, command line with a NUL, parameters and boot loader (4 KiB each,
 * empty), each at a multiple of 4 KiB. Where a signature is: its offset from there, its size
 * (256), the bytes signed, each in 8 bytes. It is RSA with SHA-256, PKCS #1. Source:
 * firmware-utils, vboot_reference.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <nettle/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "digest/digest.h"
#include "firmware/cros_keys.h"

enum {
	WHOLE = 0x10000,
	PREAMBLE = WHOLE - CROS_KEYBLOCK,
	ALIGN = 4096,
	SIGNATURE = 256,
	SHA256 = 32,
	OWN_SIGN = 8,
	VERSIONS = 32,
	KERNEL_VERSION = 40,
	LOAD = 48,
	LOADER = 56,
	LOADER_SIZE = 64,
	BODY_SIGN = 72,
	FIXED = 116,
	SIGNED = FIXED + SIGNATURE,
	ADDRESS = 0x100000,
	FAILED = 255,
	KEY_SIZE = 16,
};

static const struct opt options[] = {
	{'k', NULL, OPT_VALUE, "FILE  kernel"},
	{'c', NULL, OPT_VALUE, "TEXT  command line"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{0, NULL, OPT_NONE, NULL},
};

static int fail(struct firmware_run *run, const char *what)
{
	firmware_say(run, "\n", "%s", what);
	return FAILED;
}

static uint64_t align(uint64_t n)
{
	return (n + ALIGN - 1) / ALIGN * ALIGN;
}

/* The signature of DIGEST; false when the key is no key. */
static bool sign(const unsigned char *digest, unsigned char *signature)
{
	struct rsa_public_key public;
	struct rsa_private_key private;
	mpz_t s;
	bool good;

	rsa_public_key_init(&public);
	rsa_private_key_init(&private);
	mpz_init(s);
	good = rsa_keypair_from_der(&public, &private, 0, CROS_PRIVATE_KEY, cros_private_key) &&
	       rsa_sha256_sign_digest(&private, digest, s);
	if (good)
		nettle_mpz_get_str_256(SIGNATURE, signature, s);
	mpz_clear(s);
	rsa_private_key_clear(&private);
	rsa_public_key_clear(&public);
	return good;
}

/* AT: where the fields are in the preamble, that the signature at SIGNATURE_AT is of N bytes. */
static void put_place(unsigned char *p, size_t at, size_t signature_at, uint64_t n)
{
	put_le64(p + at, signature_at - at);
	put_le64(p + at + 8, SIGNATURE);
	put_le64(p + at + 16, n);
}

static bool put_preamble(unsigned char *p, const struct blob *body, uint64_t loader)
{
	unsigned char digest[SHA256];

	memset(p, 0, PREAMBLE);
	put_le32(p, PREAMBLE);
	put_le32(p + VERSIONS, 2);
	put_le32(p + VERSIONS + 4, 2);
	put_le32(p + KERNEL_VERSION, 1);
	put_le64(p + LOAD, ADDRESS);
	put_le64(p + LOADER, ADDRESS + loader);
	put_le32(p + LOADER_SIZE, ALIGN);
	put_place(p, BODY_SIGN, FIXED, blob_size(body));
	digest_blob(&digest_sha256, body, digest);
	if (!sign(digest, p + FIXED))
		return false;
	put_place(p, OWN_SIGN, SIGNED, SIGNED);
	digest_bytes(&digest_sha256, p, SIGNED, digest);
	return sign(digest, p + SIGNED);
}

/* Kernel, command line, parameters, boot loader. */
static struct blob *make_body(struct firmware_run *run, struct blob *kernel, struct str line)
{
	struct blob *body = blob_ref(kernel);
	uint64_t n = align(blob_size(kernel));

	firmware_join(&body, blob_run(0, n - blob_size(kernel)));
	firmware_join(&body, blob_copy(str_cz(run->mem, line), line.n + 1));
	firmware_join(&body, blob_run(0, align(line.n + 1) - line.n - 1 + 2 * ALIGN));
	return body;
}

/* The tool does not cut what was there; what it wrote comes first. */
static int store(struct firmware_run *run, struct str path, struct blob *image)
{
	struct blob *old = NULL;
	int err;

	if (run->read(run, path, &old) == 0 && blob_size(old) > blob_size(image))
		firmware_join(&image, blob_slice(old, blob_size(image), blob_size(old)));
	blob_unref(old);
	err = tool_put(run, path, image);
	if (!err)
		return 0;
	firmware_say(run, "\n", "open: %s", strerror(-err));
	return FAILED;
}

static int make(struct firmware_run *run, const struct str *option)
{
	unsigned char *preamble = malloc(PREAMBLE);
	struct blob *kernel = NULL, *body, *image;
	uint64_t loader;
	int err = preamble ? run->read(run, option['k'], &kernel) : -ENOMEM;
	bool good;

	if (err) {
		free(preamble);
		if (err == -EISDIR)
			return -1;
		firmware_say(run, "\n", "failed to open: %s", strerror(-err));
		firmware_say(run, "\n", "failed to read kernel file: %.*s", STR_ARG(option['k']));
		return FAILED;
	}
	body = make_body(run, kernel, option['c']);
	loader = align(blob_size(kernel)) + align(option['c'].n + 1) + ALIGN;
	blob_unref(kernel);
	good = put_preamble(preamble, body, loader);
	image = blob_copy(cros_keyblock, CROS_KEYBLOCK);
	firmware_join(&image, blob_adopt(preamble, PREAMBLE));
	firmware_join(&image, body);
	if (good)
		return store(run, option['o'], image);
	blob_unref(image);
	return fail(run, "Failed to generate preamble");
}

static int cros_vbutil_run(struct firmware_run *run)
{
	struct tool_options o = {0};

	if (!tool_options(run, options, &o))
		return -1;
	if (o.operands.n)
		return fail(run, "Unexpected args?");
	if (!o.value['o'].p || !o.value['c'].p || !o.value['k'].p)
		return fail(run, "Missing required argument");
	return make(run, o.value);
}

/* --- check: with the developers' key --- */

static void verify(struct firmware_view *v, const char *what, const unsigned char *digest,
		   const unsigned char *signature)
{
	struct rsa_public_key public;
	struct rsa_private_key private;
	mpz_t s;
	bool good;

	rsa_public_key_init(&public);
	rsa_private_key_init(&private);
	nettle_mpz_init_set_str_256_u(s, SIGNATURE, signature);
	good = rsa_keypair_from_der(&public, &private, 0, CROS_PRIVATE_KEY, cros_private_key) &&
	       rsa_sha256_verify_digest(&public, digest, s);
	mpz_clear(s);
	rsa_private_key_clear(&private);
	rsa_public_key_clear(&public);
	if (good)
		firmware_good(v, "signature of the %s", what);
	else
		firmware_bad(v, "the signature of the %s is wrong", what);
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), body;
	unsigned char digest[SHA256];
	const unsigned char *p = (const unsigned char *)image.p + CROS_KEYBLOCK;
	uint64_t size;

	if (image.n < WHOLE || memcmp(image.p, "CHROMEOS", 8) != 0)
		return false;
	if (get_le32((const unsigned char *)image.p + KEY_SIZE) != CROS_KEYBLOCK ||
	    memcmp(image.p, cros_keyblock, CROS_KEYBLOCK) != 0) {
		firmware_good(v, "signed with another key than the developers'");
		return true;
	}
	digest_bytes(&digest_sha256, p, SIGNED, digest);
	verify(v, "preamble", digest, p + SIGNED);
	size = get_le64(p + BODY_SIGN + 16);
	body = str_sub(image, WHOLE, size);
	if (body.n < size)
		firmware_bad(v, "the preamble says %llu bytes, there are %zu",
			     (unsigned long long)size, body.n);
	digest_bytes(&digest_sha256, body.p, body.n, digest);
	verify(v, "body", digest, p + FIXED);
	v->extent = WHOLE;
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v), line;
	const unsigned char *p = (const unsigned char *)image.p + CROS_KEYBLOCK;
	uint64_t size = get_le64(p + BODY_SIGN + 16);

	firmware_put_field(v, "load address", "0x%llx", (unsigned long long)get_le64(p + LOAD));
	firmware_put_field(v, "body", "%llu bytes", (unsigned long long)size);
	if (size < 3 * ALIGN || size > image.n - WHOLE)
		return;
	line = str_sub(image, WHOLE + (size_t)size - 3 * ALIGN, ALIGN);
	line = firmware_text(v, line.p, line.n);
	firmware_put_field(v, "command line", "%.*s", STR_ARG(line));
}

const struct firmware firmware_cros_vbutil = {
	.name = "cros-vbutil",
	.format = "Chromium OS kernel",
	.help = "cros-vbutil -k KERNEL -c LINE -o FILE\n",
	.write = cros_vbutil_run,
	.check = check,
	.show = show,
	.pure = true,
};
