# rules: target-devices
# Listed, not defined; defined, not listed: with a name near it, with none; a template; left out by a comment; one that is listed
# where the text is not read.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/template
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/acme-first # expect: target-devices error
  $(Device/template)
  DEVICE_TITLE := First
endef
TARGET_DEVICES += acme_first # expect: target-devices error

define Device/acme_commented
  DEVICE_TITLE := Commented
endef
#TARGET_DEVICES += acme_commented

define Device/acme_other
  DEVICE_TITLE := Other
endef
ifeq ($(SUBTARGET),other)
  TARGET_DEVICES += acme_fine acme_other
endif

define Device/acme_unlisted # expect: target-devices warning
  DEVICE_TITLE := Unlisted
endef

define Device/acme_fine
  $(call Device/template)
  DEVICE_TITLE := Fine
endef
TARGET_DEVICES += acme_fine

$(eval $(call BuildImage))
