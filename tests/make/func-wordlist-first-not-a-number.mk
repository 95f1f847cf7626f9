# SPDX-License-Identifier: GPL-2.0-only
$(info [$(wordlist a b,z,a b)])
all:;@:
