# rules: leaked-value
# All who set it set it to the same: as good as a default. One who sets it alone: it leaks.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += PREFIX ALONE

define Build/mark
	echo $(PREFIX)$(ALONE) >> $@
endef

define Device/Default
  IMAGES := factory.bin
  IMAGE/factory.bin := append-rootfs | mark
endef

define Device/first
  DEVICE_TITLE := First
  PREFIX := 42.
  ALONE :=
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  PREFIX := 42.
  ALONE := 7
endef
TARGET_DEVICES += second

define Device/third # expect: leaked-value note, leaked-value warning
  DEVICE_TITLE := Third
endef
TARGET_DEVICES += third

$(eval $(call BuildImage))
