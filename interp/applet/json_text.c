/* SPDX-License-Identifier: GPL-2.0-only */
/* Writes JSON as python does: ASCII only, whole numbers without a point, keys sorted if asked. */
#include "applet/json_text.h"

/* How many bytes the UTF-8 character at P has (at most N); 0 when it is none. */
static size_t utf8_length(const unsigned char *p, size_t n, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t size = p[0] < 0x80	? 1
		      : p[0] >> 5 == 6	? 2
		      : p[0] >> 4 == 14 ? 3
		      : p[0] >> 3 == 30 ? 4
					: 0;

	if (size == 0 || size > n)
		return 0;
	*code = size == 1 ? p[0] : p[0] & (0xffu >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		*code = *code << 6 | (p[i] & 0x3f);
	}
	if (size > 1 && (*code < least[size] || *code > 0x10ffff || *code >> 11 == 0x1b))
		return 0;
	return size;
}

static void put_code(struct buf *out, uint32_t code)
{
	static const char letters[] = "\b\t\n\f\r\"\\", escapes[] = "btnfr\"\\";
	const char *at = code && code < 128 ? strchr(letters, (int)code) : NULL;

	if (at) {
		buf_char(out, '\\');
		buf_char(out, escapes[at - letters]);
	} else if (code >= ' ' && code < 127) {
		buf_char(out, (char)code);
	} else if (code < 0x10000) {
		buf_fmt(out, "\\u%04x", (unsigned)code);
	} else {
		code -= 0x10000;
		buf_fmt(out, "\\u%04x\\u%04x", (unsigned)(0xd800 | code >> 10),
			(unsigned)(0xdc00 | (code & 0x3ff)));
	}
}

void json_put_string(struct buf *out, struct str text)
{
	const unsigned char *p = (const unsigned char *)text.p;

	if (!text.p) {
		buf_z(out, "null");
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < text.n;) {
		uint32_t code = 0;
		size_t n = utf8_length(p + i, text.n - i, &code);

		put_code(out, n ? code : 0xdc00u | p[i]);
		i += n ? n : 1;
	}
	buf_char(out, '"');
}

static bool put_object(struct buf *out, const cJSON *v, bool sorted)
{
	VEC(const cJSON *) items = {0};
	bool ok = true;

	for (const cJSON *c = v->child; c; c = c->next) {
		size_t k;

		vec_push(out->mem, &items);
		for (k = items.n - 1;
		     sorted && k > 0 && strcmp(items.p[k - 1]->string, c->string) > 0; k--)
			items.p[k] = items.p[k - 1];
		items.p[k] = c;
	}
	buf_char(out, '{');
	for (size_t i = 0; i < items.n && ok; i++) {
		if (sorted && i && strcmp(items.p[i - 1]->string, items.p[i]->string) == 0)
			return false;
		if (i)
			buf_char(out, ',');
		json_put_string(out, str_z(items.p[i]->string));
		buf_char(out, ':');
		ok = json_put_value(out, items.p[i], sorted);
	}
	buf_char(out, '}');
	return ok;
}

bool json_put_value(struct buf *out, const cJSON *v, bool sorted)
{
	bool ok = true;

	if (cJSON_IsObject(v))
		return put_object(out, v, sorted);
	if (cJSON_IsArray(v)) {
		buf_char(out, '[');
		for (const cJSON *c = v->child; c && ok; c = c->next) {
			ok = json_put_value(out, c, sorted);
			buf_z(out, c->next ? "," : "");
		}
		buf_char(out, ']');
	} else if (cJSON_IsString(v)) {
		json_put_string(out, str_z(v->valuestring));
	} else if (cJSON_IsNumber(v)) {
		ok = v->valuedouble > -9e15 && v->valuedouble < 9e15 &&
		     v->valuedouble == (double)(long long)v->valuedouble;
		buf_fmt(out, "%lld", ok ? (long long)v->valuedouble : 0);
	} else {
		buf_z(out, cJSON_IsNull(v) ? "null" : cJSON_IsTrue(v) ? "true" : "false");
	}
	return ok;
}

cJSON *json_read(struct arena *mem, struct str text)
{
	cJSON *v = cJSON_ParseWithLength(text.p, text.n);
	struct buf again = buf_new(mem);

	if (v && json_put_value(&again, v, false) && str_eq(buf_view(&again), text))
		return v;
	cJSON_Delete(v);
	return NULL;
}

bool json_plain(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((text.p[i] < ' ' && text.p[i] != '\t' && text.p[i] != '\n') || text.p[i] > '~')
			return false;
	return true;
}

bool json_as(struct applet_cx *cx, struct str *sha256)
{
	struct str *argv;

	if (cx->argc != 4 || !str_is(cx->argv[1], "--as"))
		return false;
	*sha256 = cx->argv[2];
	argv = arena_array(cx->mem, struct str, 2);
	argv[0] = cx->argv[0];
	argv[1] = cx->argv[3];
	cx->argv = argv;
	cx->argc = 2;
	return true;
}

const cJSON *json_member(const cJSON *v, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(v, name);
}
