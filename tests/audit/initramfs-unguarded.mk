# rules: initramfs-unguarded
# Listed for all; within a conditional, around the list or the chain; $(if) in the chain; the kernel itself; no initramfs image.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

CONFIG_TARGET_ROOTFS_INITRAMFS := y

define Build/append-image
	cat $(KDIR_TMP)/$(DEVICE_IMG_PREFIX)-$(1) >> $@
endef
define Build/append-image-stage
	cat $(STAGING_DIR_IMAGE)/$(BOARD)-$(1) >> $@
endef

define Build/raw-initramfs
	cp $(KDIR)/vmlinux-initramfs $@
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin d.bin
  ARTIFACTS := c.bin
  IMAGE/a.bin := append-image initramfs-kernel.bin # expect: initramfs-unguarded warning
  IMAGE/d.bin := raw-initramfs | pad-to 64k # expect: initramfs-unguarded warning
  KERNEL_INITRAMFS := raw-initramfs
  IMAGE/b.bin := append-image squashfs-sysupgrade.bin
  ARTIFACT/c.bin := append-image-stage initramfs.itb | pad-to 64k # expect: initramfs-unguarded warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGES :=
ifeq ($(IB),)
ifneq ($(CONFIG_TARGET_ROOTFS_INITRAMFS),)
  IMAGES += a.bin
endif
endif
ifneq ($(CONFIG_TARGET_ROOTFS_INITRAMFS),)
  ARTIFACTS := c.bin
endif
  ARTIFACTS += d.bin
  IMAGE/a.bin := append-image initramfs-kernel.bin
  ARTIFACT/c.bin := append-image-stage initramfs.itb
  ARTIFACT/d.bin := append-kernel $(if $(CONFIG_TARGET_ROOTFS_INITRAMFS),\
	| append-image-stage initramfs.itb)
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
