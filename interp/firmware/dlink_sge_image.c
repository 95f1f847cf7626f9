/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dlink-sge-image: encrypted and signed image of D-Link devices made by SGE, big endian.
 *
 *    0   4  "SHRS"		   4 4 size of the data	  8 4 size encrypted	12 16 salt
 *   28  64  SHA-512 of the data and the key
 *   92  64  SHA-512 of the data			156 64 of what is encrypted
 *  220 512  0						732 512 signature of the data's digest
 * 1244 512  signature of the other			1756 .  the encrypted data
 *    .   5  00 00 00 00 "0"
 *
 * AES-128-CBC that starts with the salt; NULs up to its block, 16 when the data fits. Signatures
 * are RSA with SHA-512, PKCS #1. The tool forgets to say how much room a signature has, so that by
 * chance both are NULs in its images; here they never are. Keys: dlink_sge.devices. Source:
 * firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <nettle/rsa.h>

#include "digest/digest.h"

enum {
	HEADER = 1756, BEFORE = 4, AFTER = 8, SALT = 12, WITH_KEY = 28, DATA_SUM = 92,
	BODY_SUM = 156, DATA_SIGN = 732, BODY_SIGN = 1244, BLOCK = AES_BLOCK_SIZE, SHA512 = 64,
	SIGNATURE = 512, FOOTER = 5, EXPONENT = 65537,
};

static const unsigned char salt[BLOCK] = {
	0x67, 0xc6, 0x69, 0x73, 0x51, 0xff, 0x4a, 0xec, 0x29, 0xcd, 0xba, 0xab, 0xf2, 0xfb, 0xe3,
	0x46,
};
static const unsigned char footer[FOOTER] = {0, 0, 0, 0, '0'};

static const struct device {
	const char *name;		/* how the device's name begins */
	const char *key, *prime, *prime2; /* in hex */
} devices[] = {
#define DEVICE(name, key, prime, prime2) {name, key, prime, prime2},
#include "firmware/dlink_sge.devices"
};

enum { DEVICES = sizeof(devices) / sizeof(*devices) };

static const struct device *find_device(struct str name)
{
	const struct device *d = devices;

	while (!str_starts(name, str_z(d->name)))
		d++;
	return d; /* the last is any device's */
}

static void get_key(const struct device *d, unsigned char *key)
{
	for (size_t i = 0; i < AES128_KEY_SIZE; i++)
		key[i] = (unsigned char)strtoul((const char[]){d->key[2 * i], d->key[2 * i + 1], 0},
						NULL, 16);
}

/* --- RSA --- */

struct pair {
	struct rsa_public_key public;
	struct rsa_private_key private;
};

static void pair_end(struct pair *k)
{
	rsa_public_key_clear(&k->public);
	rsa_private_key_clear(&k->private);
}

/* What follows from the primes. */
static bool pair_begin(struct pair *k, const struct device *d)
{
	mpz_t p1, q1, e;

	rsa_public_key_init(&k->public);
	rsa_private_key_init(&k->private);
	mpz_set_str(k->private.p, d->prime, 16);
	mpz_set_str(k->private.q, d->prime2, 16);
	mpz_mul(k->public.n, k->private.p, k->private.q);
	mpz_set_ui(k->public.e, EXPONENT);
	mpz_init(p1);
	mpz_init(q1);
	mpz_init_set_ui(e, EXPONENT);
	mpz_sub_ui(p1, k->private.p, 1);
	mpz_sub_ui(q1, k->private.q, 1);
	mpz_invert(k->private.a, e, p1);
	mpz_invert(k->private.b, e, q1);
	mpz_invert(k->private.c, k->private.q, k->private.p);
	mpz_clear(p1);
	mpz_clear(q1);
	mpz_clear(e);
	return rsa_public_key_prepare(&k->public) && rsa_private_key_prepare(&k->private);
}

static bool sign(const struct pair *k, const unsigned char *digest, unsigned char *out)
{
	mpz_t s;
	bool good;

	mpz_init(s);
	good = rsa_sha512_sign_digest(&k->private, digest, s);
	if (good)
		nettle_mpz_get_str_256(SIGNATURE, out, s);
	mpz_clear(s);
	return good;
}

static bool is_signed(const struct pair *k, const unsigned char *digest, const unsigned char *in)
{
	mpz_t s;
	bool good;

	nettle_mpz_init_set_str_256_u(s, SIGNATURE, in);
	good = rsa_sha512_verify_digest(&k->public, digest, s);
	mpz_clear(s);
	return good;
}

/* --- the cipher --- */

