/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * xorimage: every byte of a file XORed with a pattern, over and over from the file's start.
 *
 *   -p PATTERN  its bytes (12345678)	-x  PATTERN is hexadecimal, at most 128 bytes
 *
 * The result has no mark of its own, so there is nothing to check. A byte that is not hexadecimal
 * is refused; the original takes whatever stood in memory for it. Source: firmware-utils.
 */
#include "firmware/internal.h"

#include <errno.h>

enum { HEX_MAX = 128 };

static const struct opt options[] = {
	{'i', NULL, OPT_VALUE, "FILE  input (standard input)"},
	{'o', NULL, OPT_VALUE, "FILE  output (standard output)"},
	{'p', NULL, OPT_VALUE, "PATTERN  (12345678)"},
	{'x', NULL, OPT_NONE, "PATTERN is hexadecimal"},
	{0, NULL, OPT_NONE, NULL},
};

struct job {
	struct firmware_run *run;
	struct str in, out, pattern;
	bool hex;
};

static const char usage[] =
	"\nUsage: xorimage [-i infile] [-o outfile] [-p <pattern>] [-x]\n";

/* The hexadecimal pattern as bytes. */
static int take_hex(struct job *j)
{
	struct buf bytes = buf_new(j->run->mem);
	uint64_t byte;

	if (j->pattern.n / 2 > HEX_MAX)
		return firmware_say(j->run, usage, "provided hex pattern is too long");
	if (j->pattern.n % 2)
		return firmware_say(j->run, usage, "the number of characters (hex) is incorrect");
	for (size_t i = 0; i < j->pattern.n; i += 2) {
		if (!str_number(str_sub(j->pattern, i, 2), 16, &byte))
			return firmware_say(j->run, usage, "invalid hex digit around %zu", i);
		buf_char(&bytes, (char)byte);
	}
	j->pattern = buf_view(&bytes);
	return 0;
}

/* DATA under the pattern, piece by piece. */
static struct blob *mask(const struct job *j, const struct blob *data)
{
	struct blob *image = blob_empty();
	struct buf piece = buf_new(j->run->mem);
	struct str span, key = j->pattern;
	uint64_t pos = 0;
	size_t k = 0;

	while (blob_next(data, &pos, &span)) {
		char *p;

		piece.n = 0;
		p = buf_room(&piece, span.n);
		for (size_t i = 0; i < span.n; i++, k = k + 1 == key.n ? 0 : k + 1)
			p[i] = (char)(span.p[i] ^ key.p[k]);
		firmware_join(&image, blob_copy(p, span.n));
	}
	return image;
}

static int write_out(struct job *j, struct blob *data)
{
	struct blob *image = mask(j, data);
	int err = j->out.p ? j->run->write(j->run, j->out, image) : j->run->output(j->run, image);

	blob_unref(data);
	blob_unref(image);
	if (err && !j->out.p) {
		buf_z(j->run->err, "fwrite error\n");
		return 1;
	}
	return err ? firmware_say(j->run, usage, "can not open \"%.*s\" for writing",
				  STR_ARG(j->out)) : 0;
}

static int build(struct job *j)
{
	struct blob *data = NULL;
	int err = 0, status;

	if (!j->in.p)
		data = blob_ref(j->run->input(j->run));
	else
		err = j->run->read(j->run, j->in, &data);
	if (err == -EISDIR) {
		buf_z(j->run->err, "fread error\n");
		return 1;
	}
	if (err)
		return firmware_say(j->run, usage, "can not open \"%.*s\" for reading",
				    STR_ARG(j->in));
	status = j->pattern.n == 0 ? firmware_say(j->run, usage, "pattern cannot be empty") :
		 j->hex		   ? take_hex(j) : 0;
	if (status == 0)
		return write_out(j, data);
	blob_unref(data);
	return status;
}

static int xorimage_run(struct firmware_run *run)
{
	struct job j = {.run = run, .pattern = S("12345678")};
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		switch (id) {
		case 'i': j.in = o.value; break;
		case 'o': j.out = o.value; break;
		case 'p': j.pattern = o.value; break;
		case 'x': j.hex = true; break;
		default: return -1;
		}
	}
	if (o.operands.n || run->argc < 2)
		return firmware_say(run, usage, "illegal arg \"%.*s\"",
			     STR_ARG(o.operands.n ? o.operands.p[0] : S("(null)")));
	return build(&j);
}

/* Until December 2018 there was no -x. */
static const struct firmware_mark since[] = {
    {.text = "[-x]"},
    {0},
};

const struct firmware firmware_xorimage = {
    .name = "xorimage",
    .help = "xorimage [-i FILE] [-o FILE] [-p PATTERN] [-x]\n",
    .write = xorimage_run,
    .since = since,
    .pure = true,
};
