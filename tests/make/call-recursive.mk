# SPDX-License-Identifier: GPL-2.0-only
rev = $(if $(1),$(call rev,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))
$(info [$(call rev,a b c d e)])
all:;@:
