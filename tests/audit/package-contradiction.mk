# rules: package-contradiction
# In and out in one block; out of a template's; out of the defaults; out of nothing.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/base
  DEVICE_PACKAGES := kmod-usb2 kmod-leds
endef

define Device/first
  $(Device/base)
  DEVICE_TITLE := First
  DEVICE_PACKAGES += kmod-mmc -kmod-mmc -kmod-usb2 # expect: package-contradiction warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  DEVICE_PACKAGES := -dropbear -kmod-nobody # expect: package-contradiction note
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
