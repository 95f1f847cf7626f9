# SPDX-License-Identifier: GPL-2.0-only
define KernelPackage/demo-switch
  TITLE:=Switch
endef
