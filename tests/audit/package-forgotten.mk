# rules: package-forgotten
# Three have theirs; one has not, one has another's, one takes it out; a name that only begins so.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  IMAGES :=
  DEVICE_TITLE := $(1)
endef

define Device/acme_a
  DEVICE_PACKAGES := board-data-acme_a rare-data-acme_a
endef
define Device/acme_b
  DEVICE_PACKAGES := kmod-usb2 board-data-acme_b
endef
define Device/acme_c
  DEVICE_PACKAGES := board-data-acme_b
endef
define Device/acme_d # expect: package-forgotten warning
  DEVICE_PACKAGES := kmod-usb2
endef
define Device/acme_e
  DEVICE_PACKAGES := -board-data-acme_e
endef
define Device/acme_f
  DEVICE_PACKAGES :=
endef
TARGET_DEVICES += acme_a acme_b acme_c acme_d acme_e acme_f

$(eval $(call BuildImage))
