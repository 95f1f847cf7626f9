# rules: overwritten-by-parent
# Lost; read by the template; the same value; set again behind; the template first.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/base
  IMAGE_SIZE := 4m
  BLOCKSIZE := 64k
  SOC := soc-$$(SOC)
  DEVICE_PACKAGES += more
endef

define Device/first
  DEVICE_TITLE := First
  IMAGE_SIZE := 8m # expect: overwritten-by-parent warning
  BLOCKSIZE := 64k
  SOC := mt7621
  DEVICE_PACKAGES := own
  $(Device/base)
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGE_SIZE := 16m
  $(Device/base)
  IMAGE_SIZE := 8m
endef
TARGET_DEVICES += second

define Device/third
  $(Device/base)
  DEVICE_TITLE := Third
  IMAGE_SIZE := 8m
endef
TARGET_DEVICES += third

$(eval $(call BuildImage))
