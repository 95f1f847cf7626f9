# rules: fails-when-too-big
# Behind check-size: a tool that reads the image, mv, cat in a subshell that ends otherwise; errors ignored, a test, an
# "or", a substitution, a pipe, what makes the image anew; the same in front of check-size and where there is none.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/header
	mkheader -i $@ -o $@.new # expect: fails-when-too-big note
	mv $@.new $@
endef
define Build/moves
	@mv $@ $@.old # expect: fails-when-too-big note
endef
define Build/copies
	echo a > $@.x
	cp $@ $@.y && cat $@.y $@.x > $@ # expect: fails-when-too-big note
endef
define Build/careful
	-mkheader -i $@ -o $@.new
	@-mkheader -i $@ -o $@.new
	[ -f "$@" ] && mkheader -i $@ -o $@.new && mv $@.new $@; true
	mkheader -i $@ -o $@.new || rm -f $@
	echo "size $$(stat -c%s $@)" > $@.size
	sha256sum "$@" | cut -d" " -f1 > $@.sum
	(cat $@; echo) > $@.new
	tool -o $@ -i $@.new
	rm -f $@
endef
define Build/anew
	echo a >> $@
	mkheader -i $@ -o $@.new
endef
define Build/plain
	mkplain -i $@ -o $@.new && mv $@.new $@
endef

define Device/first
  DEVICE_TITLE := First
  IMAGE_SIZE := 4096k
  IMAGES := a.bin b.bin c.bin d.bin e.bin f.bin
  IMAGE/a.bin := append-rootfs | check-size | header
  IMAGE/b.bin := append-rootfs | check-size 4m | moves
  IMAGE/c.bin := append-rootfs | check-size | careful | copies | plain
  IMAGE/d.bin := append-rootfs | check-size | anew | plain
  IMAGE/e.bin := append-rootfs | plain | check-size
  IMAGE/f.bin := append-rootfs | plain
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
