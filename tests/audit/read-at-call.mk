# rules: read-at-call
# One dollar, in an assignment of a template and of a device; two; what a file sets; a value that goes on from the file's.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

REVISION := one
SHARED := for all

define Device/base
  SIZE := 5m
  LATER := pad-to $(SIZE) # expect: read-at-call warning
  FINE := pad-to $$(SIZE) $$$$(SIZE)
endef

define Device/first
  $(Device/base)
  DEVICE_TITLE := First
  REVISION := two.$(REVISION)
  TEXT := $(SHARED) \
	$(REVISION) # expect: read-at-call warning
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | check-size $$(SIZE)
  # TEXT := $(SIZE)
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
