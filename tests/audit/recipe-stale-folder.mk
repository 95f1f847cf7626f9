# rules: recipe-stale-folder
# Packed whole without being removed before; removed, by its name or with a *; packed file by file.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/stale
	mkdir -p $@.tmp && cp $@ $@.tmp/kernel # expect: recipe-stale-folder note
	tar -cf $@ -C "$@.tmp" . && rm -rf $@.tmp
endef

define Build/fs
	mkdir -p $@.fs/boot $@.fs # expect: recipe-stale-folder note
	make_ext4fs -J $@.part $@.fs
endef

define Build/clean
	rm -rf $@.tmp && mkdir -p $@.tmp && cp $@ $@.tmp/kernel
	tar -cf $@ -C $@.tmp .
endef

define Build/glob
	rm -rf $@.*
	mkdir -p $@.tmp && cp $@ $@.tmp/kernel
	tar -cf $@ -C $@.tmp .
endef

define Build/files
	mkdir -p $@.tmp && cp $@ $@.tmp/kernel
	tar -cf $@.tar -C $@.tmp kernel
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin c.bin d.bin e.bin
  IMAGE/a.bin := stale
  IMAGE/b.bin := fs
  IMAGE/c.bin := clean
  IMAGE/d.bin := glob
  IMAGE/e.bin := files
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
