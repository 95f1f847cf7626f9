# rules: packages-replaced
# Only what is taken out is left; a device apart from four that add; all replace; what is dropped is taken out by name; a reset.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/nor
  DEVICE_PACKAGES := kmod-leds nor-tool
endef

define Device/a
  $(Device/nor)
  DEVICE_TITLE := A
  DEVICE_PACKAGES := -kmod-ath9k # expect: packages-replaced warning
endef
TARGET_DEVICES += a

define Device/nand
  DEVICE_PACKAGES := nand-tool
endef

define Device/adds
  $(Device/nand)
  DEVICE_TITLE := $(1)
  DEVICE_PACKAGES += kmod-$(1)
endef
Device/b=$(call Device/adds,b)
Device/c=$(call Device/adds,c)
Device/d=$(call Device/adds,d)
TARGET_DEVICES += b c d

define Device/e
  $(Device/nand)
  DEVICE_TITLE := E
  DEVICE_PACKAGES := kmod-e # expect: packages-replaced note
endef
TARGET_DEVICES += e

define Device/usb
  DEVICE_PACKAGES := kmod-usb2
endef

define Device/f
  $(Device/usb)
  DEVICE_TITLE := F
  DEVICE_PACKAGES := kmod-usb3
endef
TARGET_DEVICES += f

define Device/g
  $(Device/usb)
  DEVICE_TITLE := G
  DEVICE_PACKAGES := -kmod-usb2
endef
TARGET_DEVICES += g

define Device/h
  $(Device/usb)
  DEVICE_TITLE := H
  DEVICE_PACKAGES :=
endef
TARGET_DEVICES += h

define Device/i
  $(Device/usb)
  DEVICE_TITLE := I
  DEVICE_PACKAGES := $$(DEVICE_PACKAGES) -wpad
endef
TARGET_DEVICES += i

$(eval $(call BuildImage))
