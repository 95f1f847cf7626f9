/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIRMWARE_USIGN_H
#define FIRMWARE_USIGN_H

#include <stdint.h>

/*
 * The files of usign: a line of comment, then base64 of one of these. Source: usign.
 *
 * Public key (42 bytes)		Signature (74)			Secret key (104)
 *  0  2  "Ed"				 0  2  "Ed"			 0  2  "Ed"
 *  2  8  fingerprint, by chance	 2  8  fingerprint of the key	 2  2  "BK"
 * 10 32  Ed25519 public key		10 64  Ed25519 signature	 4  4  rounds, 0: no
 *password 8 16  salt 24  8  begin of the SHA-512 of the last 64 bytes 32  8  fingerprint 40 32
 *Ed25519 secret key	72 32 public key
 */
enum {
	USIGN_PUBLIC = 42,
	USIGN_SIGNATURE = 74,
	USIGN_SECRET = 104,
	USIGN_FINGERPRINT = 2,
	USIGN_KEY = 10,
	USIGN_ROUNDS = 4,
	USIGN_SECRET_FINGERPRINT = 32,
	USIGN_SECRET_KEY = 40,
};

#endif
