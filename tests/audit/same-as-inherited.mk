# rules: same-as-inherited
# What the template, the default or Device/Init has; what one of two devices needs; what adds; what another arm sets.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/Default
  IMAGES := a.bin
  BLOCKSIZE := 64k
endef

define Device/base
  SOC := soc1
  BLOCKSIZE := 64k # expect: same-as-inherited note
  IMAGE/a.bin := append-kernel
endef

define Device/half
  BLOCKSIZE := 128k
endef

define Device/first
  $(Device/base)
  DEVICE_TITLE := First
  SOC := soc1 # expect: same-as-inherited note
  IMAGE/a.bin := append-rootfs
  SUPPORTED_DEVICES := first # expect: same-as-inherited note
endef
TARGET_DEVICES += first

define Device/second
  $(Device/base)
  $(Device/half)
  DEVICE_TITLE := Second
  SOC += soc1
  SOC :=
ifeq ($(SUBTARGET),generic)
  IMAGES := a.bin
endif
endef
TARGET_DEVICES += second

define Device/third
  $(Device/base)
  DEVICE_TITLE := Third
  BLOCKSIZE := 256k
  $(Device/half)
  BLOCKSIZE := 64k
endef
TARGET_DEVICES += third

define Device/same
  IMAGES := a.bin b.bin
endef

define Device/fourth
  $(Device/base)
  $(Device/same)
  DEVICE_TITLE := Fourth
  IMAGES := a.bin
  IMAGE/b.bin := append-rootfs
endef
TARGET_DEVICES += fourth

$(eval $(call BuildImage))
