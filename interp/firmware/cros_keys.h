/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_CROS_KEYS_H
#define FIRMWARE_CROS_KEYS_H

/* --- cros_keys.c --- */

enum { CROS_KEYBLOCK = 1208, CROS_PRIVATE_KEY = 1191 };

extern const unsigned char cros_keyblock[CROS_KEYBLOCK];
extern const unsigned char cros_private_key[CROS_PRIVATE_KEY];

#endif
