# rules: not-reproducible
# tar with all that it needs, by a $(if) that is empty here, too; without time, owner, order; files by name need no order;
# gzip of a file and of what comes through a pipe; a gzip whose trailer alone is taken; zip; text that only names them.
include $(TOPDIR)/rules.mk
include $(INCLUDE_DIR)/image.mk

define Build/good
	@tar --mtime=@$(SOURCE_DATE_EPOCH) --owner=0 --group=0 --sort=name -cf $@.new -C $@.tmp .
	tar $(if $(NO_SUCH),--mtime="@$(NO_SUCH)") \
		--owner=0 --group=0 -cf $@.new one two && mv $@.new $@
	tar -xf $@.new -C $@.tmp
	gzip -9nc $@ > $@.gz
	cat $@ | gzip -c > $@.gz
	gzip -c <$@ >$@.gz
	crc=$$(gzip -c $@ | tail -c 8 | od -An); echo $$crc >> $@
	gzip -dc $@ > $@.new
	zip -j -X $@ $@.tmp/a
	echo "tar -cf a b; gzip a" >> $@ # gzip a
	make_ext4fs -L rootfs $(if $(NO_SUCH),-T $(NO_SUCH)) $@.new $@.tmp
endef
define Build/no-time
	tar -c --owner=0 --group=0 -f $@.new one two # expect: not-reproducible warning
endef
define Build/no-owner
	cd $@.tmp && tar --mtime=@1 -cf $@.new one # expect: not-reproducible warning
endef
define Build/no-order
	tar --mtime=@1 --owner=0 --group=0 -C $@.tmp -cf $@.new . # expect: not-reproducible warning
endef
define Build/old-style
	tar czf $@ -C $@.tmp . # expect: not-reproducible warning
endef
define Build/gzip-file
	(echo x; gzip -9c $@ | cat) > $@.gz # expect: not-reproducible warning
endef
define Build/zip-file
	TZ=UTC zip -j $@ $@.tmp/a # expect: not-reproducible warning
endef
define Build/ext4
	make_ext4fs -L rootfs -l 4096 $@.new $@.tmp # expect: not-reproducible warning
endef

define Device/first
  DEVICE_TITLE := First
  IMAGES := a.bin b.bin
  IMAGE/a.bin := append-rootfs | good
  IMAGE/b.bin := append-rootfs | no-time | no-owner | no-order | old-style | gzip-file | zip-file | ext4
endef
TARGET_DEVICES += first

$(eval $(call BuildImage))
