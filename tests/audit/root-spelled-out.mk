# rules: root-spelled-out
# By name; as make knows it; another file that begins so; by name in a command that nothing calls.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/named
	cat header \
		$(KDIR)/root.squashfs > $@.new # expect: root-spelled-out warning
	mv $@.new $@
endef

define Build/right
	cat $(IMAGE_ROOTFS) $(KDIR)/root.squashfs-key >> $@
endef

define Build/made
	cat $(KDIR)/root.$(FILESYSTEM)+pkg=$(ROOTFS_ID/$(DEVICE_NAME)) >> $@
endef

define Build/idle
	cat $(KDIR)/root.ext4 >> $@
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-kernel | named
  IMAGE/b.bin := append-kernel | right | made
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
