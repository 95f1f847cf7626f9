# rules: file-not-read
# A file for this subtarget that is not read, one that is, one that has no devices, one of no subtarget.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

ifeq ($(SUBTARGET),read)
  include read.mk # expect: file-not-read error
endif

define Device/first
  DEVICE_TITLE := First
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
