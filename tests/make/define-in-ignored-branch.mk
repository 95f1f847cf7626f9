# SPDX-License-Identifier: GPL-2.0-only
ifdef nope
define A
endif
else
endef
$(info never)
else
$(info taken)
endif
all:;@:
