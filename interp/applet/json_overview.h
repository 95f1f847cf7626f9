/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef APPLET_JSON_OVERVIEW_H
#define APPLET_JSON_OVERVIEW_H

#include "applet/json_text.h"

/* What the generations of OpenWrt's scripts/json_overview_image_info.py do. */
enum {
	/* begins with the present output when that is of the same version_code */
	OVERVIEW_KEEPS = 1,
	/* says so when no image has a note; without it: stops with an error */
	OVERVIEW_EMPTY = 2,
	/* default_packages and arch_packages, asked of make in target/linux */
	OVERVIEW_PACKAGES = 4,
	OVERVIEW_OF_BOARD = 8,	  /* ... in target/linux/BOARD, and not sorted */
	OVERVIEW_DUMP = 16,	  /* ... with DUMP=1 */
	OVERVIEW_MUTE = 32,	  /* what make says on standard error is not shown; else also V=s */
	OVERVIEW_KERNEL = 64,	  /* linux_kernel */
	OVERVIEW_ARTIFACT = 128,  /* imagebuilder, sdk ...: the name of the only such file */
	OVERVIEW_ARTIFACTS = 256, /* the same, names by the machine they are for */
	/* ... and names that tell no machine are left out, where it was an error */
	OVERVIEW_ANY_NAME = 512,
	OVERVIEW_COMMIT = 1024,	  /* git_commit */
};

struct overview {
	struct applet_cx *cx;
	unsigned does;		/* OVERVIEW_... */
	bool script;		/* stands for a script: what is odd is the script's to do */
	bool repairs;		/* in order of names, and nothing whose file is gone */
	struct str output;
	cJSON *all;		/* what becomes of it */
};

/* Add what make, git and the folder of the output know; false: not as the script expects it. */
bool overview_add_asked(struct overview *o);

#endif
