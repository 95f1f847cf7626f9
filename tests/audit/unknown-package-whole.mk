# rules: unknown-package
# A tree with all its packages: modules and board data that it does not have; a kmod- forgotten; names that are put together; feeds'.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Device/first
  DEVICE_TITLE := First
  DEVICE_PACKAGES := kmod-gone # expect: unknown-package warning
  DEVICE_PACKAGES += demo-radio # expect: unknown-package warning
  DEVICE_PACKAGES += wifi-board-acme_ap3 # a family, but of no kind that only the tree has
  DEVICE_PACKAGES += ipq-wifi-acme_ap # expect: unknown-package warning
  DEVICE_PACKAGES += u-boot-acme-box3 # expect: unknown-package warning
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  DEVICE_PACKAGES := kmod-demo-radio kmod-assigned kmod-called kmod-soc-sound ipq-wifi-acme_ap-2 ipq-wifi-acme_wall u-boot-acme_box realtek-poe
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
