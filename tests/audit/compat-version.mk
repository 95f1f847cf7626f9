# rules: compat-version
# Without a message; with one; 1.0 as by default; no version.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/first
  DEVICE_TITLE := First
  DEVICE_COMPAT_VERSION := 2.0 # expect: compat-version warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  DEVICE_COMPAT_VERSION := 2.0
  DEVICE_COMPAT_MESSAGE := Upgrade without settings.
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  DEVICE_COMPAT_VERSION := 1.0
endef
TARGET_DEVICES += third

define Device/fourth
  DEVICE_TITLE := Fourth
  DEVICE_COMPAT_VERSION := 2 # expect: compat-version error
endef
TARGET_DEVICES += fourth

$(eval $(call BuildImage))
