# SPDX-License-Identifier: GPL-2.0-only

# Kernel and root file system are volumes of one UBI partition.
define Device/demo_nand-ubi
  DEVICE_VENDOR := Demo
  DEVICE_MODEL := NAND board
  DEVICE_VARIANT := UBI
  KERNEL_IN_UBI := 1
  UBINIZE_OPTS := -x 1
  IMAGE/factory.bin := append-ubi | check-size 96m
endef
TARGET_DEVICES += demo_nand-ubi

# ubifs as the root; the board boots its kernel from a raw partition.
# imagemk: allow supported-devices-dts the demo boards share one source
define Device/demo_nand-split
  DEVICE_VENDOR := Demo
  DEVICE_MODEL := NAND board
  DEVICE_VARIANT := kernel apart
  DEVICE_DTS := mt7621_demo_nand-ubi
  FILESYSTEMS := squashfs ubifs
  KERNEL_SIZE := 8m
  IMAGE_SIZE := 64m
  MKUBIFS_OPTS := -m 2048 -e 124KiB -c 512
  UBINIZE_OPTS := -x 1
  IMAGE/factory.bin := append-kernel | pad-to $$(KERNEL_SIZE) | append-ubi | check-size
endef
TARGET_DEVICES += demo_nand-split

# Sub-pages, the boot loader's environment in UBI, a legacy image for the loader.
# imagemk: allow supported-devices-dts the demo boards share one source
define Device/demo_nand-uimage
  DEVICE_VENDOR := Demo
  DEVICE_MODEL := NAND board
  DEVICE_VARIANT := uImage
  DEVICE_DTS := mt7621_demo_nand-ubi
  SUBPAGESIZE := 512
  VID_HDR_OFFSET := 2048
  UBOOTENV_IN_UBI := 1
  KERNEL := kernel-bin | append-dtb | lzma | uImage lzma
  KERNEL_INITRAMFS_NAME := vmlinux-initramfs
  KERNEL_INITRAMFS := $$(KERNEL)
  KERNEL_INITRAMFS_SUFFIX := -recovery.bin
  IMAGES := sysupgrade.bin kernel.bin rootfs.ubi
  IMAGE/kernel.bin := append-kernel | pad-to 128k
  IMAGE/rootfs.ubi := append-ubi
endef
TARGET_DEVICES += demo_nand-uimage
