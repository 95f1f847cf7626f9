# rules: unused-definition
# A variable and a define that nobody reads, an exported one, one of a comment; those that are read, by a made-up name, from a device.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

FLASH_START := 0x9f000000 # expect: unused-definition warning
FLASH_END := 0xbf000000
FLASH_SED := x
export FLASH_MODE := fast
size-small := 4m
size_large := 8m
KERNEL_LOADADDR := 0x80000000

# $(FLASH_START) was read here.
define Say/nothing
	echo nothing
endef

define say_nothing # expect: unused-definition warning
	echo nothing
endef

define say_end
	echo $(FLASH_END) $(size-$(1)) $(size_$(1)) 's#$(FLASH_SED)#x#' >> $@
endef

define Build/end
	$(call say_end,small)
endef

define Device/first
  DEVICE_TITLE := First
  FLASH_OWN := 1
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | end
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
