# SPDX-License-Identifier: GPL-2.0-only
$(shell echo 'ifdef PATH' > inc.mk)
include inc.mk
endif
all:;@:
