# rules: titles
# A target that has profiles, as releases up to 19.07 do: they choose devices that no menu shows.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/nand
  PROFILES := Default
  IMAGES := sysupgrade.bin
  IMAGE/sysupgrade.bin := append-rootfs
endef
TARGET_DEVICES += nand

$(eval $(call BuildImage))
