# rules: chain-not-built
# Forgotten; built; of another arm; of a list that is a comment; of a template; referred to by another chain.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin
  ARTIFACTS := c.bin
  IMAGE/a.bin := append-rootfs
  IMAGE/a.bin/squashfs := append-rootfs
  IMAGE/b.bin := append-rootfs # expect: chain-not-built warning
  ARTIFACT/b.bin := append-kernel # expect: chain-not-built warning
  ARTIFACT/c.bin := append-kernel
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGES := a.bin
ifneq ($(CONFIG_NOT_SET),)
  IMAGES += \
	b.bin
endif
  #IMAGES += c.bin
  IMAGE/a.bin := $$(IMAGE/core) | pad-to 4k
  IMAGE/core := append-rootfs
  IMAGE/b.bin := append-rootfs
  IMAGE/c.bin := append-rootfs
  IMAGE/d.bin := append-rootfs
endef
TARGET_DEVICES += second

define Device/third
  $(Device/second)
  DEVICE_TITLE := Third
  IMAGES := d.bin
endef
TARGET_DEVICES += third

$(eval $(call BuildImage))
