# SPDX-License-Identifier: GPL-2.0-only
define KernelPackage/mac80211
  TITLE:=Wireless
endef
define KernelPackage/demo-radio
  TITLE:=Radio
endef
