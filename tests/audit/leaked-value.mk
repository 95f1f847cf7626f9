# rules: leaked-value
# A value that another device left; one that Device/Default resets, one that a block sets and one that is not handed on.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += SERIAL COLOUR SHAPE EMPTY

define Build/mark
	echo $(SERIAL)$(COLOUR)$(SHAPE)$(EMPTY) $(1) >> $@
endef

define Device/Default
  COLOUR :=
endef

define Device/first
  DEVICE_TITLE := First
  SERIAL := 1234
  COLOUR := red
  SHAPE := round
  EMPTY :=
  IMAGES := factory.bin
  IMAGE/factory.bin := append-rootfs | mark one
endef
TARGET_DEVICES += first

define Device/second # expect: leaked-value warning
  DEVICE_TITLE := Second
  SHAPE := square
  IMAGES := factory.bin
  IMAGE/factory.bin := append-rootfs | mark two
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  IMAGES := plain.bin
  IMAGE/plain.bin := append-rootfs
endef
TARGET_DEVICES += third

$(eval $(call BuildImage))
