/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * openssl: what image rules ask of "openssl enc": a file encrypted by AES-256 or triple DES in CBC
 * mode, with a key of its own (-K, -iv) or one from a password (-k), salted by chance. All else is
 * the real tool's.
 */
#include <nettle/aes.h>
#include <nettle/base64.h>
#include <nettle/cbc.h>
#include <nettle/des.h>
#include <stdlib.h>
#include <sys/random.h>

#include "applet/internal.h"
#include "digest/digest.h"

static const char help[] =
	"openssl enc -aes-256-cbc [-e] [-md DIGEST] -in FILE -out FILE -K HEX -iv HEX: encrypt\n"
	"openssl (enc -CIPHER | CIPHER) [-e] [-salt] [-a] [-md DIGEST] -in FILE -out FILE "
	"-k PASSWORD\n"
	"  CIPHER aes-256-cbc, des3; the key of a password by DIGEST (md5, sha1, sha256, ...)\n";

enum { KEY_MOST = 32, BLOCK_MOST = 16, SALT = 8, LINE = 64 /* of base64 */ };

struct cipher {
	const char *name;
	size_t key, block;
};
static const struct cipher aes = {"aes-256-cbc", AES256_KEY_SIZE, AES_BLOCK_SIZE};
static const struct cipher des3 = {"des3", DES3_KEY_SIZE, DES_BLOCK_SIZE};

struct job {
	const struct cipher *cipher;
	const struct digest *digest;
	struct str in, out, key, iv, password;
	bool base64;
};

static const struct cipher *find_cipher(struct str name)
{
	return str_is(name, aes.name) ? &aes : str_is(name, des3.name) ? &des3 : NULL;
}

/* An option with a value; false: not known here. */
static bool take_value(struct job *j, struct str option, struct str value)
{
	if (str_is(option, "-in"))
		j->in = value;
	else if (str_is(option, "-out"))
		j->out = value;
	else if (str_is(option, "-K"))
		j->key = value;
	else if (str_is(option, "-iv"))
		j->iv = value;
	else if (str_is(option, "-k"))
		j->password = value;
	else if (str_is(option, "-md"))
		return (j->digest = digest_find(value)) != NULL;
	else
		return false;
	return true;
}

/* False: a form that is not known here. */
static bool read_words(const struct str *argv, size_t argc, struct job *j)
{
	*j = (struct job){.digest = &digest_sha256};
	if (argc < 2 || (!str_is(argv[1], "enc") && !(j->cipher = find_cipher(argv[1]))))
		return false;
	for (size_t i = 2; i < argc; i++) {
		const struct cipher *cipher =
			str_starts(argv[i], S("-")) ? find_cipher(str_from(argv[i], 1)) : NULL;

		if (cipher && !j->cipher)
			j->cipher = cipher;
		else if (str_is(argv[i], "-a") || str_is(argv[i], "-base64"))
			j->base64 = true;
		else if (str_is(argv[i], "-e") || str_is(argv[i], "-salt"))
			continue;
		else if (i + 1 == argc || !take_value(j, argv[i], argv[i + 1]))
			return false;
		else
			i++;
	}
	if (!j->cipher || !j->in.n || !j->out.n)
		return false;
	return j->password.n ? !j->key.p && !j->iv.p : !j->password.p && j->key.p && j->iv.p;
}

/* What EVP_BytesToKey makes of a password at one round: digests of the one before, it and salt. */
static void derive(struct arena *mem, const struct job *j, const unsigned char *salt,
		   unsigned char *key, unsigned char *iv)
{
	unsigned char made[KEY_MOST + BLOCK_MOST + DIGEST_MOST];
	size_t n = 0, size = j->digest->size;
	void *state = arena_alloc(mem, j->digest->state);

	while (n < j->cipher->key + j->cipher->block) {
		j->digest->begin(state);
		if (n)
			j->digest->update(state, made + n - size, size);
		j->digest->update(state, j->password.p, j->password.n);
		j->digest->update(state, salt, SALT);
		j->digest->end(state, made + n);
		n += size;
	}
	memcpy(key, made, j->cipher->key);
	memcpy(iv, made + j->cipher->key, j->cipher->block);
}

