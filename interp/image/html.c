/* SPDX-License-Identifier: GPL-2.0-only */
/* What all pages have in common (html.h): escaping, head, style. */
#include "image/html.h"

void html_text(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '&')
			buf_z(out, "&amp;");
		else if (c == '<')
			buf_z(out, "&lt;");
		else if (c == '>')
			buf_z(out, "&gt;");
		else if (c == '"')
			buf_z(out, "&quot;");
		else
			buf_char(out, c);
	}
}

static const char common[] =
    ":root{color-scheme:light dark}body{font:16px/1.45 system-ui,sans-serif;margin:1rem "
    "auto;max-width:64rem;padding:0 1rem}"
    "main{overflow-wrap:anywhere}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}code,pre,."
    "at{font-family:ui-monospace,monospace;font-size:.86rem;"
    "overflow-wrap:anywhere}pre{white-space:pre-wrap;margin:.2rem 0 .6rem}.at{opacity:.75}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:."
    "25rem .5rem;border-bottom:1px solid #8886}"
    ".scroll{overflow-x:auto}.left{color:#c33;font-weight:600}details>summary{cursor:pointer}svg{"
    "width:100%;height:auto}"
    "a:focus-visible,summary:focus-visible,input:focus-visible{outline:2px solid "
    "#48a;outline-offset:2px}"
    ".narrow{display:none}@media(prefers-color-scheme:dark){.left{color:#f88}}"
    "@media(min-width:30.01rem){td:first-child>code{white-space:nowrap}}"
    "@media(max-width:30rem){.wide{display:none}.narrow{display:block}th{display:block;border:0;"
    "padding:.1rem 0}"
    "td{display:inline-block;border:0;padding:.1rem .8rem .1rem 0;vertical-align:baseline}"
    "tr{display:block;border-bottom:1px solid #8886;padding:.4rem 0}thead{display:none}}";

void html_begin(struct buf *out, struct str title, const char *style)
{
	buf_z(out,
	      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
	html_text(out, title);
	buf_fmt(out, "</title><style>%s%s</style></head><body>\n<main>\n", common, style);
}

void html_end(struct buf *out)
{
	buf_z(out, "</main></body></html>\n");
}
