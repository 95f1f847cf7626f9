# rules: unused-device-var
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += SERIAL READ_ONLY
DEVICE_VARS += GONE # expect: unused-device-var warning
ifeq ($(SUBTARGET),other)
ELSEWHERE := 1
endif
DEVICE_VARS += ELSEWHERE

define Build/mark
	echo $(READ_ONLY) >> $@
endef

define Device/first
  DEVICE_TITLE := First
  SERIAL := 1
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
