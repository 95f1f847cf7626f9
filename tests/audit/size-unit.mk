# rules: size-unit
# Units that the reader does not know; none; 0; an expression, a hexadecimal number and a value from elsewhere are fine.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/first
  DEVICE_TITLE := First
  IMAGE_SIZE := 75776K # expect: size-unit error
  BLOCKSIZE := 64K # expect: size-unit error
  KERNEL_SIZE := 0 # expect: size-unit warning
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-rootfs | pad-extra 4m | pad-to 4m | check-size # expect: size-unit error
  IMAGE/b.bin := append-rootfs | check-size 16MB # expect: size-unit error
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGE_SIZE := 16064 # expect: size-unit error
endef
TARGET_DEVICES += second

define Device/third
  DEVICE_TITLE := Third
  IMAGE_SIZE := $$(shell expr 64 + 64)m
  BLOCKSIZE := 0x20000
  PAGESIZE := 2048
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-rootfs | pad-to 4M | pad-to $$$$$$$$(($$(BLOCKSIZE))) | check-size
  IMAGE/b.bin := append-rootfs | pad-to 64KiB | check-size 7929856
endef
TARGET_DEVICES += third

define Device/fourth
  DEVICE_TITLE := Fourth
  IMAGE_SIZE := 4096 * 1024
  BLOCKSIZE := 128KiB
  KERNEL_SIZE := 4m
endef
TARGET_DEVICES += fourth

define Device/fifth # expect: size-unit error
  DEVICE_TITLE := Fifth
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-rootfs | pad-to $$$$(KERNEL_SIZE)
  IMAGE/b.bin := append-rootfs | pad-to $$(CONFIG_SIZE)
endef
TARGET_DEVICES += fifth

define Device/sixth
  DEVICE_TITLE := Sixth
  BLOCKSIZE := 126k # expect: size-unit note
  KERNEL_SIZE := 8m # expect: size-unit warning
  IMAGE_SIZE := 4096k
endef
TARGET_DEVICES += sixth

$(eval $(call BuildImage))
