# rules: metadata-order
# Behind it: check-size, a wrapper that is known, one that is not; none, where the others have it; a vendor's; in a factory image.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/wrap
	cat $@ >> $@.new
endef
define Build/append-acme-metadata
	echo >> $@
endef

define Device/Default
  IMAGE_SIZE := 4m
  IMAGES := sysupgrade.bin
  IMAGE/sysupgrade.bin := append-rootfs | check-size | append-metadata
endef

define Device/first
  DEVICE_TITLE := First
  IMAGE/sysupgrade.bin := append-rootfs | append-metadata | check-size # expect: metadata-order warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGES += factory.bin
  IMAGE/sysupgrade.bin := append-rootfs | append-metadata | pad-rootfs # expect: metadata-order warning
  IMAGE/factory.bin := append-rootfs | append-metadata | check-size # expect: metadata-order note
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  IMAGE/sysupgrade.bin := append-rootfs # expect: metadata-order warning
endef
TARGET_DEVICES += third

define Device/fourth
  DEVICE_TITLE := Fourth
  IMAGE/sysupgrade.bin := append-rootfs | append-acme-metadata
endef
TARGET_DEVICES += fourth

define Device/fifth
  DEVICE_TITLE := Fifth
  IMAGE/sysupgrade.bin := append-rootfs | append-metadata | gzip
endef
TARGET_DEVICES += fifth

define Device/seventh
  DEVICE_TITLE := Seventh
  IMAGE/sysupgrade.bin := append-rootfs | append-metadata | wrap # expect: metadata-order note
endef
TARGET_DEVICES += seventh

define Device/sixth
  DEVICE_TITLE := Sixth
  IMAGE/sysupgrade.bin := append-rootfs
  SUPPORTED_DEVICES :=
endef
TARGET_DEVICES += sixth

define Device/peer0
  DEVICE_TITLE := Peer 0
endef
TARGET_DEVICES += peer0

define Device/peer1
  DEVICE_TITLE := Peer 1
endef
TARGET_DEVICES += peer1

define Device/peer2
  DEVICE_TITLE := Peer 2
endef
TARGET_DEVICES += peer2

define Device/peer3
  DEVICE_TITLE := Peer 3
endef
TARGET_DEVICES += peer3

define Device/peer4
  DEVICE_TITLE := Peer 4
endef
TARGET_DEVICES += peer4

define Device/peer5
  DEVICE_TITLE := Peer 5
endef
TARGET_DEVICES += peer5

define Device/peer6
  DEVICE_TITLE := Peer 6
endef
TARGET_DEVICES += peer6

define Device/peer7
  DEVICE_TITLE := Peer 7
endef
TARGET_DEVICES += peer7

define Device/peer8
  DEVICE_TITLE := Peer 8
endef
TARGET_DEVICES += peer8

define Device/peer9
  DEVICE_TITLE := Peer 9
endef
TARGET_DEVICES += peer9

$(eval $(call BuildImage))
