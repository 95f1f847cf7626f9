# SPDX-License-Identifier: GPL-2.0-only
define Device/first
  DEVICE_TITLE := First
endef
TARGET_DEVICES += first

$(eval $(call BuildImage)) # expect: build-image-twice error
