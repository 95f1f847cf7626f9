# SPDX-License-Identifier: GPL-2.0-only
define KernelPackage/soc-sound
  TITLE:=Sound
endef
