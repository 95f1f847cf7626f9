# SPDX-License-Identifier: GPL-2.0-only
$(info [$(words a b  c)] [$(words )] [$(words a)])
all:;@:
