# rules: read-before-set
# Read by $$ in the template and set behind it; the same value; read late by $$$$; set before; a chain that is not built.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += ID

define Device/base
  BLOCKSIZE := 64k
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | pad-to $$(BLOCKSIZE)
  IMAGE/b.bin := append-rootfs | pad-to $$$$(BLOCKSIZE)
  IMAGE/c.bin := append-rootfs | pad-to $$(BLOCKSIZE)
  DEVICE_DTS = $$(SOC)_x
endef

define Device/first
  $(Device/base)
  DEVICE_TITLE := First
  SOC := mt7621
  BLOCKSIZE := 128k # expect: read-before-set warning
endef
TARGET_DEVICES += first

define Device/second
  $(Device/base)
  DEVICE_TITLE := Second
  BLOCKSIZE := 64k
endef
TARGET_DEVICES += second

define Device/third
  $(Device/base)
  DEVICE_TITLE := Third
  IMAGES := b.bin
  BLOCKSIZE := 128k
endef
TARGET_DEVICES += third

define Device/fourth
  $(Device/base)
  DEVICE_TITLE := Fourth
  BLOCKSIZE := 128k
  IMAGE/a.bin := append-rootfs | pad-to $$(BLOCKSIZE)
endef
TARGET_DEVICES += fourth

$(eval $(call BuildImage))
