# rules: unknown-command
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin c.bin
  IMAGE/a.bin := append-rootfs | checksize 1m # expect: unknown-command error
  IMAGE/b.bin := append-rootfs | | check-size 1m # expect: unknown-command error
  IMAGE/c.bin := append-rootfs | check-size 1m
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
