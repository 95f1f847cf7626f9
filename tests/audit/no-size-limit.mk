# rules: no-size-limit
# check-size without a limit; with an argument; with IMAGE_SIZE; IMAGE_SIZE that nothing checks, and what is no image of flash; a limit that
# is not set for a dump; one of the configuration's.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  IMAGES := sysupgrade.bin
  IMAGE/sysupgrade.bin := append-rootfs | check-size
endef

define Device/first # expect: no-size-limit error
  DEVICE_TITLE := First
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGE_SIZE := 4m
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  IMAGE/sysupgrade.bin := append-rootfs | check-size 4m
endef
TARGET_DEVICES += third

define Device/fourth
  DEVICE_TITLE := Fourth
  IMAGE_SIZE := 4m
  IMAGE/sysupgrade.bin := append-rootfs | pad-rootfs # expect: no-size-limit note
endef
TARGET_DEVICES += fourth

define Device/fifth
  DEVICE_TITLE := Fifth
  IMAGE_SIZE := 64m
  IMAGE/sysupgrade.bin := sysupgrade-tar | append-metadata
endef
TARGET_DEVICES += fifth

define Device/sixth
  DEVICE_TITLE := Sixth
ifeq ($(DUMP),)
  IMAGE_SIZE := 64m
endif
endef
TARGET_DEVICES += sixth

define Device/seventh
  DEVICE_TITLE := Seventh
  IMAGE/sysupgrade.bin := append-rootfs | check-size $(CONFIG_SOME_SIZE)
endef
TARGET_DEVICES += seventh

define Device/eighth # expect: no-size-limit error
  DEVICE_TITLE := Eighth
  IMAGE/sysupgrade.bin := append-rootfs | check-size $$$$(IMAGE_SIZE)
endef
TARGET_DEVICES += eighth

$(eval $(call BuildImage))
