/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the small format tools share: plain option lists, files read and written with the words that
 * many of them have for it, numbers and names in headers, the sums they use.
 */
#include "firmware/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "digest/digest.h"

bool tool_options(struct firmware_run *run, const struct opt *options, struct tool_options *to)
{
	struct opts o = opts_begin(run->mem, options, run->argv, run->argc, false);
	int id;

	while ((id = opts_next(&o)) != OPTS_END) {
		if (id == OPTS_ERROR || id == 'h')
			return false;
		to->value[id] = o.value.p ? o.value : S("");
	}
	to->operands = o.operands;
	return true;
}

bool tool_number(struct firmware_run *run, struct str text, uint32_t *out)
{
	const char *z = str_cz(run->mem, text);
	char *end;
	unsigned long v;

	errno = 0;
	v = strtoul(z, &end, 0);
	if (errno || end == z || *end)
		return false;
	*out = (uint32_t)v;
	return true;
}

uint32_t tool_any_number(struct firmware_run *run, struct str text)
{
	return (uint32_t)strtoul(str_cz(run->mem, text), NULL, 0);
}

bool tool_any_whole(struct firmware_run *run, struct str text, uint32_t *out)
{
	char *z = str_cz(run->mem, text), *end;

	*out = (uint32_t)strtoul(z, &end, 0);
	return end != z && !*end;
}

int tool_read(struct firmware_run *run, struct str path, const char *before, const char *after,
	      struct blob **out)
{
	int err = run->read(run, path, out);

	if (err == -ENOENT || err == -ENOTDIR)
		return firmware_error(run, 1, "stat failed on %.*s%s%s%s", STR_ARG(path), before,
				      strerror(-err), after);
	return err ? -1 : 0;
}

const void *tool_find_row(const void *rows, size_t n, size_t size, struct str name)
{
	for (const char *row = rows; n--; row += size) {
		const char *called = *(const char *const *)(const void *)row;

		if (strlen(called) == name.n && strncasecmp(called, name.p, name.n) == 0)
			return row;
	}
	return NULL;
}

int tool_need_files(struct firmware_run *run, const struct str *value)
{
	if (!value['i'].p)
		return firmware_error(run, 1, "no input file specified");
	return value['o'].p ? 0 : firmware_error(run, 1, "no output file specified");
}

int tool_read_input(struct firmware_run *run, const struct str *value, struct blob **out)
{
	int status = tool_need_files(run, value);

	return status ? status : tool_read(run, value['i'], ": ", "", out);
}

int tool_write(struct firmware_run *run, struct str path, const char *before, const char *after,
	       struct blob *b)
{
	int err = run->write(run, path, b);

	blob_unref(b);
	if (err)
		firmware_error(run, 1, "could not open \"%.*s\" for writing%s%s%s", STR_ARG(path),
			       before, strerror(-err), after);
	return err ? 1 : 0;
}

int tool_put(struct firmware_run *run, struct str path, struct blob *b)
{
	int err = run->write(run, path, b);

	blob_unref(b);
	return err;
}

int tool_overwrite(struct firmware_run *run, struct str path, struct blob *b)
{
	struct blob *old = NULL, *patched;

	if (run->read(run, path, &old) == 0 && blob_size(old) > blob_size(b)) {
		patched = blob_patch(old, 0, b);
		blob_unref(b);
		b = patched;
	}
	blob_unref(old);
	return tool_put(run, path, b);
}

void tool_put_text(unsigned char *p, size_t room, struct str text)
{
	size_t n = text.n < room ? text.n : room;

	if (n)
		memcpy(p, text.p, n);
	memset(p + n, 0, room - n);
}

void tool_show_texts(struct firmware_view *v, const unsigned char *header,
		     const struct tool_text *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str text = firmware_text(v, header + texts[i].at, texts[i].room);

		if (text.n)
			firmware_put_field(v, texts[i].name, "%.*s", STR_ARG(text));
	}
}

void tool_put_lines(struct firmware_view *v, struct str text)
{
	struct str line;

	while (str_split(&text, '\n', &line)) {
		ptrdiff_t colon = str_chr(line, ':');
		struct str name, value;

		if (colon < 0)
			continue;
		name = firmware_text(v, line.p, (size_t)colon);
		value = firmware_text(v, line.p + colon + 1, line.n - (size_t)colon - 1);
		firmware_put_field(v, name.p, "%.*s", STR_ARG(value));
	}
}

void tool_check_size(struct firmware_view *v, uint64_t says, size_t is)
{
	if (is < says)
		firmware_bad(v, "the header says %llu bytes, there are %zu",
			     (unsigned long long)says, is);
}

size_t tool_check_crcs(struct firmware_view *v, const struct tool_crcs *at)
{
	struct str image = firmware_bytes(v), data;
	struct str header = str_dup(v->mem, str_sub(image, 0, at->size));
	unsigned char *h = (unsigned char *)header.p;
	uint32_t crc = get_be32(h + at->crc), n = get_be32(h + at->data);

	put_be32(h + at->crc, 0);
	firmware_compare32(v, "header CRC", crc, digest_crc32(0, h, at->size));
	data = str_sub(image, at->size, n);
	tool_check_size(v, n, data.n);
	firmware_compare32(v, "data CRC", get_be32(h + at->data_crc),
			   digest_crc32(0, data.p, data.n));
	return data.n;
}

uint32_t tool_byte_sum(const void *p, size_t n)
{
	const unsigned char *in = p;
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += in[i];
	return sum;
}

uint16_t tool_crc16(uint16_t crc, const void *p, size_t n)
{
	/* the remainder of each value of four bits by x^16 + x^12 + x^5 + 1 */
	static const uint16_t table[16] = {
		0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7,
		0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad, 0xe1ce, 0xf1ef,
	};
	const unsigned char *in = p;

	for (size_t i = 0; i < n; i++) {
		crc = (uint16_t)(crc << 4 ^ table[crc >> 12 ^ in[i] >> 4]);
		crc = (uint16_t)(crc << 4 ^ table[crc >> 12 ^ (in[i] & 15)]);
	}
	return crc;
}

uint16_t zynos_checksum(const void *p, size_t n)
{
	const unsigned char *in = p;
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i += 2) {
		sum += (uint32_t)in[i] << 8 | (i + 1 < n ? in[i + 1] : 0);
		if (sum > 0xffff)
			sum = (sum + 1) & 0xffff;
	}
	return (uint16_t)sum;
}

uint32_t tool_crc32_bare(const void *p, size_t n)
{
	return ~digest_crc32(UINT32_MAX, p, n);
}

uint32_t tool_crc32_bare_blob(const struct blob *b)
{
	return ~digest_crc32_blob(UINT32_MAX, b);
}

uint32_t tool_byte_sum_blob(const struct blob *b, uint64_t offset)
{
	uint64_t pos = 0, at = 0;
	uint32_t sum = 0;
	struct str span;

	while (blob_next(b, &pos, &span)) {
		uint64_t skip = at < offset ? offset - at : 0;

		if (skip < span.n)
			sum += tool_byte_sum(span.p + skip, span.n - (size_t)skip);
		at += span.n;
	}
	return sum;
}

bool tool_field(struct str field, struct str *text)
{
	size_t n = 0;

	while (n < field.n && field.p[n] >= ' ' && field.p[n] <= '~')
		n++;
	*text = str_sub(field, 0, n);
	for (size_t i = n; i < field.n; i++)
		if (field.p[i])
			return false;
	return true;
}

bool tool_decimal_field(struct str field, uint64_t *number)
{
	struct str text;

	return tool_field(field, &text) && str_number(text, 10, number);
}
