/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_MKDAPIMG_H
#define FIRMWARE_MKDAPIMG_H

#include "firmware/internal.h"

/* --- mkdapimg.c: mkdapimg2 takes its options in the same way --- */

struct mkdapimg_limit {
	int id; /* the option */
	size_t most; /* bytes of its value */
	const char *what; /* in messages; NULL ends the list */
};

/*
 * Options by KNOWN into OPTION, with -i read into *DATA (to be dropped in any case) and -o emptied:
 * 0, or the exit status after a message. TERMINATED: the tool lets a byte more than the limit pass
 * and puts a NUL behind, so it writes over the end of the field; that is declined.
 */
int mkdapimg_options(struct firmware_run *run, const struct opt *known,
		     const struct mkdapimg_limit *known_limits, bool terminated, struct str *option,
		     struct blob **data);

#endif
