/* SPDX-License-Identifier: GPL-2.0-only */
/* What check found out about a file, as JSON: check_version 1 (imagemk(1), PARTS OF A FILE). */
#include "cli/check.h"

#include "image/devices.h"

static void put_member(struct buf *out, const char *name, struct str value)
{
	buf_fmt(out, "\"%s\": ", name);
	if (value.p)
		json_string(out, value);
	else
		buf_z(out, "null");
}

static void put_view(struct buf *out, const struct firmware_view *v)
{
	buf_z(out, "\"fields\": [");
	for (size_t i = 0; i < v->fields.n; i++) {
		buf_z(out, i ? ", {" : "{");
		put_member(out, "name", v->fields.p[i].name);
		buf_z(out, ", ");
		put_member(out, "value", v->fields.p[i].value);
		buf_char(out, '}');
	}
	buf_z(out, "], \"checks\": [");
	for (size_t i = 0; i < v->findings.n; i++) {
		buf_fmt(out, "%s\"good\": %s, ", i ? ", {" : "{",
			v->findings.p[i].bad ? "false" : "true");
		put_member(out, "text", v->findings.p[i].text);
		buf_char(out, '}');
	}
	buf_z(out, "]");
}

static void put_parts(struct buf *out, const struct firmware_piece *of, int indent)
{
	static const char *const kinds[] = {[FIRMWARE_FORMAT] = "format",
					    [FIRMWARE_UNKNOWN] = "unknown",
					    [FIRMWARE_PADDING] = "padding"};

	buf_z(out, "\"parts\": [");
	for (const struct firmware_piece *p = of->inside; p; p = p->next) {
		buf_fmt(out, "\n%*s{", indent, "");
		put_member(out, "name", p->name);
		buf_fmt(out,
			", \"offset\": %llu, \"size\": %zu, \"unpacked\": %s, \"kind\": \"%s\", ",
			(unsigned long long)p->offset, p->bytes.n, p->unpacked ? "true" : "false",
			kinds[p->kind]);
		put_member(out, "format", str_z(p->row ? p->row->format : NULL));
		if (p->kind == FIRMWARE_PADDING)
			buf_fmt(out, ", \"byte\": %u", (unsigned char)p->bytes.p[0]);
		buf_fmt(out, ", \"bad\": %zu,\n%*s", firmware_piece_bad(p), indent + 1, "");
		put_view(out, &p->view);
		buf_z(out, ", ");
		put_parts(out, p, indent + 2);
		buf_z(out, p->next ? "}," : "}");
	}
	buf_z(out, "]");
}

void check_json(struct buf *out, const struct firmware_piece *top, enum check_verdict verdict,
		const char *left_out)
{
	static const char *const verdicts[] = {[CHECK_GOOD] = "good",
					       [CHECK_UNKNOWN] = "unknown",
					       [CHECK_BAD] = "bad",
					       [CHECK_UNREAD] = "unread"};

	buf_z(out, "    {");
	put_member(out, "name", top->name);
	buf_fmt(out, ", \"size\": %zu, \"verdict\": \"%s\", ", top->bytes.n, verdicts[verdict]);
	put_member(out, "format", str_z(top->row ? top->row->format : NULL));
	buf_fmt(out, ", \"bad\": %zu, ", firmware_piece_bad(top));
	put_member(out, "left_out", str_z(left_out));
	buf_z(out, ",\n     ");
	put_view(out, &top->view);
	buf_z(out, ", ");
	put_parts(out, top, 6);
	buf_z(out, "}");
}

void check_json_unread(struct buf *out, struct str path, const char *why)
{
	buf_z(out, "    {");
	put_member(out, "name", path);
	buf_z(out, ", \"verdict\": \"unread\", ");
	put_member(out, "error", str_z(why));
	buf_z(out, "}");
}
