/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ucert: a chain of certificates, blobs of libubox one behind the other (big endian). Source:
 * ucert, libubox.
 *
 *  0 4  number (7 bits from bit 24 on), length with this word (24 bits); bit 31: its data is a
 * blobmsg 4    data, padded with NULs to a multiple of 4 behind the length
 *
 * Each certificate is a blob 0 that holds a blob 0, a signature as a file of usign, and, but for
 * the last one, a blob 1, what is signed by it. Only appending a signature is done here, as recipes
 * do; keys and times are the real one's.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"

/* SIGNATURE_MOST: of its buffer. */
enum { HEAD = 4, SIGNATURE_LEAST = 64, SIGNATURE_MOST = 4095, LENGTH = 0xffffff };

static size_t padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static int append(struct firmware_run *run, struct str path, struct blob *signature)
{
	size_t n = (size_t)blob_size(signature), all = 2 * HEAD + padded(n);
	unsigned char *p = arena_zalloc(run->mem, all, 1);
	struct blob *cert = NULL;
	int err = run->read(run, path, &cert);

	if (err == -EISDIR)
		return -1;
	put_be32(p, (uint32_t)all);
	put_be32(p + HEAD, (uint32_t)(HEAD + n));
	blob_read(signature, 0, p + 2 * HEAD, n);
	firmware_join(&cert, blob_copy(p, all));
	/* It ends with 1 when it could write, and with 0 when it could not. */
	return tool_put(run, path, cert) ? 0 : 1;
}

static int ucert_run(struct firmware_run *run)
{
	static const struct opt options[] = {
	    {'A', NULL, OPT_NONE, NULL},
	    {'c', NULL, OPT_VALUE, NULL},
	    {'x', NULL, OPT_VALUE, NULL},
	    {0, NULL, OPT_NONE, NULL},
	};
	struct tool_options o = {0};
	struct blob *signature = NULL;
	int err;

	/* -A must be the first: the others look whether it was there. */
	if (run->argc < 2 || !str_is(run->argv[1], "-A") || !tool_options(run, options, &o) ||
	    !o.value['c'].p || !o.value['x'].p || o.operands.n)
		return -1;
	err = run->read(run, o.value['x'], &signature);
	if (err == -EISDIR)
		return -1;
	if (!err &&
	    (blob_size(signature) < SIGNATURE_LEAST || blob_size(signature) > SIGNATURE_MOST)) {
		err = blob_size(signature) < SIGNATURE_LEAST ? -EINVAL : -EOVERFLOW;
		blob_unref(signature);
	}
	if (err)
		return firmware_say(run, "\n", "Unable to load signature file: %s", strerror(-err));
	err = append(run, o.value['c'], signature);
	blob_unref(signature);
	return err;
}

/*
 * The blob at OFFSET of S: its number and data; false: there is none. *NEXT: where the next one is.
 */
static bool blob_at(struct str s, size_t offset, unsigned *number, struct str *data, size_t *next)
{
	uint32_t head;
	size_t n;

	if (offset > s.n || s.n - offset < HEAD)
		return false;
	head = get_be32((const unsigned char *)s.p + offset);
	n = head & LENGTH;
	if (n < HEAD || n > s.n - offset)
		return false;
	*number = head >> 24 & 0x7f;
	*data = str_sub(s, offset + HEAD, n - HEAD);
	*next = offset + padded(n);
	return true;
}

/* How many certificates S is; 0: it is no chain. */
static size_t chain_length(struct str s)
{
	size_t at = 0, n = 0, next, inner;
	struct str cert, part;
	unsigned number;

	for (; at < s.n; at = next, n++)
		if (!blob_at(s, at, &number, &cert, &next) || number != 0 ||
		    !blob_at(cert, 0, &number, &part, &inner) || number != 0 ||
		    !str_starts(part, S("untrusted comment: ")))
			return 0;
	return n;
}

static bool check(struct firmware_view *v)
{
	size_t n = chain_length(firmware_bytes(v));

	if (n)
		firmware_good(v, "%.*s", STR_ARG(str_count(v->mem, n, "certificate")));
	v->extent = 0;
	return n > 0;
}

static void show(struct firmware_view *v)
{
	firmware_put_field(v, "certificates", "%zu", chain_length(firmware_bytes(v)));
}

/* The signatures, and what each signs. */
static void parts(struct firmware_view *v)
{
	struct str s = firmware_bytes(v), cert, part;
	size_t at = 0, next, inner, after;
	unsigned number;

	for (; at < s.n && blob_at(s, at, &number, &cert, &next); at = next)
		for (inner = 0; blob_at(cert, inner, &number, &part, &after); inner = after)
			firmware_put_part(v, number ? S("payload") : S("signature"),
					  (uint64_t)(part.p - s.p), part.n);
}

const struct firmware firmware_ucert = {
	.name = "ucert",
	.format = "ucert chain",
	.help = "ucert -A -c CERTIFICATE -x SIGNATURE: append a signature\n",
	.write = ucert_run,
	.check = check,
	.show = show,
	.parts = parts,
	.pure = true,
};
