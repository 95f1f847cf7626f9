# rules: recipe-temp-name
# One name for two devices' recipes, and for two images of one device; names with $@ or the device's in them, of one recipe
# alone (a note below KDIR), of a command that only reads, under a lock; the same line is said once.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/box
	cp $@ /tmp-x/box.bin # expect: recipe-temp-name warning
	cat /tmp-x/box.bin >> $@
	rm -f /tmp-x/box.bin
endef
define Build/two
	echo a > "/tmp-x/$(1)".a # expect: recipe-temp-name warning
endef
define Build/edit
	sed -i -e "s/a/b/" /tmp-x/list # expect: recipe-temp-name warning
endef
define Build/own
	cp $@ $@.tmp && mv $@.tmp $@
	echo a > /tmp-x/$(notdir $@)
	cp $@ /tmp-x/$(DEVICE_NAME).bin
	cat /tmp-x/common >> $@
	sed -e "s/a/b/" /tmp-x/common >> $@
	dd if=/tmp-x/common of=$@ bs=1k 2>/dev/null
	echo x > /dev/null
	flock /tmp-x/lock -c 'cp a b' && flock /tmp-x/lock cp $@ /tmp-x/locked
endef
define Build/alone
	echo a > /tmp-x/alone
endef
define Build/single
	mkdir -p $(KDIR)/single # mkdir alone does no harm
	cp $@ $(KDIR)/single/kernel # expect: recipe-temp-name note
	cp $@ $(KDIR)/$(DEVICE_NAME)-kernel
endef
define Build/three
	echo a | tee /tmp-x/three >> $@ # expect: recipe-temp-name warning
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin
  IMAGE/a.bin := append-rootfs | box | two one | edit | own | alone | single
endef
TARGET_DEVICES += first

define Device/second
  DEVICE_TITLE := Second
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-rootfs | box | two one | edit | own | three
  IMAGE/b.bin := append-rootfs | three
endef
TARGET_DEVICES += second

$(eval $(call BuildImage))
