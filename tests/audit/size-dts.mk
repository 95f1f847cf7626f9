# rules: size-dts
# Too large, just so, too small; a partition put together of others; no partition of that name; no source in the tree.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  DEVICE_DTS := board
  DEVICE_DTS_DIR := ../dts
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/large
  DEVICE_TITLE := Large
  IMAGE_SIZE := 5m # expect: size-dts error
  KERNEL_SIZE := 2049k # expect: size-dts error
endef
TARGET_DEVICES += large

define Device/fits
  DEVICE_TITLE := Fits
  IMAGE_SIZE := 4096k
  KERNEL_SIZE := 1m
endef
TARGET_DEVICES += fits

define Device/small
  DEVICE_TITLE := Small
  IMAGE_SIZE := 4032k # expect: size-dts note
endef
TARGET_DEVICES += small

define Device/joined
  DEVICE_TITLE := Joined
  DEVICE_DTS := joined
  IMAGE_SIZE := 5m
endef
TARGET_DEVICES += joined

define Device/divided
  DEVICE_TITLE := Divided
  DEVICE_DTS := divided
  IMAGE_SIZE := 4m
endef
TARGET_DEVICES += divided

define Device/elsewhere
  DEVICE_TITLE := Elsewhere
  DEVICE_DTS := of-the-kernel
  IMAGE_SIZE := 5m
endef
TARGET_DEVICES += elsewhere

$(eval $(call BuildImage))
