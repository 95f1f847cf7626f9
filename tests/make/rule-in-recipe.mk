# SPDX-License-Identifier: GPL-2.0-only
all: ; $(eval b: c)