static void encrypt(const unsigned char *key, unsigned char *p, size_t n)
{
	struct aes128_ctx aes;
	unsigned char iv[BLOCK];

	memcpy(iv, salt, sizeof(iv));
	aes128_set_encrypt_key(&aes, key);
	cbc_aes128_encrypt(&aes, iv, n, p, p);
}

static void decrypt(const unsigned char *key, const unsigned char *from, unsigned char *to,
		    size_t n, const unsigned char *first)
{
	struct aes128_ctx aes;
	unsigned char iv[BLOCK];

	memcpy(iv, first, sizeof(iv));
	aes128_set_decrypt_key(&aes, key);
	cbc_decrypt(&aes, (nettle_cipher_func *)aes128_decrypt, BLOCK, iv, n, to, from);
}

/* The digests of the N bytes of data, without and with the key. */
static void digest_data(struct arena *mem, const unsigned char *p, size_t n,
			const unsigned char *key, unsigned char *plain, unsigned char *with_key)
{
	void *state = arena_alloc(mem, digest_sha512.state),
	     *copy = arena_alloc(mem, digest_sha512.state);

	digest_sha512.begin(state);
	digest_sha512.update(state, p, n);
	memcpy(copy, state, digest_sha512.state);
	digest_sha512.end(copy, plain);
	digest_sha512.update(state, key, AES128_KEY_SIZE);
	digest_sha512.end(state, with_key);
}

/* --- make --- */

static void print_hex(struct buf *out, const char *label, const unsigned char *p, size_t n)
{
	buf_z(out, label);
	for (size_t i = 0; i < n; i++)
		buf_fmt(out, "%02x", p[i]);
}

/* The header for the N bytes of data at P, which are padded to SIZE and encrypted. */
static bool fill(struct firmware_run *run, const struct device *d, unsigned char *h,
		 unsigned char *p, size_t n, size_t size)
{
	unsigned char key[AES128_KEY_SIZE];
	struct pair k;
	bool good;

	get_key(d, key);
	print_hex(run->out, "\nvendor_key: ", key, sizeof(key));
	memcpy(h, "SHRS", 4);
	put_be32(h + BEFORE, (uint32_t)n);
	put_be32(h + AFTER, (uint32_t)size);
	memcpy(h + SALT, salt, sizeof(salt));
	digest_data(run->mem, p, n, key, h + DATA_SUM, h + WITH_KEY);
	encrypt(key, p, size);
	digest_bytes(&digest_sha512, p, size, h + BODY_SUM);
	good = pair_begin(&k, d) && sign(&k, h + DATA_SUM, h + DATA_SIGN) &&
	       sign(&k, h + BODY_SUM, h + BODY_SIGN);
	pair_end(&k);
	buf_fmt(run->out, "\npayload_length_before: %zu\n", n);
	print_hex(run->out, "\ndigest_before: ", h + DATA_SUM, SHA512);
	print_hex(run->out, "\ndigest_vendor: ", h + WITH_KEY, SHA512);
	print_hex(run->out, "\ndigest_post: ", h + BODY_SUM, SHA512);
	print_hex(run->out, "\nsigned before:\n", h + DATA_SIGN, SIGNATURE);
	print_hex(run->out, "\nsigned post:\n", h + BODY_SIGN, SIGNATURE);
	buf_char(run->out, '\n');
	return good;
}

static int make(struct firmware_run *run, const struct device *d, struct blob *in, struct str path)
{
	size_t n = blob_size(in), size = n / BLOCK * BLOCK + BLOCK;
	unsigned char *all = calloc(1, HEADER + size + FOOTER);

	if (!all)
		return -1;
	blob_read(in, 0, all + HEADER, n);
	memcpy(all + HEADER + size, footer, FOOTER);
	if (!fill(run, d, all, all + HEADER, n, size)) {
		free(all);
		return -1;
	}
	return tool_put(run, path, blob_adopt(all, HEADER + size + FOOTER)) ? -1 : 0;
}

/* --- take apart --- */

/* What the header says of the data fits: its size and the encrypted one's. */
static bool read_sizes(struct str image, size_t *n, size_t *size)
{
	const unsigned char *h = (const unsigned char *)image.p;

	if (image.n < HEADER || !str_starts(image, S("SHRS")))
		return false;
	*n = get_be32(h + BEFORE);
	*size = get_be32(h + AFTER);
	return *size % BLOCK == 0 && *n < *size && *size - *n <= BLOCK && *size <= image.n - HEADER;
}

