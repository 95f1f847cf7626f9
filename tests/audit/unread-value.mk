# rules: unread-value
# Set and not read; read; handed on within another value; a template's that one of two devices reads.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += LOADER TOOL_ID PART

define Build/loader
	loader $(LOADER) $@
endef

define Build/tool
	tool $(TOOL_ID) $(PART) $@
endef

define Device/base
  PART := 1
endef

define Device/first
  $(Device/base)
  DEVICE_TITLE := First
  LOADER := bin # expect: unread-value note
  TOOL_ID := 1
  IMAGES := a.bin
  IMAGE/a.bin := append-kernel | tool
endef
TARGET_DEVICES += first

define Device/second
  $(Device/base)
  DEVICE_TITLE := Second
  LOADER := bin
  TOOL_ID := 2
  IMAGES := a.bin
  IMAGE/a.bin := append-kernel | loader | pad-to $$(TOOL_ID)
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
