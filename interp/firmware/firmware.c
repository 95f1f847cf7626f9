/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every firmware format shares: the table of rows, reading and writing through a run's
 * callbacks, findings and fields, numbers in headers, and the examination of an unknown file.
 * It knows no format by name.
 */
#include "firmware/internal.h"

#include <string.h>

#include "base/path.h"

const struct firmware *const *firmware_all(void)
{
	return firmware_rows;
}

static bool has_alias(const struct firmware *f, struct str name)
{
	for (size_t i = 0; f->aliases && f->aliases[i]; i++) {
		if (str_is(name, f->aliases[i]))
			return true;
	}
	return false;
}

const struct firmware *firmware_find(struct str name)
{
	for (size_t i = 0; firmware_rows[i]; i++) {
		if (str_is(name, firmware_rows[i]->name) || has_alias(firmware_rows[i], name))
			return firmware_rows[i];
	}
	return NULL;
}

bool firmware_has_script(struct str name)
{
	for (size_t i = 0; firmware_rows[i]; i++)
		if (firmware_rows[i]->script && str_is(name, firmware_rows[i]->script))
			return true;
	return false;
}

const struct firmware *firmware_of_script(struct str sha256)
{
	for (size_t i = 0; firmware_rows[i]; i++)
		for (const char *const *t = firmware_rows[i]->texts; t && *t; t++)
			if (str_is(sha256, *t))
				return firmware_rows[i];
	return NULL;
}

struct str firmware_name(const struct firmware_run *run)
{
	return run->argc ? path_base(run->argv[0]) : S("");
}

int firmware_fail(struct firmware_run *run, const char *fmt, ...)
{
	struct str name = firmware_name(run);
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(run->mem, fmt, ap);
	va_end(ap);
	if (name.n)
		buf_fmt(run->err, "%.*s: ", STR_ARG(name));
	buf_str(run->err, text);
	buf_char(run->err, '\n');
	return 1;
}

int firmware_say(struct firmware_run *run, const char *end, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_str(run->err, str_vfmt(run->mem, fmt, ap));
	va_end(ap);
	buf_z(run->err, end);
	return 1;
}

int firmware_error(struct firmware_run *run, int status, const char *fmt, ...)
{
	struct str name = firmware_name(run);
	va_list ap;

	va_start(ap, fmt);
	struct str text = str_vfmt(run->mem, fmt, ap);
	va_end(ap);
	buf_fmt(run->err, "[%.*s] *** error: %.*s\n", STR_ARG(name), STR_ARG(text));
	return status;
}

struct blob *firmware_read(struct firmware_run *run, struct str path)
{
	struct blob *b = NULL;
	int err = run->read(run, path, &b);

	if (err) {
		firmware_fail(run, "%.*s: %s", STR_ARG(path), strerror(-err));
		return NULL;
	}
	return b;
}

void firmware_join(struct blob **to, struct blob *piece)
{
	if (!*to) {
		*to = piece;
		return;
	}
	struct blob *both = blob_cat(*to, piece);

	blob_unref(*to);
	blob_unref(piece);
	*to = both;
}

/* --- findings and fields --- */

static void find(struct firmware_view *v, bool bad, const char *fmt, va_list ap)
{
	*vec_push(v->mem, &v->findings) =
		(struct firmware_finding){.bad = bad, .text = str_vfmt(v->mem, fmt, ap)};
}

void firmware_good(struct firmware_view *v, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	find(v, false, fmt, ap);
	va_end(ap);
}

void firmware_bad(struct firmware_view *v, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	find(v, true, fmt, ap);
	va_end(ap);
}

void firmware_put_field(struct firmware_view *v, const char *name, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct str value = str_vfmt(v->mem, fmt, ap);
	va_end(ap);
	*vec_push(v->mem, &v->fields) =
		(struct firmware_field){.name = str_dup(v->mem, str_z(name)), .value = value};
}

size_t firmware_count_bad(const struct firmware_view *view)
{
	size_t n = 0;

	for (size_t i = 0; i < view->findings.n; i++)
		n += view->findings.p[i].bad;
	return n;
}

struct str firmware_text(struct firmware_view *v, const void *p, size_t n)
{
	const unsigned char *in = p;
	const unsigned char *nul = n ? memchr(in, 0, n) : NULL;
	size_t len = nul ? (size_t)(nul - in) : n;
	char *out = arena_alloc(v->mem, len + 1);

	for (size_t i = 0; i < len; i++)
		out[i] = in[i] >= 0x20 && in[i] < 0x7f ? (char)in[i] : '.';
	out[len] = 0;
	return (struct str){out, len};
}

static struct str hex(struct arena *mem, const unsigned char *p, size_t n)
{
	struct buf b = buf_new(mem);

	buf_z(&b, "");
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%02x", p[i]);
	return buf_view(&b);
}

void firmware_compare(struct firmware_view *v, const char *name, const unsigned char *stored,
		      const unsigned char *computed, size_t n)
{
	struct str is = hex(v->mem, stored, n), want = hex(v->mem, computed, n);

	if (memcmp(stored, computed, n) == 0)
		firmware_good(v, "%s %.*s", name, STR_ARG(is));
	else
		firmware_bad(v, "%s is %.*s, but the data gives %.*s", name, STR_ARG(is),
			     STR_ARG(want));
}

void firmware_compare32(struct firmware_view *v, const char *name, uint32_t stored,
			uint32_t computed)
{
	unsigned char a[4], b[4];

	put_be32(a, stored);
	put_be32(b, computed);
	firmware_compare(v, name, a, b, 4);
}

/* --- numbers --- */

void put_be16(unsigned char *p, uint16_t v)
{
	p[0] = (unsigned char)(v >> 8);
	p[1] = (unsigned char)v;
}

void put_be32(unsigned char *p, uint32_t v)
{
	put_be16(p, (uint16_t)(v >> 16));
	put_be16(p + 2, (uint16_t)v);
}

void put_be64(unsigned char *p, uint64_t v)
{
	put_be32(p, (uint32_t)(v >> 32));
	put_be32(p + 4, (uint32_t)v);
}

void put_le16(unsigned char *p, uint16_t v)
{
	p[0] = (unsigned char)v;
	p[1] = (unsigned char)(v >> 8);
}

void put_le32(unsigned char *p, uint32_t v)
{
	put_le16(p, (uint16_t)v);
	put_le16(p + 2, (uint16_t)(v >> 16));
}

void put_le64(unsigned char *p, uint64_t v)
{
	put_le32(p, (uint32_t)v);
	put_le32(p + 4, (uint32_t)(v >> 32));
}

uint16_t get_be16(const unsigned char *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

uint32_t get_be32(const unsigned char *p)
{
	return (uint32_t)get_be16(p) << 16 | get_be16(p + 2);
}

uint64_t get_be64(const unsigned char *p)
{
	return (uint64_t)get_be32(p) << 32 | get_be32(p + 4);
}

uint16_t get_le16(const unsigned char *p)
{
	return (uint16_t)(p[1] << 8 | p[0]);
}

uint32_t get_le32(const unsigned char *p)
{
	return (uint32_t)get_le16(p + 2) << 16 | get_le16(p);
}

uint64_t get_le64(const unsigned char *p)
{
	return (uint64_t)get_le32(p + 4) << 32 | get_le32(p);
}
