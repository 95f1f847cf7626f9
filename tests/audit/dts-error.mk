# rules: dts-error
# A label that nothing defines, a macro that nothing defines, a syntax error; one that is whole, one with a file of the kernel's.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  DEVICE_DTS := $(1)
  DEVICE_DTS_DIR := ../dts
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/acme_label
  DEVICE_TITLE := label
endef
TARGET_DEVICES += acme_label

define Device/acme_macro
  DEVICE_TITLE := macro
endef
TARGET_DEVICES += acme_macro

define Device/acme_syntax
  DEVICE_TITLE := syntax
endef
TARGET_DEVICES += acme_syntax

define Device/acme_whole
  DEVICE_TITLE := whole
endef
TARGET_DEVICES += acme_whole

define Device/acme_partial
  DEVICE_TITLE := partial
endef
TARGET_DEVICES += acme_partial

$(eval $(call BuildImage))
