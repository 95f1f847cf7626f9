/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_HTML_H
#define IMAGE_HTML_H

#include "base/str.h"

/* Pages that need no network and no script, readable in dark and light, at 400 pixels and by
 * keyboard. */

/* S as text of a page or an attribute's value. */
void html_text(struct buf *out, struct str s);
/* A page begins: up to and with <main>. STYLE: CSS besides what all pages have. */
void html_begin(struct buf *out, struct str title, const char *style);
void html_end(struct buf *out);

#endif
