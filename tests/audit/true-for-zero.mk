# rules: true-for-zero
# Asked for by $(if); compared; not asked for; DEFAULT := n is how image.mk has it.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += WITH_HEADER WITH_TAIL LEVEL

define Build/mark
	echo $(if $(WITH_HEADER),head)$(if $(WITH_TAIL),tail) $(LEVEL) >> $@
ifeq ($(WITH_TAIL),0)
	echo >> $@
endif
endef

define Device/first
  DEVICE_TITLE := First
  WITH_HEADER := 0 # expect: true-for-zero error
  WITH_TAIL := 0
  LEVEL := 0
  DEFAULT := n
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | mark
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  WITH_HEADER :=
  WITH_TAIL := 1
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
