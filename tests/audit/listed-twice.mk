# rules: listed-twice
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  IMAGES := sysupgrade.bin
  IMAGE/sysupgrade.bin := append-rootfs
  DEVICE_PACKAGES := base
endef

define Device/acme_first
  DEVICE_TITLE := First
  IMAGES += factory.bin sysupgrade.bin # expect: listed-twice error
  IMAGE/factory.bin := append-rootfs
  SUPPORTED_DEVICES += first acme,first # expect: listed-twice warning
endef
TARGET_DEVICES += acme_first

define Device/acme_second
  DEVICE_TITLE := Second
  DEVICE_PACKAGES += base # expect: listed-twice note
  ARTIFACTS := a.bin b.bin a.bin # expect: listed-twice error
  ARTIFACT/a.bin := append-rootfs
  ARTIFACT/b.bin := append-rootfs
  SUPPORTED_DEVICES += second
endef
TARGET_DEVICES += acme_second
TARGET_DEVICES += acme_second # expect: listed-twice error

define Device/acme_third
  DEVICE_TITLE := Third
  DEVICE_PACKAGES += -base
endef
TARGET_DEVICES += acme_third

$(eval $(call BuildImage))
