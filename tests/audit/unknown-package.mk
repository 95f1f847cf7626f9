# rules: unknown-package
# A letter missing, two that changed places; names that are there, one to be made only; one like none; one like two.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/first
  DEVICE_TITLE := First
  DEVICE_PACKAGES := mod-ata-core # expect: unknown-package warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  DEVICE_PACKAGES := kmod-ata-core boxtools kmod-demo-switch
  DEVICE_PACKAGES += -kmod-crypto-ebc # expect: unknown-package warning
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  DEVICE_PACKAGES := realtek-poe kmod-usb4 -boxtools boxtool ~boxtools ~kmod-ata-core
endef
TARGET_DEVICES += third

$(eval $(call BuildImage))