/* The data, if its digests and the signatures are right; from malloc. */
static unsigned char *open_image(struct arena *mem, const struct device *d, const unsigned char *h,
				 size_t n, size_t size)
{
	unsigned char key[AES128_KEY_SIZE], sum[SHA512], sum2[SHA512], *p = malloc(size);
	struct pair k;
	bool good;

	if (!p)
		return NULL;
	get_key(d, key);
	decrypt(key, h + HEADER, p, size, h + SALT);
	digest_data(mem, p, n, key, sum, sum2);
	good = pair_begin(&k, d) && memcmp(sum, h + DATA_SUM, SHA512) == 0 &&
	       memcmp(sum2, h + WITH_KEY, SHA512) == 0;
	digest_bytes(&digest_sha512, h + HEADER, size, sum2);
	good = good && memcmp(sum2, h + BODY_SUM, SHA512) == 0 &&
	       is_signed(&k, sum, h + DATA_SIGN) && is_signed(&k, sum2, h + BODY_SIGN);
	pair_end(&k);
	if (good)
		return p;
	free(p);
	return NULL;
}

/* Only of a sound image; what is wrong with another the tool says. */
static int take_apart(struct firmware_run *run, const struct device *d, struct blob *in,
		      struct str path)
{
	struct str image = blob_flat(run->mem, in);
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char key[AES128_KEY_SIZE], *p;
	size_t n, size;

	p = read_sizes(image, &n, &size) ? open_image(run->mem, d, h, n, size) : NULL;
	if (!p)
		return -1;
	get_key(d, key);
	print_hex(run->out, "\nvendor_key: ", key, sizeof(key));
	buf_z(run->out, "\ndecrypt mode\n");
	print_hex(run->out, "\ndigest_post: ", h + BODY_SUM, SHA512);
	print_hex(run->out, "\ndigest_before: ", h + DATA_SUM, SHA512);
	print_hex(run->out, "\ndigest_vendor: ", h + WITH_KEY, SHA512);
	buf_z(run->out, "\nsignature before verification success"
			"\nsignature post verification success\n");
	return tool_put(run, path, blob_adopt(p, n)) ? -1 : 0;
}

static int dlink_sge_image_run(struct firmware_run *run)
{
	const struct str *arg = run->argv;
	const struct device *d;
	struct blob *in = NULL;
	int err, status;

	/* Without the files' names it prints its usage, or does not live on. */
	if (run->argc < 4 || run->argc > 5 || str_eq(arg[2], arg[3]))
		return -1;
	err = run->read(run, arg[2], &in);
	if (err)
		return err == -EISDIR
			   ? -1
			   : firmware_say(run, "\n", "Input File %.*s could not be opened.",
					  STR_ARG(arg[2]));
	d = find_device(arg[1]);
	if (d->name[0] && tool_lacks(run, str_z(d->name))) {
		blob_unref(in);
		return -1;
	}
	status = run->argc == 5 && str_starts(arg[4], S("-d")) ? take_apart(run, d, in, arg[3])
							       : make(run, d, in, arg[3]);
	blob_unref(in);
	return status;
}

/* --- read --- */

/* The device whose keys are right for all of it, or NULL. */
static const struct device *find_keys(struct arena *mem, struct str image)
{
	size_t n, size;

	if (!read_sizes(image, &n, &size))
		return NULL;
	for (size_t i = 0; i < DEVICES; i++) {
		unsigned char *p =
		    open_image(mem, &devices[i], (const unsigned char *)image.p, n, size);

		free(p);
		if (p)
			return &devices[i];
	}
	return NULL;
}

static bool check(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	unsigned char sum[SHA512];
	size_t n, size;

	if (image.n < HEADER || !str_starts(image, S("SHRS")))
		return false;
	if (!read_sizes(image, &n, &size)) {
		firmware_bad(v, "%zu bytes of data cannot be %zu encrypted ones in a file of %zu",
			     n, size, image.n);
		return true;
	}
	digest_bytes(&digest_sha512, h + HEADER, size, sum);
	firmware_compare(v, "SHA-512", h + BODY_SUM, sum, SHA512);
	if (find_keys(v->mem, image))
		firmware_good(v, "digests of the data and signatures");
	else
		firmware_bad(v, "no known key gives the data's digests and the signatures");
	return true;
}

static void show(struct firmware_view *v)
{
	struct str image = firmware_bytes(v);
	const unsigned char *h = (const unsigned char *)image.p;
	const struct device *d = find_keys(v->mem, image);

	firmware_put_field(v, "data", "%u bytes", get_be32(h + BEFORE));
	if (d)
		firmware_put_field(v, "keys of", "%s",
				   *d->name ? d->name : "COVR-C1200 and its like");
}

const struct firmware firmware_dlink_sge_image = {
    .name = "dlink-sge-image",
    .format = "D-Link SGE image",
    .help =
	"dlink-sge-image DEVICE IN OUT [-d]: encrypt and sign an image (-d: take it out again)\n",
    .write = dlink_sge_image_run,
    .check = check,
    .show = show,
    .pure = true,
};
