# rules: unused-command
# Called by a chain, by another define, by a chain that is not read; not at all; a name that is the end of another's; one that stands in its heading only.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/mark
	$(call Build/inner,$(1))
endef
define Build/inner
	echo $(1) >> $@
endef
define Build/elsewhere
	echo >> $@
endef
define Build/box-top # expect: unused-command warning
	echo >> $@
endef
# headed
#
# -c combined
define Build/headed # expect: unused-command warning
	echo >> $@
endef
# told: a comment that says more, "IMAGE/x := told"
define Build/told
	echo >> $@
endef
define Build/my-box-top
	echo >> $@
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | mark x | my-box-top
ifeq ($(SUBTARGET),other)
  IMAGE/a.bin := append-rootfs | elsewhere
endif
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
