# SPDX-License-Identifier: GPL-2.0-only
$(info [$(wordlist 1,z,a b)])
all:;@:
