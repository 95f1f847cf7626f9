/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BOARD_SIZES_H
#define BOARD_SIZES_H

#define SZ_64K	0x10000
#define SZ_1M	0x100000
#define KiB(n)	((n) * 1024)
#define MiB(n)	(KiB(n) * 1024)

#endif
