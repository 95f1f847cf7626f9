# rules: recipe-writes-source
# By >, by a copy, in place; below $@; the folder of $@; behind a cd; numbers and variables; make in a folder.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/here
	cat $@ > image.new # expect: recipe-writes-source warning
	cp $(IMAGE_KERNEL) ./kernel.bin # expect: recipe-writes-source warning
	sed -i s/a/b/ files/board.conf # expect: recipe-writes-source warning
	$(MAKE) -C tool CROSS_COMPILE=$(TARGET_CROSS) # expect: recipe-writes-source warning
endef

define Build/there
	cat $@ > $@.new && mv $@.new $@
	cp $@ $(dir $@)factory.bin
	x=$@.tmp; cat $@ > $$x/image.bin
	padjffs2 $@ 4 8 16
	cat /dev/null > /dev/null
	$(MAKE) -C loader PKG_BUILD_DIR="$@.src" compile loader.bin
	$(MAKE) -C /usr/src/linux dtbs
	$(MAKE) -C $(NOTHING) FLAGS=-O2 dtbs
	cd $@.tmp && cat $@ > image.bin
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin
  IMAGE/a.bin := there
  ARTIFACTS := b.bin
  ARTIFACT/b.bin := here
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
