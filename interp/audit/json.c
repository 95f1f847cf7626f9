/* SPDX-License-Identifier: GPL-2.0-only */
/* Findings as JSON: our own form, and SARIF 2.1.0 (OASIS standard). */
#include "audit/internal.h"

static void put_strings(struct buf *out, const struct strs *names)
{
	buf_char(out, '[');
	for (size_t i = 0; i < names->n; i++) {
		if (i)
			buf_z(out, ", ");
		json_string(out, names->p[i]);
	}
	buf_char(out, ']');
}

static void put_key(struct buf *out, const char *key, struct str value)
{
	buf_fmt(out, "\"%s\": ", key);
	json_string(out, value);
}

static void put_place(struct buf *out, struct place at)
{
	if (!at.file.n) {
		buf_z(out, "null");
		return;
	}
	buf_char(out, '{');
	put_key(out, "file", at.file);
	if (at.line)
		buf_fmt(out, ", \"line\": %u", at.line);
	buf_char(out, '}');
}

/* The whole line before and behind it; NEW null: the line goes away. */
static void put_fix(struct buf *out, const struct fix *fix)
{
	buf_z(out, ",\n     \"fix\": {\"place\": ");
	put_place(out, fix->at);
	buf_z(out, ", ");
	put_key(out, "old", fix->line);
	buf_z(out, ", ");
	if (fix->drop) {
		buf_z(out, "\"new\": null}");
		return;
	}
	put_key(out, "new",
		str_fmt(out->mem, "%.*s%.*s%.*s", (int)fix->from, fix->line.p, STR_ARG(fix->text),
			STR_ARG(str_from(fix->line, fix->from + fix->n))));
	buf_char(out, '}');
}

static void put_finding(struct buf *out, const struct finding *f)
{
	buf_z(out, "    {");
	put_key(out, "rule", str_z(f->rule->id));
	buf_z(out, ", ");
	put_key(out, "severity", str_z(severity_name(f->severity)));
	buf_z(out, ", \"place\": ");
	put_place(out, f->at);
	buf_z(out, ",\n     ");
	put_key(out, "message", f->message);
	if (f->instead.n) {
		buf_z(out, ",\n     ");
		put_key(out, "instead", f->instead);
	}
	if (f->fix.at.file.n)
		put_fix(out, &f->fix);
	buf_z(out, ",\n     \"targets\": ");
	put_strings(out, &f->targets);
	buf_z(out, ", \"devices\": ");
	put_strings(out, &f->devices);
	buf_z(out, ",\n     \"calls\": [");
	for (size_t i = 0; i < f->steps.n; i++) {
		buf_z(out, i ? ", {" : "{");
		put_key(out, "what", f->steps.p[i].what);
		buf_z(out, ", \"place\": ");
		put_place(out, f->steps.p[i].at);
		buf_char(out, '}');
	}
	buf_z(out, "]}");
}

void findings_json(const struct findings *all, struct str tree, struct buf *out)
{
	buf_z(out, "{\n  \"audit_version\": 1,\n  ");
	put_key(out, "tree", tree);
	buf_z(out, ",\n  \"findings\": [");
	for (size_t i = 0; i < all->n; i++) {
		buf_z(out, i ? ",\n" : "\n");
		put_finding(out, all->p[i]);
	}
	buf_z(out, all->n ? "\n  ]\n}\n" : "]\n}\n");
}

/* --- SARIF --- */

static void put_rule(struct buf *out, const struct rule *r)
{
	buf_z(out, "          {");
	put_key(out, "id", str_z(r->id));
	buf_z(out, ", \"shortDescription\": {");
	put_key(out, "text", str_z(r->finds));
	buf_z(out, "},\n           \"fullDescription\": {");
	put_key(out, "text", str_z(r->why));
	buf_fmt(out, "},\n           \"defaultConfiguration\": {\"level\": \"%s\"}}",
		severity_name(r->severity));
}

static size_t number_of(const struct rule *rule)
{
	size_t n = 0;

	while (rule_rows[n] != rule)
		n++;
	return n;
}

