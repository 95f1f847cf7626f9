# rules: empty-chain
# Empty; empty once it is expanded; an empty one of one file system, which falls back; a name that is expanded late.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin
  IMAGE/a.bin := # expect: empty-chain error
  IMAGE/b.bin := $$(STEPS) # expect: empty-chain error
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
  IMAGE/a.bin/squashfs :=
  NAME := x
  IMAGES += b-$$$$(NAME).bin
  IMAGE/b-$$$$(NAME).bin := append-rootfs
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
