# rules: missing-device-var
# Differs from the last device; the same for all; handed on; read by no recipe; read by what is handed on, which has its value.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += KNOWN PARTS

define Build/mark
	echo $(BOARD_ID) $(VENDOR_ID) $(KNOWN) $(PARTS) >> $@
endef

define Device/first
  DEVICE_TITLE := First
  BOARD_ID := one # expect: missing-device-var error
  VENDOR_ID := same # expect: missing-device-var warning
  KNOWN := a
  PART := a
  PARTS = boot=$$(PART)
  UNREAD := x
  IMAGES := factory.bin
  IMAGE/factory.bin := append-rootfs | mark
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  BOARD_ID := two
  VENDOR_ID := same
  KNOWN := b
  PART := b
  PARTS = boot=$$(PART)
  IMAGES := plain.bin
  IMAGE/plain.bin := append-rootfs
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
