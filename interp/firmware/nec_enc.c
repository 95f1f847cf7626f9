/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nec-enc: a file under NEC's pattern: the bytes 1 to 251 over and over, each with a byte of the
 * key, over and over, too. Done twice it gives the file back. The result has no mark.
 * Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_MOST = 16, PATTERN = 251 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input"},
	{'o', NULL, OPT_VALUE, "FILE  output"},
	{'k', NULL, OPT_VALUE, "KEY  1 to 16 bytes"},
	{0, NULL, OPT_NONE, NULL},
};

static int fail(struct firmware_run *run, struct str why)
{
	return firmware_say(run, "\nUsage: nec-enc -i infile -o outfile -k <key>\n", "%.*s",
			    STR_ARG(why));
}

static struct blob *encode(const struct blob *data, struct str key)
{
	size_t n = blob_size(data);
	unsigned char *p = malloc(n ? n : 1);

	if (!p)
		return NULL;
	blob_read(data, 0, p, n);
	for (size_t i = 0; i < n; i++)
		p[i] ^= (unsigned char)(i % PATTERN + 1) ^ (unsigned char)key.p[i % key.n];
	return blob_adopt(p, n);
}

static int nec_enc_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	bool known = tool_options(run, options, &o), good;
	struct str key = o.value['k'];
	struct blob *data = NULL, *result;
	int err;

	if (!known || (!o.operands.n && (!o.value['i'].p || !o.value['o'].p)))
		return -1;
	if (o.operands.n)
		return fail(run,
			    str_fmt(run->mem, "illegal arg \"%.*s\"", STR_ARG(o.operands.p[0])));
	err = run->read(run, o.value['i'], &data);
	if (err == -EISDIR)
		return -1;
	if (err)
		return fail(run, str_fmt(run->mem, "can not open input file: %s", strerror(-err)));
	good = key.n > 0 && key.n <= KEY_MOST;
	result = good ? encode(data, key) : blob_empty();
	blob_unref(data);
	err = result ? tool_put(run, o.value['o'], result) : -ENOMEM;
	if (err)
		return fail(run, str_fmt(run->mem, "can not open output file: %s", strerror(-err)));
	if (!key.p)
		return fail(run, S("key is not specified"));
	return good ? 0 : fail(run, S("key length is not in range (0,16)"));
}

const struct firmware firmware_nec_enc = {
	.name = "nec-enc",
	.help = "nec-enc -i FILE -o FILE -k KEY: encode or decode FILE\n",
	.write = nec_enc_run,
	.pure = true,
};
