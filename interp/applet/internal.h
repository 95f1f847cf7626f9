/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_INTERNAL_H
#define APPLET_INTERNAL_H

#include "applet/applet.h"

/* The generated table, NULL at the end. */
extern const struct applet *const applet_rows[];

#endif
