/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_JSON_TEXT_H
#define APPLET_JSON_TEXT_H

#include <cjson/cJSON.h>

#include "applet/internal.h"

/* JSON as python's json.dumps(separators=(",", ":")) writes it. */

/* TEXT as a string, or null when it is unset; bytes that are no UTF-8 become \udcXX. */
void json_put_string(struct buf *out, struct str text);
/* A parsed value; SORTED: the keys in order. False for numbers that are not whole, or a key that
 * is there twice when SORTED. */
bool json_put_value(struct buf *out, const cJSON *v, bool sorted);

/* What json_put_value would write as TEXT; NULL: it is no JSON, or written in another way. */
cJSON *json_read(struct arena *mem, struct str text);
/* Printable ASCII with blanks, tabs and newlines only: nothing that Python could read in another
 * way. */
bool json_plain(struct str text);

/* V's member NAME, or NULL. */
const cJSON *json_member(const cJSON *v, const char *name);

/* "--as SHA256 FILE": FILE is left as the only argument; false: not so called. */
bool json_as(struct applet_cx *cx, struct str *sha256);

#endif
