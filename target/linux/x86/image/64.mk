# SPDX-License-Identifier: GPL-2.0-only

define Device/generic
  DEVICE_VENDOR := Generic
  DEVICE_MODEL := x86/64
  FILESYSTEMS := squashfs ext4
endef
TARGET_DEVICES += generic

# Compressed, as for download.
define Device/generic-erofs
  DEVICE_VENDOR := Generic
  DEVICE_MODEL := x86/64
  DEVICE_VARIANT := erofs
  FILESYSTEMS := erofs
  IMAGES := combined.img.gz combined-efi.img
  IMAGE/combined.img.gz := boot-files | disk | grub-bios | gzip
endef
TARGET_DEVICES += generic-erofs
