# SPDX-License-Identifier: GPL-2.0-only
define Device/read
  DEVICE_TITLE := read
endef
TARGET_DEVICES += read