static void encrypt(const struct job *j, const unsigned char *key, unsigned char *iv,
		    unsigned char *p, size_t n)
{
	struct aes256_ctx a;
	struct des3_ctx d;

	if (j->cipher == &aes) {
		aes256_set_encrypt_key(&a, key);
		cbc_encrypt(&a, (nettle_cipher_func *)aes256_encrypt, AES_BLOCK_SIZE, iv, n, p, p);
	} else {
		des3_set_key(&d, key);
		cbc_encrypt(&d, (nettle_cipher_func *)des3_encrypt, DES_BLOCK_SIZE, iv, n, p, p);
	}
}

/* The N bytes of P in base64, in lines. */
static struct blob *in_lines(struct arena *mem, const unsigned char *p, size_t n)
{
	size_t piece = LINE / 4 * 3;
	struct buf b = buf_new(mem);
	char line[BASE64_ENCODE_RAW_LENGTH(LINE)];

	for (size_t at = 0; at < n; at += piece) {
		size_t part = n - at < piece ? n - at : piece;

		base64_encode_raw(line, part, p + at);
		buf_put(&b, line, BASE64_ENCODE_RAW_LENGTH(part));
		buf_char(&b, '\n');
	}
	return blob_copy(b.p, b.n);
}

/* Head, data and padding, encrypted; NULL: no memory. */
static struct blob *encrypted(struct arena *mem, const struct job *j, struct blob *data,
			      const unsigned char *key, unsigned char *iv,
			      const unsigned char *salt)
{
	size_t size = (size_t)blob_size(data), head = j->password.p ? 8 + SALT : 0;
	size_t pad = j->cipher->block - size % j->cipher->block;
	unsigned char *all = malloc(head + size + pad);
	struct blob *lines;

	if (!all)
		return NULL;
	if (head) {
		memcpy(all, "Salted__", 8);
		memcpy(all + 8, salt, SALT);
	}
	blob_read(data, 0, all + head, size);
	memset(all + head + size, (int)pad, pad);
	encrypt(j, key, iv, all + head, size + pad);
	if (!j->base64)
		return blob_adopt(all, head + size + pad);
	lines = in_lines(mem, all, head + size + pad);
	free(all);
	return lines;
}

static bool find_key(struct arena *mem, const struct job *j, unsigned char *key, unsigned char *iv,
		     unsigned char *salt)
{
	if (!j->password.p)
		return str_hex(j->key, key, j->cipher->key) &&
		       str_hex(j->iv, iv, j->cipher->block);
	if (getrandom(salt, SALT, 0) != SALT)
		return false;
	derive(mem, j, salt, key, iv);
	return true;
}

static int run(struct applet_cx *cx)
{
	unsigned char key[KEY_MOST], iv[BLOCK_MOST], salt[SALT];
	struct blob *data = NULL, *out;
	struct job j;
	int err;

	if (!read_words(cx->argv, cx->argc, &j) || str_eq(j.in, j.out) ||
	    !find_key(cx->mem, &j, key, iv, salt) ||
	    files_read(cx->files, applet_path(cx, j.in), &data) != 0)
		return applet_decline(cx);
	out = blob_size(data) == BLOB_ENDLESS ? NULL
					      : encrypted(cx->mem, &j, data, key, iv, salt);
	blob_unref(data);
	err = out ? files_write(cx->files, applet_path(cx, j.out), out) : -ENOMEM;
	blob_unref(out);
	if (err)
		return applet_decline(cx);
	if (j.password.p)
		stream_fmt(cx->err, "*** WARNING : deprecated key derivation used.\n"
				    "Using -iter or -pbkdf2 would be better.\n");
	return 0;
}

/* No salt by chance. */
static bool is_pure(const struct str *argv, size_t argc)
{
	struct job j;

	return read_words(argv, argc, &j) && !j.password.p;
}

static bool knows(struct arena *mem, const struct str *argv, size_t argc)
{
	struct job j;

	(void)mem;
	return read_words(argv, argc, &j);
}

const struct applet applet_openssl = {
	.name = "openssl",
	.help = help,
	.run = run,
	.pure = is_pure,
	.knows = knows,
};
