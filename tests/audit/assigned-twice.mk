# rules: assigned-twice
# Lost; the same again; += and ?=; an arm of a conditional; a value that refers to itself; a template's value replaced; a
# template between the two; an empty one first.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/base
  DEVICE_PACKAGES := base
  IMAGE_SIZE := 4m
endef

define Device/reader
  DEVICE_PACKAGES += read-$$(SOC)
endef

define Device/first
  DEVICE_TITLE := First
  DEVICE_PACKAGES := one
  DEVICE_PACKAGES := two # expect: assigned-twice warning
  DEVICE_PACKAGES += three
  SUPPORTED_DEVICES := x
  SUPPORTED_DEVICES := x # expect: assigned-twice warning
  BLOCKSIZE := 64k
  BLOCKSIZE ?= 128k
  PAGESIZE := 1
  PAGESIZE := $$(PAGESIZE)2
  KERNEL_SIZE :=
  KERNEL_SIZE := 4m
endef
TARGET_DEVICES += first

define Device/second
  $(Device/base)
  DEVICE_TITLE := Second
  DEVICE_PACKAGES := own
  IMAGE_SIZE := 8m
  IMAGES := a.bin
ifeq ($(IB),)
  IMAGES := b.bin
endif
  IMAGE/a.bin := append-rootfs
  IMAGE/b.bin := append-rootfs
  SOC := a
  $(Device/reader)
  SOC := b
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
