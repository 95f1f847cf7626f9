# SPDX-License-Identifier: GPL-2.0-only
ifdef PATH # comment
$(info a)
else # comment
$(info b)
endif # comment
all:;@:
