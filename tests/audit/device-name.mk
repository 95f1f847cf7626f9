# rules: device-name
# Another name, from a template too; the same name said again; none.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/board
  DEVICE_NAME := board # expect: device-name warning, device-name warning
endef

define Device/acme_first
  $(Device/board)
  DEVICE_TITLE := First
endef
TARGET_DEVICES += acme_first

define Device/acme_second
  $(Device/board)
  DEVICE_TITLE := Second
endef
TARGET_DEVICES += acme_second

define Device/acme_third
  DEVICE_TITLE := Third
  DEVICE_NAME := acme_third
endef
TARGET_DEVICES += acme_third

define Device/acme_fourth
  DEVICE_TITLE := Fourth
  BOARD_NAME := fourth
endef
TARGET_DEVICES += acme_fourth

$(eval $(call BuildImage))
