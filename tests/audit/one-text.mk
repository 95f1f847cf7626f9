# rules: unknown-command argument-ignored size-unit
# KERNEL_INITRAMFS is $(KERNEL) where a device doesn't set it: what is wrong there is one finding.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/mark
	printf mark >> $@
endef

define Device/first
  DEVICE_TITLE := First
  KERNEL := kernel-bin | append-dtbs # expect: unknown-command error
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  KERNEL := kernel-bin | | lzma # expect: unknown-command error
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  KERNEL := kernel-bin | mark 0x1 # expect: argument-ignored warning
endef
TARGET_DEVICES += third

define Device/fourth
  DEVICE_TITLE := Fourth
  KERNEL := kernel-bin | check-size 16MB # expect: size-unit error
endef
TARGET_DEVICES += fourth

$(eval $(call BuildImage))
