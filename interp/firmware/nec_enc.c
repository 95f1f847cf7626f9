/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nec-enc: a file under NEC's pattern: the bytes 1 to 251 over and over, each with a byte of the
 * key, over and over, too. Done twice it gives the file back. The result has no mark.
 * Source: firmware-utils.
 */
#include "firmware/nec_enc.h"

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

static const char usage[] = "\nUsage: nec-enc -i infile -o outfile -k <key>\n";

int nec_enc_read(struct firmware_run *run, const struct opt *known, const char *said,
		 struct tool_options *to, struct blob **data)
{
	int err;

	if (!tool_options(run, known, to) ||
	    (!to->operands.n && (!to->value['i'].p || !to->value['o'].p)))
		return -1;
	if (to->operands.n)
		return firmware_say(run, said, "illegal arg \"%.*s\"",
				    STR_ARG(to->operands.p[0]));
	err = run->read(run, to->value['i'], data);
	if (err == -EISDIR)
		return -1;
	return err ? firmware_say(run, said, "can not open input file: %s", strerror(-err)) : 0;
}

int nec_enc_write(struct firmware_run *run, const char *said, struct str path, struct blob *b)
{
	int err = tool_put(run, path, b);

	return err ? firmware_say(run, said, "can not open output file: %s", strerror(-err)) : 0;
}

/* NULL: no memory. */
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

/* The key is looked at when the output is there. */
static int nec_enc_run(struct firmware_run *run)
{
	struct tool_options o = {0};
	struct blob *data = NULL, *result;
	int status = nec_enc_read(run, options, usage, &o, &data);
	struct str key = o.value['k'];
	bool good = key.n > 0 && key.n <= KEY_MOST;

	if (status)
		return status;
	result = good ? encode(data, key) : blob_empty();
	blob_unref(data);
	status = result ? nec_enc_write(run, usage, o.value['o'], result) : -1;
	if (status || good)
		return status;
	return firmware_say(run, usage, key.p ? "key length is not in range (0,16)"
					      : "key is not specified");
}

const struct firmware firmware_nec_enc = {
	.name = "nec-enc",
	.help = "nec-enc -i FILE -o FILE -k KEY: encode or decode FILE\n",
	.write = nec_enc_run,
	.pure = true,
};
