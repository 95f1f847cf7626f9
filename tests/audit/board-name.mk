# rules: board-name
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/acme_box_v2 # expect: board-name warning
  DEVICE_TITLE := Box v2
endef
TARGET_DEVICES += acme_box_v2

define Device/acme_box_v3
  DEVICE_TITLE := Box v3
  SUPPORTED_DEVICES := acme,box-v3
endef
TARGET_DEVICES += acme_box_v3

define Device/acme_hub
  DEVICE_TITLE := Hub
  SUPPORTED_DEVICES += acme_hub-old other_hub # expect: board-name warning
endef
TARGET_DEVICES += acme_hub

define Device/acme_c20
  DEVICE_TITLE := C20
  SUPPORTED_DEVICES := c20v1 # expect: board-name warning
endef
TARGET_DEVICES += acme_c20

define Device/acme_c50
  DEVICE_TITLE := C50
  SUPPORTED_DEVICES += c50 acme,c60 # expect: board-name note
endef
TARGET_DEVICES += acme_c50

define Device/acme_c60
  DEVICE_TITLE := C60
  SUPPORTED_DEVICES += acme,c50 # expect: board-name note
endef
TARGET_DEVICES += acme_c60

define Device/acme_c70
  DEVICE_TITLE := C70
  SUPPORTED_DEVICES += acme,c50
endef
TARGET_DEVICES += acme_c70

define Device/acme_old
  DEVICE_TITLE := Old
  SUPPORTED_DEVICES := acme_old
endef
TARGET_DEVICES += acme_old

define Device/acme_plain
  DEVICE_TITLE := Plain
  SUPPORTED_DEVICES :=
endef
TARGET_DEVICES += acme_plain

$(eval $(call BuildImage))
