/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_NEC_ENC_H
#define FIRMWARE_NEC_ENC_H

#include "firmware/internal.h"

/* --- nec_enc.c: nosimg-enc is made of the same program; SAID: how its messages end --- */

/* Options by KNOWN, then -i is read: 0, or the exit status after a message. */
int nec_enc_read(struct firmware_run *run, const struct opt *known, const char *said,
		 struct tool_options *to, struct blob **data);
/* Write B, which is dropped: 0, or 1 after a message. */
int nec_enc_write(struct firmware_run *run, const char *said, struct str path, struct blob *b);

#endif
