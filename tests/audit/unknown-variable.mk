# rules: unknown-variable
# Misspelt; unused; read by a recipe, by another value, by a conditional only; a list's word alone is no use of a name.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += SERIAL LISTED

define Build/mark
	echo $(SERIAL) >> $@
endef

define Device/first
  DEVICE_TITLE := First
  DEVICE_PACKAGE := nano # expect: unknown-variable error
  SUPPORTED_DEVCES := first # expect: unknown-variable error
  LISTED := nobody reads it # expect: unknown-variable warning
  LEFT_OVER := first # expect: unknown-variable warning
  SERIAL := 1
  PART := a
  CHOICE := 1
  OLD_NAME := x # OLD_NAME is only in a comment # expect: unknown-variable warning
  ifdef CHOICE
    IMAGES := a.bin
  endif
  IMAGE/a.bin := append-rootfs | pad-to 64k
  DEVICE_PACKAGES := kmod-$$(PART)
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  SERIAL := 2
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
