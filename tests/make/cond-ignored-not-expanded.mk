# SPDX-License-Identifier: GPL-2.0-only
ifdef nope
ifeq ($(error never),)
endif
$(error never)
else ifdef nope2
A := $(error never)
endif
$(info fine)
all:;@:
