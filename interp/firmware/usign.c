/* SPDX-License-Identifier: GPL-2.0-only */
/* usign: signs and verifies files by Ed25519 (usign.h has the files). Making a key needs chance:
 * that is left to the real one. */
#include "firmware/usign.h"

#include <errno.h>
#include <inttypes.h>
#include <nettle/base64.h>
#include <nettle/eddsa.h>
#include <string.h>

#include "firmware/internal.h"

/* As much of a file behind its first line as is looked at. */
enum { BODY_MOST = 510 };

static const char usage[] =
	"Usage: %.*s <command> <options>\n"
	"Commands:\n"
	"  -V:\t\t\tverify (needs at least -m and -p|-P)\n"
	"  -S:\t\t\tsign (needs at least -m and -s)\n"
	"  -F:\t\t\tprint key fingerprint of public/secret key or signature\n"
	"  -G:\t\t\tgenerate a new keypair (needs at least -p and -s)\n"
	"Options:\n"
	"  -c <comment>: \tadd comment to keys\n"
	"  -m <file>:\t\tmessage file\n"
	"  -p <file>:\t\tpublic key file (verify/fingerprint only)\n"
	"  -P <path>:\t\tpublic key directory (verify only)\n"
	"  -q:\t\t\tquiet (do not print verification result, use return code only)\n"
	"  -s <file>:\t\tsecret key file (sign/fingerprint only)\n"
	"  -x <file>:\t\tsignature file (defaults to <message file>.sig)\n"
	"\n";

static int say_usage(struct firmware_run *run)
{
	return firmware_say(run, "", usage, STR_ARG(run->argv[0]));
}

static int cannot_open(struct firmware_run *run, struct str path, const char *what)
{
	return firmware_say(run, "\n", "Cannot open file '%.*s' for %s", STR_ARG(path), what);
}

static int64_t decode(struct str text, unsigned char *out, size_t room)
{
	struct base64_decode_ctx state;
	uint8_t buf[BASE64_DECODE_LENGTH(BODY_MOST)];
	size_t n = sizeof(buf);

	base64_decode_init(&state);
	if (!base64_decode_update(&state, &n, buf, text.n, text.p) ||
	    !base64_decode_final(&state) || n > room)
		return -1;
	memcpy(out, buf, n);
	return (int64_t)n;
}

/* What stands in PATH as SIZE bytes. 0; 1: it is no such file; 2 after saying why it cannot be
 * read; -1: a folder. */
static int get(struct firmware_run *run, struct str path, unsigned char *out, size_t size)
{
	struct blob *b = NULL;
	int err = str_is(path, "-") ? -EISDIR : run->read(run, path, &b), status;
	struct str text;
	ptrdiff_t end;

	if (err == -EISDIR)
		return -1;
	if (err) {
		cannot_open(run, path, "reading");
		return 2;
	}
	text = blob_flat(run->mem, b);
	end = str_chr(text, '\n');
	if (end < 0) {
		firmware_say(run, "\n", "Premature end of file");
		status = 2;
	} else {
		text = str_sub(text, (size_t)end + 1, BODY_MOST);
		status = decode(text, out, size) == (int64_t)size ? 0 : 1;
	}
	blob_unref(b);
	return status;
}

static struct str fingerprint_text(struct firmware_run *run, const unsigned char *p)
{
	return str_fmt(run->mem, "%016" PRIx64, get_be64(p));
}

/* 0; 1 after saying why not, -1 to be declined. */
static int read_key(struct firmware_run *run, struct str path, unsigned char *key, size_t size,
		    const char *what)
{
	int got = get(run, path, key, size);

	if (got == 1 || (got == 0 && memcmp(key, "Ed", 2) != 0))
		return firmware_say(run, "\n", "Failed to decode %s", what);
	return got > 0 ? 1 : got;
}

static int put_signature(struct firmware_run *run, const struct tool_options *o, struct str path,
			 const unsigned char *sig)
{
	struct buf b = buf_new(run->mem);
	char text[BASE64_ENCODE_RAW_LENGTH(USIGN_SIGNATURE)];
	struct str comment = o->value['c'];

	base64_encode_raw(text, USIGN_SIGNATURE, sig);
	if (!comment.p)
		comment = str_cat(run->mem, S("signed by key "),
				  fingerprint_text(run, sig + USIGN_FINGERPRINT));
	buf_fmt(&b, "untrusted comment: %.*s\n", STR_ARG(comment));
	buf_str(&b, (struct str){text, sizeof(text)});
	buf_char(&b, '\n');
	if (str_is(path, "-")) {
		buf_str(run->out, buf_view(&b));
		return 0;
	}
	return tool_put(run, path, blob_copy(b.p, b.n)) ? cannot_open(run, path, "writing") : 0;
}

static int sign(struct firmware_run *run, const struct tool_options *o, struct str sigfile)
{
	unsigned char key[USIGN_SECRET], public[ED25519_KEY_SIZE], sig[USIGN_SIGNATURE] = "Ed";
	struct str path = o->value['m'], message;
	struct blob *b = NULL;
	int err = read_key(run, o->value['s'], key, sizeof(key), "secret key");

	if (err)
		return err;
	if (get_le32(key + USIGN_ROUNDS))
		return firmware_say(run, "\n", "Password protected secret keys are not supported");
	err = run->read(run, path, &b);
	if (err == -EISDIR)
		return -1;
	if (!err && blob_size(b) == 0) { /* that cannot be mapped */
		blob_unref(b);
		err = -EINVAL;
	}
	if (err)
		return firmware_say(run, "\n", "Cannot open message file: %s", strerror(-err));
	message = blob_flat(run->mem, b);
	memcpy(sig + USIGN_FINGERPRINT, key + USIGN_SECRET_FINGERPRINT, 8);
	ed25519_sha512_public_key(public, key + USIGN_SECRET_KEY);
	ed25519_sha512_sign(public, key + USIGN_SECRET_KEY, message.n, (const uint8_t *)message.p,
			    sig + USIGN_KEY);
	blob_unref(b);
	return put_signature(run, o, sigfile, sig);
}

static int verify(struct firmware_run *run, const struct tool_options *o, struct str sigfile)
{
	unsigned char sig[USIGN_SIGNATURE], key[USIGN_PUBLIC];
	struct str keyfile = o->value['p'], message;
	bool quiet = o->value['q'].p != NULL, good;
	struct blob *b = NULL;
	int err = str_is(o->value['m'], "-") ? -EISDIR : run->read(run, o->value['m'], &b);

	if (err == -EISDIR || quiet) /* quiet says less of files that are not there, too */
		return blob_unref(b), -1;
	if (err)
		return cannot_open(run, o->value['m'], "reading");
	message = blob_flat(run->mem, b);
	err = read_key(run, sigfile, sig, sizeof(sig), "signature");
	if (!err && !keyfile.p)
		keyfile = str_fmt(run->mem, "%.*s/%.*s", STR_ARG(o->value['P']),
				  STR_ARG(fingerprint_text(run, sig + USIGN_FINGERPRINT)));
	if (!err)
		err = read_key(run, keyfile, key, sizeof(key), "public key");
	good = !err && ed25519_sha512_verify(key + USIGN_KEY, message.n, (const uint8_t *)message.p,
					     sig + USIGN_KEY);
	blob_unref(b);
	if (err)
		return err;
	firmware_say(run, "\n", good ? "OK" : "verification failed");
	return !good;
}

static int fingerprint(struct firmware_run *run, const struct tool_options *o, struct str sigfile)
{
	static const struct kind {
		char option;
		size_t size, at;
	} kinds[] = {{'s', USIGN_SECRET, USIGN_SECRET_FINGERPRINT},
		     {'p', USIGN_PUBLIC, USIGN_FINGERPRINT},
		     {'x', USIGN_SIGNATURE, USIGN_FINGERPRINT}};
	unsigned char bytes[USIGN_SECRET];

	if ((o->value['s'].p != NULL) + (o->value['p'].p != NULL) + (sigfile.p != NULL) != 1) {
		firmware_say(run, "\n", "Need one secret/public key or signature");
		return say_usage(run);
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct str path =
		    kinds[i].option == 'x' ? sigfile : o->value[(unsigned char)kinds[i].option];
		int got = path.p ? get(run, path, bytes, kinds[i].size) : 1;

		if (got == 0) {
			buf_fmt(run->out, "%.*s\n",
				STR_ARG(fingerprint_text(run, bytes + kinds[i].at)));
			return 0;
		}
		if (got != 1)
			return got < 0 ? -1 : 1;
	}
	return 1;
}

static int usign_run(struct firmware_run *run)
{
	static const struct opt options[] = {
	    {'F', NULL, OPT_NONE, NULL},  {'G', NULL, OPT_NONE, NULL},
	    {'S', NULL, OPT_NONE, NULL},  {'V', NULL, OPT_NONE, NULL},
	    {'c', NULL, OPT_VALUE, NULL}, {'m', NULL, OPT_VALUE, NULL},
	    {'P', NULL, OPT_VALUE, NULL}, {'p', NULL, OPT_VALUE, NULL},
	    {'q', NULL, OPT_NONE, NULL},  {'s', NULL, OPT_VALUE, NULL},
	    {'x', NULL, OPT_VALUE, NULL}, {0, NULL, OPT_NONE, NULL},
	};
	struct tool_options o = {0};
	struct str message, sigfile;
	int commands;

	if (!tool_options(run, options, &o) || o.value['G'].p)
		return -1;
	message = o.value['m'];
	sigfile = o.value['x'];
	commands = (o.value['F'].p != NULL) + (o.value['S'].p != NULL) + (o.value['V'].p != NULL);
	if (commands > 1)
		return say_usage(run);
	if (!sigfile.p && message.p) {
		if (str_is(message, "-"))
			return firmware_say(run, "\n",
					    "Need signature file when reading message from stdin");
		sigfile = str_cat(run->mem, message, S(".sig"));
	}
	if (o.value['V'].p)
		return (o.value['p'].p || o.value['P'].p) && message.p ? verify(run, &o, sigfile)
								       : say_usage(run);
	if (o.value['S'].p)
		return o.value['s'].p && message.p && sigfile.p ? sign(run, &o, sigfile)
								: say_usage(run);
	return o.value['F'].p ? fingerprint(run, &o, sigfile) : say_usage(run);
}

/* A key or a signature of usign, by its size. */
static bool take(struct firmware_view *v, unsigned char *bytes, size_t *n)
{
	struct str text = firmware_bytes(v);
	ptrdiff_t end = str_chr(text, '\n');
	int64_t got;

	if (!str_starts(text, S("untrusted comment: ")) || end < 0 ||
	    text.n - (size_t)end > BODY_MOST)
		return false;
	got = decode(str_from(text, (size_t)end + 1), bytes, USIGN_SECRET);
	*n = got < 0 ? 0 : (size_t)got;
	return (got == USIGN_PUBLIC || got == USIGN_SIGNATURE || got == USIGN_SECRET) &&
	       memcmp(bytes, "Ed", 2) == 0;
}

static bool check(struct firmware_view *v)
{
	unsigned char bytes[USIGN_SECRET], public[ED25519_KEY_SIZE];
	size_t n;

	if (!take(v, bytes, &n))
		return false;
	v->extent = 0;
	if (n != USIGN_SECRET || get_le32(bytes + USIGN_ROUNDS))
		return true;
	ed25519_sha512_public_key(public, bytes + USIGN_SECRET_KEY);
	firmware_compare(v, "public half", bytes + USIGN_SECRET_KEY + ED25519_KEY_SIZE, public,
			 sizeof(public));
	return true;
}

static void show(struct firmware_view *v)
{
	struct str text = firmware_bytes(v);
	unsigned char bytes[USIGN_SECRET];
	size_t n;

	if (!take(v, bytes, &n))
		return;
	text = str_sub(text, S("untrusted comment: ").n,
		       (size_t)str_chr(text, '\n') - S("untrusted comment: ").n);
	firmware_put_field(v, "kind", "%s",
			   n == USIGN_PUBLIC   ? "public key"
			   : n == USIGN_SECRET ? "secret key"
					       : "signature");
	firmware_put_field(v, "comment", "%.*s", STR_ARG(firmware_text(v, text.p, text.n)));
	firmware_put_field(
	    v, "fingerprint", "%016" PRIx64,
	    get_be64(bytes + (n == USIGN_SECRET ? USIGN_SECRET_FINGERPRINT : USIGN_FINGERPRINT)));
}

const struct firmware firmware_usign = {
    .name = "usign",
    .format = "usign file",
    .help = "usign -S -m FILE -s SECRET [-x SIGNATURE] [-c COMMENT] | -V -m FILE -p KEY | -P "
	    "FOLDER [-x SIGNATURE] | -F ...\n",
    .write = usign_run,
    .check = check,
    .show = show,
    .magic = "untrusted comment: ",
    .n_magic = sizeof("untrusted comment: ") - 1,
    .pure = true,
};
