# rules: defined-twice
# Twice; in two arms of a conditional; one that include/ has as well.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/mark
	echo 1 >> $@
endef

define Build/mark # expect: defined-twice warning
	echo 2 >> $@
endef

define Build/append-string
	echo $(1) >> $@
endef

define Device/first
  DEVICE_TITLE := First
endef
ifdef TOPDIR
define Device/first
  DEVICE_TITLE := First, again
endef
endif
TARGET_DEVICES += first

$(eval $(call BuildImage))
