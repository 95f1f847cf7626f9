# SPDX-License-Identifier: GPL-2.0-only
define KernelPackage/crypto-ecb
  TITLE:=ECB
endef
define KernelPackage/crypto-cbc
  TITLE:=CBC
endef
define KernelPackage/ata-core
  TITLE:=ATA
endef
define KernelPackage/usb2
  TITLE:=USB 2
endef
define KernelPackage/usb3
  TITLE:=USB 3
endef
