# SPDX-License-Identifier: GPL-2.0-only

# QEMU takes kernel (-kernel) and archive (-initrd) as two files.
define Device/malta
  DEVICE_VENDOR := MIPS
  DEVICE_MODEL := Malta
  KERNEL := kernel-bin
  KERNEL_SUFFIX := -vmlinux.elf
  KERNEL_INITRAMFS := initrd
  KERNEL_INITRAMFS_SUFFIX := .cpio.gz
endef
TARGET_DEVICES += malta

define Device/malta-uimage
  DEVICE_VENDOR := MIPS
  DEVICE_MODEL := Malta
  DEVICE_VARIANT := U-Boot
  KERNEL := kernel-bin | gzip | uImage gzip
  KERNEL_SUFFIX := -uImage-gzip
  KERNEL_INITRAMFS := kernel-bin | lzma | uImage lzma
  KERNEL_INITRAMFS_SUFFIX := -uImage-lzma
  IMAGES :=
endef
TARGET_DEVICES += malta-uimage
