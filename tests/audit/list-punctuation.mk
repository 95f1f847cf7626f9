# rules: list-punctuation
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/acme_first
  DEVICE_TITLE := First
  IMAGES := a.bin, b.bin # expect: list-punctuation error
  IMAGE/a.bin, := append-rootfs | pad-to 64k
  IMAGE/b.bin := append-rootfs | pad-to 64k
  DEVICE_PACKAGES := nano | less # expect: list-punctuation error
  SUPPORTED_DEVICES := acme,first "first" # expect: list-punctuation error
endef
TARGET_DEVICES += acme_first

define Device/acme_second
  DEVICE_TITLE := Second
  DEVICE_PACKAGES := nano \
	less $(subst |,,more) $(if a,b | c) -$$(subst a,b,a) \

  SUPPORTED_DEVICES += acme,2nd
  BLOCKSIZE := 64k \
  PAGESIZE := 2048 # expect: list-punctuation error
endef
TARGET_DEVICES += acme_second

$(eval $(call BuildImage))
