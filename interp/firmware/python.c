/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the formats share whose tools are Python scripts of the tree: options as argparse takes
 * them, numbers as int(x, 0) reads them, bytes as print() shows them. Only what can be understood
 * in one way is: everything else is the script's own to do, or to complain about.
 */
#include "firmware/internal.h"

static const struct opt *option_called(const struct opt *options, struct str arg)
{
	for (const struct opt *o = options; o->id; o++)
		if (str_starts(arg, S("--")) && str_is(str_from(arg, 2), o->name))
			return o;
	return NULL;
}

bool python_options(struct firmware_run *run, const struct opt *options, struct tool_options *to)
{
	for (size_t i = 1; i < run->argc; i++) {
		struct str arg = run->argv[i];
		const struct opt *o = option_called(options, arg);

		if (!o) {
			if (str_starts(arg, S("-")))
				return false;
			*vec_push(run->mem, &to->operands) = arg;
		} else if (o->takes == OPT_NONE) {
			to->value[o->id] = S("");
		} else {
			if (++i == run->argc || str_starts(run->argv[i], S("-")))
				return false;
			to->value[o->id] = run->argv[i];
		}
	}
	return true;
}

bool python_number(struct str text, uint64_t most, uint64_t *out)
{
	bool hex = str_starts(text, S("0x")) || str_starts(text, S("0X"));
	struct str digits = hex ? str_from(text, 2) : text;
	uint64_t n;

	if (!str_number(digits, hex ? 16 : 10, &n) || n > most)
		return false;
	/* a zero in front would be an octal number in C, and is an error in Python */
	if (!hex && n && digits.p[0] == '0')
		return false;
	*out = n;
	return true;
}

bool python_option32(struct str text, uint32_t *out)
{
	uint64_t n;

	if (!text.p)
		return true;
	if (!python_number(text, UINT32_MAX, &n))
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] > 126)
			return false;
	return true;
}

bool python_text(struct str text)
{
	return text.n && is_ascii(text);
}

struct blob *python_read(struct firmware_run *run, struct str path)
{
	struct blob *b = NULL;

	if (!path.n || run->read(run, path, &b) != 0)
		return NULL;
	if (blob_size(b) <= UINT32_MAX)
		return b;
	blob_unref(b);
	return NULL;
}

int python_write(struct firmware_run *run, struct str path, struct blob *b)
{
	int err = path.n ? run->write(run, path, b) : -1;

	blob_unref(b);
	return err ? -1 : 0;
}

int python_write_behind(struct firmware_run *run, struct str path, const void *p, size_t n,
			struct blob *b)
{
	struct blob *all = blob_copy(p, n);

	firmware_join(&all, b);
	return python_write(run, path, all);
}

void python_put_bytes(struct buf *out, const unsigned char *bytes, size_t n)
{
	bool single = n && memchr(bytes, '\'', n), twice = n && memchr(bytes, '"', n);
	char quote = single && !twice ? '"' : '\'';

	buf_char(out, 'b');
	buf_char(out, quote);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = bytes[i];

		if (c == '\\' || c == quote)
			buf_fmt(out, "\\%c", c);
		else if (c == '\t' || c == '\n' || c == '\r')
			buf_z(out, c == '\t' ? "\\t" : c == '\n' ? "\\n" : "\\r");
		else if (c < ' ' || c > '~')
			buf_fmt(out, "\\x%02x", c);
		else
			buf_char(out, (char)c);
	}
	buf_char(out, quote);
}
