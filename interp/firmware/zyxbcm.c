/* SPDX-License-Identifier: GPL-2.0-only */
/* zyxbcm: the row; what it does is in spw303v.c. */
#include "firmware/bcmtag.h"

static int zyxbcm_run(struct firmware_run *run)
{
	return bcmtag_change(run, "zyxbcm", true);
}

const struct firmware firmware_zyxbcm = {
	.name = "zyxbcm",
	.help = "zyxbcm [-i FILE] [-o FILE]\n",
	.write = zyxbcm_run,
	.pure = true,
};
