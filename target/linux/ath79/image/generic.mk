# SPDX-License-Identifier: GPL-2.0-only

define Device/tplink-archer-c7-v2
  DEVICE_VENDOR := TP-Link
  DEVICE_MODEL := Archer C7
  DEVICE_VARIANT := v2
  DEVICE_DTS := ath79/qca9558_tplink_archer-c7-v2
  IMAGE_SIZE := 16128k
  TPLINK_HWID := 0xc7000002
  IMAGES := factory.bin sysupgrade.bin
  IMAGE/factory.bin := append-kernel | pad-to 64k | \
      append-rootfs | pad-rootfs | tplink-v1-image
  IMAGE/sysupgrade.bin := append-kernel | pad-to 64k | \
      append-rootfs | pad-rootfs | check-size
endef
TARGET_DEVICES += tplink-archer-c7-v2

# imagemk: allow package-contradiction a package that is taken out, for those who read lists
define Device/demo_nor-16m
  DEVICE_VENDOR := Demo
  DEVICE_MODEL := NOR board
  DEVICE_VARIANT := 16 MB
  DEVICE_DTS := ath79/demo_nor
  DEVICE_PACKAGES := kmod-usb2 -uboot-envtools
  BLOCKSIZE := 64k
  IMAGE_SIZE := 15872k
  FILESYSTEMS := squashfs jffs2-64k
endef
TARGET_DEVICES += demo_nor-16m

# The board changed its flash layout: images from before must not be taken over.
# imagemk: allow supported-devices-dts the demo boards share one source
define Device/demo_nor-16m-v2
  $(Device/demo_nor-16m)
  DEVICE_VARIANT := 16 MB v2
  DEVICE_ALT0_VENDOR := Sample
  DEVICE_ALT0_MODEL := Twin
  DEVICE_COMPAT_VERSION := 2.0
  DEVICE_COMPAT_MESSAGE := The partitions moved; use the board's recovery page
  FILESYSTEMS := squashfs
  KERNEL_SIZE := 8192k
  UIMAGE_NAME := Demo NOR v2
endef
TARGET_DEVICES += demo_nor-16m-v2

# A TP-Link header in front of the kernel, and a recovery file made of the upgrade file.
# imagemk: allow supported-devices-dts the demo boards share one source
define Device/demo_tplink-tftp
  DEVICE_VENDOR := Demo
  DEVICE_MODEL := TFTP board
  DEVICE_DTS := ath79/demo_nor
  TPLINK_HWID := 0x01234567
  BLOCKSIZE := 64k
  IMAGE_SIZE := 15m
  KERNEL := kernel-bin | append-dtb | lzma | tplink-v1-header
  ARTIFACTS := recovery.bin
  ARTIFACT/recovery.bin := append-string DEMO-RECOVERY | pad-to 512 | \
	append-image squashfs-sysupgrade.bin | pad-extra 128k
endef
TARGET_DEVICES += demo_tplink-tftp

# A gzip kernel, and the upgrade format of boards with kernel and rootfs as two partitions.
define Device/demo_combined
  DEVICE_VENDOR := Demo
  DEVICE_MODEL := Two partitions
  SUPPORTED_DEVICES += combined,demo
  KERNEL := kernel-bin | gzip | uImage gzip
  IMAGES := sysupgrade.bin factory.bin
  IMAGE/sysupgrade.bin := combined-image | append-metadata
  IMAGE/factory.bin := append-kernel | pad-offset 64k 64 | append-rootfs | pad-rootfs
endef
TARGET_DEVICES += demo_combined
