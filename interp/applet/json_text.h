/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_JSON_TEXT_H
#define APPLET_JSON_TEXT_H

#include <cjson/cJSON.h>

#include "applet/internal.h"

/* JSON as python's json.dumps(separators=(",", ":")) writes it. */

/* TEXT as a string, or null when it is unset; bytes that are no UTF-8 become \udcXX. */
void json_put_string(struct buf *out, struct str text);
/* A parsed value; SORTED: the keys in order. False for numbers that are not whole. */
bool json_put_value(struct buf *out, const cJSON *v, bool sorted);

#endif
