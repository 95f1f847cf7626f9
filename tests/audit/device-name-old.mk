# rules: device-name
# A release without profiles.json: the name is only what the recipes make of it.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/board-large
  DEVICE_NAME := board
  DEVICE_TITLE := Board with more memory
endef
TARGET_DEVICES += board-large

$(eval $(call BuildImage))
