# SPDX-License-Identifier: GPL-2.0-only
$(info [$(strip   a  b	c   )] [$(strip )] [$(strip a)])
define X

 a
  b

endef
$(info [$(strip $(X))])
all:;@:
