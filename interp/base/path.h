/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/str.h"

/* Names of files as text; nothing here looks at the disk. */

/*
 * NAME as seen from the folder DIR: NAME itself when absolute, else DIR/NAME. Nothing is cleaned.
 */
struct str path_join(struct arena *mem, struct str dir, struct str name);
/*
 * Without empty, "." and ".." parts (".." at the root stays at the root); "." when nothing is left.
 */
struct str path_clean(struct arena *mem, struct str path);
/* The part up to the last slash ("." without one, "/" for the root), and what is behind it. */
struct str path_dir(struct str path);
struct str path_base(struct str path);
/* Is it below /dev, /proc or /sys, where no file is as others are? Below /dev/shm they are. */
bool path_is_virtual(struct str path);

#endif
