# SPDX-License-Identifier: GPL-2.0-only
ifdef PATH
else
else
endif
all:;@:
