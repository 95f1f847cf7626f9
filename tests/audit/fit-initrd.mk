# rules: fit-initrd
# In a device's own block; in Device/Default, which other subtargets may share; another word.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/fit
	echo $(1) $(if $(CONFIG_TARGET_ROOTFS_INITRAMFS_SEPARATE),ramdisk) >> $@
endef

define Device/Default
  KERNEL_INITRAMFS := kernel-bin | fit none x.dtb with-initrd
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs
endef

define Device/first
  DEVICE_TITLE := First
  KERNEL := kernel-bin | fit none x.dtb with-initrd # expect: fit-initrd warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  KERNEL := kernel-bin | fit none x.dtb external
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
