/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAKE_FINISH_H
#define MAKE_FINISH_H

#include "make/graph.h"

/* Delete what F's failed recipe left of its targets. */
void file_delete_targets(struct make *mk, struct file *f);
/* Remove the intermediate files of this run; SIGNAL: because of a signal, in other words. */
void files_remove_intermediates(struct make *mk, bool signal);

#endif
