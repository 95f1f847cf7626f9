# rules: image-name-spelled-out
# A name in BIN_DIR and one in KDIR/tmp, in a chain, in a define and in a variable that it reads; the name asked for, another file that begins so, one of
# another folder, one of no board.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/recovery
	cat $(KDIR)/tmp/openwrt-$(BOARD)-$(SUBTARGET)-$(DEVICE_NAME)-initramfs.itb >> $@ # expect: image-name-spelled-out warning
endef
define Build/fine
	cat $(BIN_DIR)/$(DEVICE_IMG_PREFIX)-initramfs.itb >> $@
	cat $(TOPDIR)/openwrt-$(BOARD)-$(SUBTARGET)-calibration.itb >> $@
	cp $@ $@.tmp/openwrt-demo-kernel.bin
	cat $(BIN_DIR)/openwrt-keys.bin >> $@
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin c.bin
  IMAGE/a.bin := append-rootfs | recovery
  IMAGE/b.bin := append-rootfs | mark $$$$(BIN_DIR)/openwrt-$$(BOARD)-$$(SUBTARGET)-initramfs.itb # expect: image-name-spelled-out warning
  IMAGE/c.bin := append-rootfs | fine
endef
TARGET_DEVICES += first

define Build/ubi
	ubi $(UBINIZE_PARTS) -o $@
endef

define Device/second
  DEVICE_TITLE := Second
  IMAGES := a.bin
  UBINIZE_PARTS := recovery=:$(KDIR)/tmp/openwrt-demo-generic-initramfs.itb # expect: image-name-spelled-out warning
  IMAGE/a.bin := append-rootfs | ubi
endef
TARGET_DEVICES += second

define Build/mark
	cat $(1) >> $@
endef

$(eval $(call BuildImage))
