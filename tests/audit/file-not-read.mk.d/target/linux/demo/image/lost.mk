# SPDX-License-Identifier: GPL-2.0-only
define Device/lost
  DEVICE_TITLE := lost
endef
TARGET_DEVICES += lost
