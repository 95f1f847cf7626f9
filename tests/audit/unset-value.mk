# rules: unset-value
# Not set where four others do; as often not set as set; read only where it is not empty; in quotes, or as a variable of make.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

DEVICE_VARS += BOARD_ID MAYBE RARE LABEL

define Build/header
	header -b $(BOARD_ID) $(if $(MAYBE),-m $(MAYBE)) \
		ID=$(LABEL) -l "$(LABEL)" -o $@.new $@
	mv $@.new $@
endef

define Build/rare
	rare $(RARE) $@
endef

define Device/Default
  BOARD_ID :=
  MAYBE :=
  RARE :=
  LABEL :=
  IMAGES := a.bin
  IMAGE/a.bin := append-kernel | header | rare
endef

define Device/a
  DEVICE_TITLE := A
  BOARD_ID := a
  MAYBE := m
  LABEL := l
  RARE := r
endef
TARGET_DEVICES += a

define Device/b
  DEVICE_TITLE := B
  BOARD_ID := b
  MAYBE := m
  LABEL := l
  RARE := r
endef
TARGET_DEVICES += b

define Device/c # expect: unset-value warning
  DEVICE_TITLE := C
endef
TARGET_DEVICES += c

define Device/d
  DEVICE_TITLE := D
  BOARD_ID := d
  MAYBE := m
  LABEL := l
endef
TARGET_DEVICES += d

define Device/e
  DEVICE_TITLE := E
  IMAGE/a.bin := append-kernel
endef
TARGET_DEVICES += e

$(eval $(call BuildImage))
