# rules: pad-order
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/first
  DEVICE_TITLE := First
  IMAGE_SIZE := 4m
  IMAGES := a.bin b.bin c.bin
  IMAGE/a.bin := append-kernel | pad-rootfs | append-rootfs # expect: pad-order warning
  IMAGE/b.bin := append-kernel | append-rootfs | append-rootfs | pad-rootfs # expect: pad-order warning
  IMAGE/c.bin := append-kernel | check-size | append-rootfs # expect: pad-order warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGE_SIZE := 4m
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-kernel | append-rootfs | pad-rootfs | check-size | append-metadata
  IMAGE/b.bin := append-kernel | check-size 2m | append-rootfs | pad-rootfs
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
