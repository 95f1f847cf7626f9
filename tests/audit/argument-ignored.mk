# rules: argument-ignored
# An argument for a command that takes none, a '|' forgotten; commands that take it, in each way to say so.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/plain
	echo plain >> $@
endef

define Build/one
	echo $(word 1,$(1)) >> $@
endef

define Build/two
	echo $1 >> $@
endef

define Build/three
	$(call Build/one,$(1:k=K))
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin
  IMAGE/a.bin := plain 12 | one 12 | two 12 | three 12k | plain # expect: argument-ignored warning
  IMAGE/b.bin := append-rootfs | plain append-kernel # expect: argument-ignored warning
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
