# rules: image-without-rule
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin # expect: image-without-rule error
  IMAGE/a.bin := append-rootfs
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGES := a.bin # expect: image-without-rule error
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | pad-to 64k
endef
TARGET_DEVICES += third

$(eval $(call BuildImage))
