# SPDX-License-Identifier: GPL-2.0-only
# args: --warn-undefined-variables
$(info [$(nope)] [$(nope:a=b)] [$(call nope,x)] [$(x$(nope))])
D =
$(info [$(D)] [$(value nope2)] [$(origin nope3)] [$(flavor nope4)])
ifdef nope5
endif
ifeq ($(nope6),)
$(info empty)
endif
E := $(nope7)
E += $(nope8)
all: $(nope9);@:
