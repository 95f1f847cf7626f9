# SPDX-License-Identifier: GPL-2.0-only
# The root file system: from ROOTFS= or the demo's into root.tar (whose bytes say whether anything
# changed), from there into TARGET_DIR, from there into each file system's image KDIR/root.TYPE.

JFFS2_BLOCKSIZE ?= 64k 128k
fs-types-$(CONFIG_TARGET_ROOTFS_SQUASHFS) += squashfs
fs-types-$(CONFIG_TARGET_ROOTFS_JFFS2) += $(addprefix jffs2-,$(JFFS2_BLOCKSIZE))
fs-types-$(CONFIG_TARGET_ROOTFS_JFFS2_NAND) += $(addprefix jffs2-nand-,$(NAND_BLOCKSIZE))
fs-types-$(CONFIG_TARGET_ROOTFS_EXT4FS) += ext4
fs-types-$(CONFIG_TARGET_ROOTFS_UBIFS) += ubifs
fs-types-$(CONFIG_TARGET_ROOTFS_EROFS) += erofs
TARGET_FILESYSTEMS := $(if $(ROOTFS_IMAGE_TYPE),$(filter $(ROOTFS_IMAGE_TYPE),$(fs-types-y)),$(fs-types-y))
ifeq ($(TARGET_FILESYSTEMS),)
  ifneq ($(ROOTFS_IMAGE_TYPE),)
    $(error ROOTFS=$(ROOTFS): is $(ROOTFS_IMAGE_TYPE), which $(TARGETID) does not use ($(strip $(fs-types-y))))
  endif
endif
# For devices whose flash has erase blocks of this size.
other_fs = $(filter-out jffs2-%,$(TARGET_FILESYSTEMS))
FS_64K = $(other_fs) jffs2-64k
FS_128K = $(other_fs) jffs2-128k
FS_256K = $(other_fs) jffs2-256k

ROOTFS_PARTSIZE := $(CONFIG_TARGET_ROOTFS_PARTSIZE)m
# One UUID for all file systems; what tells images apart is their content.
ROOTFS_UUID := 5eed5eed-f1a5-4d0c-8000-0000726f6f74

# --- root.tar and TARGET_DIR ---

# Take $@.new when it differs from what is there, so that nothing is made anew without need.
keep_if_same = if cmp -s $@.new $@; then rm -f $@.new; else mv $@.new $@; fi

$(KDIR)/root.tar: FORCE | image_prepare
	$(call Rootfs/$(ROOTFS_KIND))
	$(keep_if_same)

define Rootfs/folder
$(TAR_FIXED) -C $(call shell_quote,$(ROOTFS_INPUT)) -cf $@.new .
endef

# An archive is unpacked and packed again, for its times and order.
define Rootfs/tar
rm -rf $@.tmp && mkdir -p $@.tmp
$(TAR) -C $@.tmp -xpf $(call shell_quote,$(ROOTFS_INPUT))
$(TAR_FIXED) -C $@.tmp -cf $@.new .
rm -rf $@.tmp
endef

# Not a tree: nothing to unpack; its digest says whether it changed.
define Rootfs/image
sha256sum < $(call shell_quote,$(ROOTFS_INPUT)) > $@.new
endef

# The tree's own files, Debian's busybox, and opkg's word for what is inside.
define Rootfs/demo
rm -rf $@.tmp && mkdir -p $@.tmp/dev $@.tmp/proc $@.tmp/sys $@.tmp/tmp $@.tmp/mnt $@.tmp/bin $@.tmp/sbin $@.tmp/root $@.tmp/usr/lib/opkg
$(CP) $(TOPDIR)/target/rootfs/. $@.tmp/
$(CP) $(DEMO_DIR)/busybox $@.tmp/bin/busybox
cp $(DEMO_DIR)/status $@.tmp/usr/lib/opkg/status
for name in $(DEMO_COMMANDS); do ln -sf busybox $@.tmp/bin/$$name; done
ln -sf ../bin/busybox $@.tmp/sbin/init
ln -sf sbin/init $@.tmp/init
chmod -R u=rwX,go=rX $@.tmp
$(TAR_FIXED) -C $@.tmp -cf $@.new .
rm -rf $@.tmp
endef
DEMO_COMMANDS := ash cat cp df dmesg echo grep hostname ls mkdir mount ping poweroff ps reboot rm \
	sh sleep switch_root uname umount insmod

ifeq ($(ROOTFS_KIND),demo)
$(KDIR)/root.tar: $(DEMO_DIR)/done
endif

target_dir_done := $(BUILD_DIR)/.root-$(BOARD)
$(target_dir_done): $(KDIR)/root.tar
ifneq ($(ROOTFS_KIND),image)
	rm -rf $(TARGET_DIR) && mkdir -p $(TARGET_DIR)
	$(TAR) -C $(TARGET_DIR) -xpf $<
endif
	touch $@

# --- one image for each file system ---

$(KDIR)/root.%: $(target_dir_done) $(SETTINGS) | image_prepare
	$(begin)
	$(if $(filter image,$(ROOTFS_KIND)),$(call Rootfs/finished),$(call Image/mkfs/$(word 1,$(target_params)),$(target_params)))
	$(finish)

define Rootfs/finished
cat $(call shell_quote,$(ROOTFS_INPUT)) > $@
endef

SQUASHFSCOMP ?= xz
SQUASHFSOPT ?= -b $(CONFIG_TARGET_SQUASHFS_BLOCK_SIZE)k -p '/dev/console c 600 0 0 5 1' -no-xattrs -processors 1
define Image/mkfs/squashfs
mksquashfs $(TARGET_DIR) $@ -quiet -no-progress -nopad -noappend -all-root -comp $(SQUASHFSCOMP) $(if $(wildcard $(TARGET_DIR)/dev),,-p '/dev d 755 0 0') $(SQUASHFSOPT)
endef

jffs2_endian := $(if $(CONFIG_BIG_ENDIAN),--big-endian,--little-endian)
JFFS2OPTS ?= $(jffs2_endian) --squash-uids
# The end of the file system, where the first boot begins to write.
add_jffs2_mark = printf '\xde\xad\xc0\xde' >> $(1)
# (erase block, more options)
define mkfs_jffs2
mkfs.jffs2 $(JFFS2OPTS) $(2) --pad -e $(patsubst %k,%KiB,$(1)) -o $@ -d $(TARGET_DIR)
$(call add_jffs2_mark,$@)
endef
$(foreach size,$(JFFS2_BLOCKSIZE),$(eval Image/mkfs/jffs2-$(size) = $$(call mkfs_jffs2,$(size))))
# NAND_BLOCKSIZE: PAGE-BLOCK, as in 2048-128k.
$(foreach size,$(NAND_BLOCKSIZE),$(eval Image/mkfs/jffs2-nand-$(size) = $$(call mkfs_jffs2,$(lastword $(subst -, ,$(size))),--no-cleanmarkers --pagesize=$(firstword $(subst -, ,$(size))))))

# An empty file system, then debugfs writes the files in order: owner root, one time, no privileges.
# What mke2fs -d does depends on the order of directories and on inode change times. Device nodes are
# left out (the kernel fills /dev), but for the console of init.
ext4_time = E2FSPROGS_FAKE_TIME=$(SOURCE_DATE_EPOCH)
# "755 d" -> 040755, "4755 f" -> 0104755
ext4_modes := s/ \(...\) \([df]\)$$/ 0\1 \2/;s/ \(....\) d$$/ 04\1/;s/ \(....\) f$$/ 010\1/
define Image/mkfs/ext4
$(ext4_time) mke2fs -q -F -t ext4 -O ^has_journal,^metadata_csum,^64bit -b 4096 -m 0 -L rootfs -U $(ROOTFS_UUID) \
	-E hash_seed=$(ROOTFS_UUID),root_owner=0:0,lazy_itable_init=0 $@ $(CONFIG_TARGET_ROOTFS_PARTSIZE)M
cd $(TARGET_DIR) && { \
	find . -mindepth 1 -type d -printf 'mkdir "%P"\n' | sort; \
	find . -type f -printf 'write "%P" "%P"\n' | sort; \
	find . -type l -printf 'symlink "%P" "%l"\n' | sort; \
	find . -mindepth 1 '(' -type d -o -type f ')' -printf 'set_inode_field "%P" mode %m %y\n' | sort | sed '$(ext4_modes)'; \
	[ -d dev ] || echo 'mkdir dev'; \
	printf '%s\n' 'cd dev' 'mknod console c 5 1' 'set_inode_field console mode 020600'; \
	} > $@.debugfs
cd $(TARGET_DIR) && $(ext4_time) debugfs -w -f $@.debugfs $@ > $@.log 2>&1
sed -i -e '/^debugfs/d' -e '/^Allocated/d' -e '/^$$/d' $@.log
[ ! -s $@.log ] || { echo "$(notdir $@): the root file system cannot be written ($(CONFIG_TARGET_ROOTFS_PARTSIZE) MiB):"; head -n 3 $@.log; echo '  hint: CONFIG_TARGET_ROOTFS_PARTSIZE=MIB makes it larger'; rm -f $@.log; exit 1; } >&2
rm -f $@.debugfs $@.log
endef

define Image/mkfs/erofs
mkfs.erofs --quiet -zlz4hc,12 -T$(SOURCE_DATE_EPOCH) --ignore-mtime -U $(ROOTFS_UUID) -x-1 --all-root $@ $(TARGET_DIR)
endef

UBIFS_OPTS ?= -m 2048 -e 124KiB -c 1024
# mkfs.ubifs takes inode times from the files' change times and a UUID from chance: faketime fixes the first,
# the second is overwritten, with the checksum (bytes 4 to 7) of the superblock node (bytes 0 to 4095). What
# remains is that it numbers files as the folder lists them: on another kind of file system differently.
define Image/mkfs/ubifs
faketime -f "$$(date -u -d @$(SOURCE_DATE_EPOCH) '+%Y-%m-%d %H:%M:%S')" \
	mkfs.ubifs $(or $(call param_unmangle,$(call param_get,fs,$(1))),$(UBIFS_OPTS)) --squash-uids -o $@ -d $(TARGET_DIR)
printf 'imagemk-rootfs--' | dd of=$@ bs=1 seek=108 conv=notrunc 2>/dev/null
crc=$$(head -c 4096 $@ | tail -c 4088 | gzip -c | tail -c 8 | od -An -tu4 -N4 --endian=little); crc=$$((crc ^ 0xffffffff)); \
	printf "$$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' $$((crc & 255)) $$((crc >> 8 & 255)) $$((crc >> 16 & 255)) $$((crc >> 24 & 255)))" | \
	dd of=$@ bs=1 seek=4 conv=notrunc 2>/dev/null
endef

# The root file system as an initramfs. A finished image is an initial ram disk as it is.
$(KDIR)/root.cpio.gz: $(target_dir_done) $(SETTINGS) | image_prepare
	$(begin)
	$(if $(filter image,$(ROOTFS_KIND)),gzip -9n -c $(call shell_quote,$(ROOTFS_INPUT)) > $@,$(call cpio_gz,$(TARGET_DIR),$@))
	$(finish)
cpio_gz = cd $(1) && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --reproducible --quiet | gzip -9n -c > $(2)