/* What a URI does not take as it is. */
static void put_uri(struct buf *out, struct str path)
{
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c <= ' ' || c >= 0x7f || c == '%' || c == '"' || c == '\\' || c == '#' ||
		    c == '?' || c == '<' || c == '>')
			buf_fmt(out, "%%%02X", c);
		else
			buf_char(out, (char)c);
	}
}

static void put_location(struct buf *out, struct place at)
{
	buf_z(out, "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"");
	put_uri(out, at.file);
	buf_z(out, "\", \"uriBaseId\": \"TREE\"}");
	if (at.line)
		buf_fmt(out, ", \"region\": {\"startLine\": %u}", at.line);
	buf_z(out, "}}");
}

/* Columns from 1, in units of UTF-16, of byte AT of LINE. */
static unsigned column(struct str line, size_t at)
{
	unsigned n = 1;

	for (size_t i = 0; i < at && i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];

		n += (c & 0xc0) != 0x80;
		n += c >= 0xf0;
	}
	return n;
}

static void put_replacement(struct buf *out, const struct fix *fix)
{
	buf_z(out,
	      ",\n         \"fixes\": [{\"artifactChanges\": [{\"artifactLocation\": {\"uri\": \"");
	put_uri(out, fix->at.file);
	buf_fmt(out,
		"\", \"uriBaseId\": \"TREE\"}, \"replacements\": [{\"deletedRegion\": "
		"{\"startLine\": %u, \"startColumn\": ",
		fix->at.line);
	if (fix->drop)
		buf_fmt(out, "1, \"endLine\": %u, \"endColumn\": 1}", fix->at.line + 1);
	else
		buf_fmt(out, "%u, \"endColumn\": %u}, \"insertedContent\": {",
			column(fix->line, fix->from), column(fix->line, fix->from + fix->n));
	if (!fix->drop) {
		put_key(out, "text", fix->text);
		buf_char(out, '}');
	}
	buf_z(out, "}]}]}]");
}

static void put_result(struct buf *out, const struct finding *f, struct arena *mem)
{
	struct str text = f->message;

	if (f->devices.n == 1)
		text = str_fmt(mem, "%.*s (%.*s)", STR_ARG(text), STR_ARG(f->devices.p[0]));
	else if (f->devices.n)
		text = str_fmt(mem, "%.*s (%.*s and %zu more)", STR_ARG(text),
			       STR_ARG(f->devices.p[0]), f->devices.n - 1);
	if (f->instead.n)
		text = str_fmt(mem, "%.*s. Instead: %.*s", STR_ARG(text), STR_ARG(f->instead));
	buf_z(out, "        {");
	put_key(out, "ruleId", str_z(f->rule->id));
	buf_fmt(out, ", \"ruleIndex\": %zu, \"level\": \"%s\",\n         \"message\": {",
		number_of(f->rule), severity_name(f->severity));
	put_key(out, "text", text);
	buf_z(out, "},\n         \"locations\": [");
	if (f->at.file.n)
		put_location(out, f->at);
	buf_char(out, ']');
	if (f->fix.at.file.n)
		put_replacement(out, &f->fix);
	buf_char(out, '}');
}

void findings_sarif(const struct findings *all, struct buf *out)
{
	buf_z(out, "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  "
		   "\"version\": \"2.1.0\",\n"
		   "  \"runs\": [\n    {\n      \"tool\": {\"driver\": {\"name\": \"imagemk\", "
		   "\"version\": \"" IMAGEMK_VERSION "\",\n        \"rules\": [\n");
	for (size_t i = 0; rule_rows[i]; i++) {
		if (i)
			buf_z(out, ",\n");
		put_rule(out, rule_rows[i]);
	}
	buf_z(out,
	      "\n        ]}},\n      \"columnKind\": \"utf16CodeUnits\",\n      \"results\": [");
	for (size_t i = 0; i < all->n; i++) {
		buf_z(out, i ? ",\n" : "\n");
		put_result(out, all->p[i], out->mem);
	}
	buf_z(out, all->n ? "\n      ]\n    }\n  ]\n}\n" : "]\n    }\n  ]\n}\n");
}
