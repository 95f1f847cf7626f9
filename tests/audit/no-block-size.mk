# rules: no-block-size
# Empty, of another unit, right; a chain without UBI.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  IMAGES := a.bin
  IMAGE/a.bin := append-ubi
endef

define Device/first # expect: no-block-size error
  DEVICE_TITLE := First
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  BLOCKSIZE := 128 # expect: no-block-size error
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  BLOCKSIZE := 128k
endef
TARGET_DEVICES += third

define Device/fourth
  DEVICE_TITLE := Fourth
  IMAGE/a.bin := append-rootfs | pad-rootfs
endef
TARGET_DEVICES += fourth

$(eval $(call BuildImage))
