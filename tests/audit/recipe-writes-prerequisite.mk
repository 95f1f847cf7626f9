# rules: recipe-writes-prerequisite
# Adds to the kernel, edits, moves and pads what it was given; reads it, writes beside it, copies and then edits the copy.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/adds
	echo mark >> $(word 1,$^) # expect: recipe-writes-prerequisite warning
endef
define Build/edits
	@sed -i "s/a/b/" $< # expect: recipe-writes-prerequisite warning
endef
define Build/moves
	mv "$<" $@ # expect: recipe-writes-prerequisite warning
endef
define Build/pads
	padjffs2 $(word 2,$^) 64 # expect: recipe-writes-prerequisite warning
endef
define Build/fills
	dd if=/dev/zero of=$(word 2,$^) bs=1k count=1 conv=notrunc # expect: recipe-writes-prerequisite warning
endef
define Build/reads
	cat $< >> $@
	cp $(word 2,$^) $@.tmp && sed -i "s/a/b/" $@.tmp
	padjffs2 $(word 2,$^) -c 64 >> $@
	dd if=$< bs=1k >> $@
	sed -e "s/a/b/" $< > $@.new
	tool -i $< -o $@.new
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-rootfs | adds | edits | moves | pads | fills
  IMAGE/b.bin := append-rootfs | reads
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
