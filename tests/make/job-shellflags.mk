# SPDX-License-Identifier: GPL-2.0-only
.SHELLFLAGS = -ec
all:
	false; echo on
