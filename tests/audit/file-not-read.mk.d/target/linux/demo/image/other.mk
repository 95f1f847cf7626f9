# SPDX-License-Identifier: GPL-2.0-only
define Device/other
  DEVICE_TITLE := other
endef
TARGET_DEVICES += other
