# rules: package-default
# One of the defaults; one in a template of two; one that is taken out; one that is no default.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/base
  DEVICE_PACKAGES := kmod-usb3 dropbear # expect: package-default note
endef

define Device/first
  $(Device/base)
  DEVICE_TITLE := First
  DEVICE_PACKAGES += -dropbear
endef
TARGET_DEVICES += first

define Device/second
  $(Device/base)
  DEVICE_TITLE := Second
  DEVICE_PACKAGES += kmod-usb2 # expect: package-default note
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
