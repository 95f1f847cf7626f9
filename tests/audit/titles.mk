# rules: titles
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/acme_first # expect: titles warning
  DEVICE_MODEL := First
endef
TARGET_DEVICES += acme_first

define Device/acme_second # expect: titles warning
  DEVICE_VENDOR := Acme
endef
TARGET_DEVICES += acme_second

define Device/acme_third
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := Third v1 # expect: titles warning
  DEVICE_VARIANT := v1
endef
TARGET_DEVICES += acme_third

define Device/acme_fourth
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := Fourth
  DEVICE_ALT0_VENDOR := Acme
  DEVICE_ALT0_MODEL := Fourth # expect: titles warning
  DEVICE_ALT2_VENDOR := Other
  DEVICE_ALT2_MODEL := Fourth # expect: titles warning
  DEVICE_ALT3_VENDOR := Other
  DEVICE_ALT3_MODEL := Fourth # expect: titles warning
endef
TARGET_DEVICES += acme_fourth

define Device/acme_ews2910p
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := EWP2910P # expect: titles warning
endef
TARGET_DEVICES += acme_ews2910p

define Device/acme_rut9x1
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := RUT-951
  DEVICE_ALT0_VENDOR := Acme
  DEVICE_ALT0_MODEL := RUT-961
endef
TARGET_DEVICES += acme_rut9x1

define Device/acme_rut951
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := Acme RUT 951 # expect: titles note
endef
TARGET_DEVICES += acme_rut951

define Device/acme_same-a
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := Same
endef
TARGET_DEVICES += acme_same-a

define Device/acme_same-b
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := Same # expect: titles note
endef
TARGET_DEVICES += acme_same-b

define Device/acme_hub-2-a
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := Hubbub 2.0
endef
TARGET_DEVICES += acme_hub-2-a

define Device/acme_hubbub-2-a
  DEVICE_VENDOR := Acme
  DEVICE_MODEL := Hubbub 2.0
  DEVICE_VARIANT := A
endef
TARGET_DEVICES += acme_hubbub-2-a

define Device/acme_whole
  DEVICE_TITLE := In one piece
endef
TARGET_DEVICES += acme_whole

define Device/acme_shout
  DEVICE_VENDOR := ACME # expect: titles note
  DEVICE_MODEL := Shout
endef
TARGET_DEVICES += acme_shout

define Device/other_one
  DEVICE_VENDOR := OTHER
  DEVICE_MODEL := One
endef
TARGET_DEVICES += other_one

define Device/other_two
  DEVICE_VENDOR := Other
  DEVICE_MODEL := Two
endef
TARGET_DEVICES += other_two

define Device/acme_untitled # expect: titles warning
  IMAGES :=
endef
TARGET_DEVICES += acme_untitled

$(eval $(call BuildImage))
