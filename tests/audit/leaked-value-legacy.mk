# rules: leaked-value
# LEGACY_DEVICES have what Device/Default sets, but no image is made of it: Image/Build/Profile makes theirs.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += SERIAL

define Build/mark
	echo $(SERIAL) >> $@
endef

define Device/Default
  IMAGES := factory.bin
  IMAGE/factory.bin := append-rootfs | mark
endef

define Device/first
  DEVICE_TITLE := First
  SERIAL := 1234
endef
TARGET_DEVICES += first

define Device/second # expect: leaked-value warning
  DEVICE_TITLE := Second
endef
TARGET_DEVICES += second

define LegacyDevice/old
  DEVICE_TITLE := Old
endef
LEGACY_DEVICES += old

define LegacyDevice
  $(call Device/Init,$(1))
  $(call Device/Default,$(1))
  $(call LegacyDevice/$(1),$(1))
  $(if $(DUMP),$$(info $$(call Device/DumpInfo,$(1))))
endef

$(eval $(call BuildImage))
$(foreach device,$(LEGACY_DEVICES),$(eval $(call LegacyDevice,$(device))))
