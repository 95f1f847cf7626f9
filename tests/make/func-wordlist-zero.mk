# SPDX-License-Identifier: GPL-2.0-only
$(info [$(wordlist 0,3,a b)])
all:;@:
