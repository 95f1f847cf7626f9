# rules: over-escaped
# Four dollars in KERNEL, which has one expansion less than IMAGE/x, and eight there; two and four where they belong; what is
# the shell's: arithmetic, commands, variables.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += BOARD_MARK
define Build/mark
	echo $(1) >> $@
endef

define Device/first
  DEVICE_TITLE := First
  BOARD_MARK := one
  KERNEL := kernel-bin | mark $$(BOARD_MARK)
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-rootfs | mark $$$$(BOARD_MARK) | mark $$(BOARD_MARK) | mark $$$$$$$$((0x100)) | mark $$$$$$$$(basename a)
  IMAGE/b.bin := append-rootfs | mark $$$$$$$$(BOARD_MARK) # expect: over-escaped error
endef
TARGET_DEVICES += first

define Build/deaf
	echo a >> $@
endef

define Device/second
  DEVICE_TITLE := Second
  BOARD_MARK := two
  KERNEL := kernel-bin | mark $$$$(BOARD_MARK) # expect: over-escaped error
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | deaf $$$$$$$$(BOARD_MARK) # expect: over-escaped warning
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
