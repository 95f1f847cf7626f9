/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IMAGE_CONFIG_H
#define IMAGE_CONFIG_H

#include "base/vec.h"

/* What a configuration that nobody has touched says about images: the tree's own Kconfig file of
 * them. */
struct config;

/* TEXT as config/Config-images.in has it; it must live as long as the result. */
struct config *config_read(struct arena *mem, struct str text);

/* For BOARD/SUBTARGET with these FEATURES: "CONFIG_NAME=y" for each symbol that is on, appended to
 * OUT. */
void config_defaults(const struct config *c, struct arena *mem, struct str board,
		     struct str subtarget, struct str features, struct strs *out);

/* The whole regular file PATH, or the unset string. */
struct str read_text(struct arena *mem, struct str path);

#endif
