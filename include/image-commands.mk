# SPDX-License-Identifier: GPL-2.0-only
# The standard Build/ commands: steps of KERNEL, KERNEL_INITRAMFS, IMAGE/x and ARTIFACT/x chains.
# $@ is the file under construction, $(1) the step's arguments. A step that gives up an image
# removes $@; the steps behind it then find nothing and the image is not delivered.

IMAGE_KERNEL = $(word 1,$^)
IMAGE_ROOTFS = $(word 2,$^)

# --- put together ---

define Build/kernel-bin
cat $< > $@
endef

define Build/append-kernel
cat $(IMAGE_KERNEL) >> $@
endef

define Build/append-rootfs
cat $(IMAGE_ROOTFS) >> $@
endef

define Build/append-dtb
cat $(KDIR)/image-$(notdir $(firstword $(DEVICE_DTS))).dtb >> $@
endef

define Build/append-file
cat $(1) >> $@
endef

define Build/copy-file
cat $(1) > $@
endef

define Build/append-string
printf '%s' $(1) >> $@
endef

# Another finished image of the device, without the metadata at its end.
define Build/append-image
cp "$(BIN_DIR)/$(DEVICE_IMG_PREFIX)-$(1)" $@.part
fwtool -s /dev/null -t $@.part || :
fwtool -i /dev/null -t $@.part || :
cat $@.part >> $@
rm -f $@.part
endef

# The initramfs archive as it is, for loaders that take kernel and ram disk apart.
define Build/initrd
cat $(KDIR)/root.cpio.gz > $@
endef

# --- pad and measure ---

define Image/pad-to
dd if=$(1) of=$(1).new bs=$(subst m,M,$(subst g,G,$(2))) conv=sync 2>/dev/null
mv $(1).new $(1)
endef

define Build/pad-to
$(call Image/pad-to,$@,$(1))
endef

define Build/pad-extra
dd if=/dev/zero bs=$(1) count=1 2>/dev/null >> $@
endef

# To the next multiple of the first argument less the second.
define Build/pad-offset
size=$$(stat -c%s $@); pad=$$(($(call exp_units,$(word 1,$(1))))); offset=$$(($(call exp_units,$(word 2,$(1))))); \
	head -c $$(((pad - (size + offset) % pad) % pad)) /dev/zero | tr '\000' '\377' >> $@
endef

# The file system's end on every erase block size that may be, with the mark that starts jffs2 there.
define Build/pad-rootfs
padjffs2 $@ $(1) $(or $(BLOCKSIZE:%k=%),4 8 16 64 128 256)
endef

# The image goes when it is larger than the argument or IMAGE_SIZE; the build goes on.
define Build/check-size
@size=$$(stat -c%s $@ 2>/dev/null || echo 0); limit=$$(($(call exp_units,$(or $(1),$(IMAGE_SIZE))))); \
	if [ $$size -gt $$limit ]; then \
		$(call ERROR_MESSAGE,    WARNING: Image file $@ is too big: $$size > $$limit); \
		rm -f $@; \
	fi
endef

# --- compress ---

define Build/lzma-no-dict
lzma e $@ $(1) $@.new
mv $@.new $@
endef

define Build/lzma
$(call Build/lzma-no-dict,-lc1 -lp2 -pb2 $(1))
endef

define Build/gzip
gzip -f -9n -c $@ $(1) > $@.new
mv $@.new $@
endef

# --- wrap for boot loaders ---

loader_entry = $(or $(KERNEL_ENTRY),$(KERNEL_LOADADDR))

# uImage COMPRESSION [mkimage's options]
define Build/uImage
$(if $(UIMAGE_TIME),SOURCE_DATE_EPOCH=$(UIMAGE_TIME) )mkimage -A $(LINUX_KARCH) -O linux -T kernel -C $(firstword $(1)) \
	-a $(KERNEL_LOADADDR) -e $(loader_entry) $(if $(UIMAGE_MAGIC),-M $(UIMAGE_MAGIC)) \
	-n '$(or $(UIMAGE_NAME),$(call toupper,$(LINUX_KARCH)) $(VERSION_DIST) Linux-$(LINUX_VERSION))' \
	$(wordlist 2,99,$(1)) -d $@ $@.new
mv $@.new $@
endef

# fit COMPRESSION DTB [with-initrd]: kernel, device tree, initramfs as parts of one tree.
fit_hashes = hash-1 { algo = "crc32"; }; hash-2 { algo = "sha1"; };
fit_config = $(or $(DEVICE_DTS_CONFIG),config-1)
# (name, file, type, more properties)
define fit_part
		$(1) {
			description = "$(DEVICE_TITLE) $(3)";
			data = /incbin/("$(2)");
			type = "$(3)";
			arch = "$(LINUX_KARCH)";
			$(4)
			$(fit_hashes)
		};
endef
# (compression, dtb, initrd)
define fit_source
/dts-v1/;
/ {
	description = "$(VERSION_DIST) $(DEVICE_NAME)";
	#address-cells = <1>;
	images {
$(call fit_part,kernel-1,$@,kernel,os = "linux"; compression = "$(1)"; load = <$(KERNEL_LOADADDR)>; entry = <$(loader_entry)>;)
$(if $(2),$(call fit_part,fdt-1,$(2),flat_dt,compression = "none";$(if $(DEVICE_DTS_LOADADDR), load = <$(DEVICE_DTS_LOADADDR)>;)))
$(if $(3),$(call fit_part,initrd-1,$(3),ramdisk,os = "linux"; compression = "none";))
	};
	configurations {
		default = "$(fit_config)";
		$(fit_config) {
			description = "$(VERSION_DIST) $(DEVICE_NAME)";
			kernel = "kernel-1";
			$(if $(2),fdt = "fdt-1";)
			$(if $(3),ramdisk = "initrd-1";)
		};
	};
};
endef
define Build/fit
$(file >$@.its,$(call fit_source,$(word 1,$(1)),$(word 2,$(1)),$(if $(filter with-initrd,$(1)),$(KDIR)/root.cpio.gz)))
mkimage -f $@.its $@.new
rm -f $@.its
mv $@.new $@
endef

# --- TP-Link's first header ---

# Where the root file system begins: on 4 bytes for squashfs, on its erase block for jffs2.
rootfs_align = $(patsubst jffs2-64k%,0x10000,$(patsubst jffs2-128k%,0x20000,$(patsubst jffs2-256k%,0x40000,$(patsubst squashfs%,0x4,$(1)))))
tplink_facts = -H $(TPLINK_HWID) -W $(TPLINK_HWREV) -m $(TPLINK_HEADER_VERSION) -N "$(VERSION_DIST)" -V $(REVISION)

# tplink-v1-image [sysupgrade [options]]: kernel and root file system are taken from their files.
define Build/tplink-v1-image
-mktplinkfw $(tplink_facts) -F $(TPLINK_FLASHLAYOUT) -k $(IMAGE_KERNEL) -r $(IMAGE_ROOTFS) -o $@.new -j -X 0x40000 \
	-a $(call rootfs_align,$(FILESYSTEM)) $(wordlist 2,99,$(1)) $(if $(findstring sysupgrade,$(firstword $(1))),-s) \
	&& mv $@.new $@ || rm -f $@
endef

# The header alone, in front of a kernel.
define Build/tplink-v1-header
mktplinkfw -c $(tplink_facts) -L $(KERNEL_LOADADDR) -E $(loader_entry) -k $@ -o $@.new $(1)
mv $@.new $@
endef

# The whole file under a pattern: [-p PATTERN [-x]].
define Build/xor-image
xorimage -i $@ -o $@.new $(1)
mv $@.new $@
endef

# --- NAND ---

# The volumes of an UBI image, for ubinize.
# (number, name, further lines as 'key=value' words)
ubi_volume = '[$(2)]' mode=ubi vol_id=$(1) vol_name=$(2) $(3)
ubi_rounded = $$((($$(stat -c%s $(1)) + 1023) / 1024 * 1024))
ubi_is_ubifs = $(filter ubifs%,$(FILESYSTEM))
ubi_parts = $(if $(UBOOTENV_IN_UBI),ubootenv ubootenv2) $(UBINIZE_PARTS) $(if $(KERNEL_IN_UBI),kernel=$(IMAGE_KERNEL)) rootfs $(if $(ubi_is_ubifs),,rootfs_data)
# (word of ubi_parts): its further lines. A part is NAME, NAME=FILE, NAME=:FILE (static) or NAME=FILE=MIB.
ubi_lines = $(or $(ubi_lines/$(1)),$(call ubi_part_lines,$(subst =, ,$(1))))
ubi_lines/ubootenv = vol_type=dynamic vol_size=1MiB
ubi_lines/ubootenv2 = vol_type=dynamic vol_size=1MiB
ubi_lines/rootfs = vol_type=dynamic image=$(IMAGE_ROOTFS) $(if $(ubi_is_ubifs),vol_flags=autoresize,vol_size=$(call ubi_rounded,$(IMAGE_ROOTFS)))
ubi_lines/rootfs_data = vol_type=dynamic vol_size=1MiB vol_flags=autoresize
ubi_part_lines = vol_type=$(if $(filter :%,$(word 2,$(1))),static,dynamic) $(if $(word 2,$(1)),image=$(patsubst :%,%,$(word 2,$(1))) $(call ubi_part_size,$(1)),vol_size=1MiB)
ubi_part_size = $(if $(filter kernel,$(firstword $(1))),,vol_size=$(if $(word 3,$(1)),$(word 3,$(1))MiB,$(call ubi_rounded,$(patsubst :%,%,$(word 2,$(1))))))
ubi_section = $(call ubi_volume,$(words $(wordlist 2,99,x $(2))),$(firstword $(subst =, ,$(1))),$(call ubi_lines,$(1)))
# (words left, words done)
ubi_sections = $(if $(1),$(call ubi_section,$(firstword $(1)),$(2)) $(call ubi_sections,$(wordlist 2,99,$(1)),$(2) $(firstword $(1))))
ubinize_run = ubinize -Q $(SOURCE_DATE_EPOCH) -p $(BLOCKSIZE:%k=%KiB) -m $(PAGESIZE) $(if $(SUBPAGESIZE),-s $(SUBPAGESIZE)) \
	$(if $(VID_HDR_OFFSET),-O $(VID_HDR_OFFSET)) $(UBINIZE_OPTS)

define Build/append-ubi
printf '%s\n' $(call ubi_sections,$(ubi_parts)) > $@.ubi.cfg
$(ubinize_run) -o $@.ubi $@.ubi.cfg
cat $@.ubi >> $@
rm -f $@.ubi $@.ubi.cfg
$(if $(and $(IMAGE_SIZE),$(NAND_SIZE)),$(call Build/check-size,$(NAND_SIZE)))
endef

# A kernel in an UBI volume of its own, nothing else.
define Build/ubinize-kernel
mv $@ $@.kernel
printf '%s\n' $(call ubi_volume,0,kernel,vol_type=dynamic image=$@.kernel) > $@.ubi.cfg
$(ubinize_run) -o $@ $@.ubi.cfg
rm -f $@.kernel $@.ubi.cfg
endef

# What sysupgrade writes on NAND boards: kernel, root file system and board in one archive.
define Build/sysupgrade-tar
rm -rf $@.dir && mkdir -p $@.dir/sysupgrade-$(sysupgrade_board)
printf 'BOARD=%s\n' $(sysupgrade_board) > $@.dir/sysupgrade-$(sysupgrade_board)/CONTROL
cat $(call param_get_default,rootfs,$(1),$(IMAGE_ROOTFS)) > $@.dir/sysupgrade-$(sysupgrade_board)/root
cat $(call param_get_default,kernel,$(1),$(IMAGE_KERNEL)) > $@.dir/sysupgrade-$(sysupgrade_board)/kernel
$(if $(call param_get,dtb,$(1)),cat $(call param_get,dtb,$(1)) > $@.dir/sysupgrade-$(sysupgrade_board)/dtb)
$(TAR_FIXED) --mode=u=rwX$(comma)go=rX -C $@.dir -cf $@ sysupgrade-$(sysupgrade_board)
rm -rf $@.dir
endef
sysupgrade_board = $(or $(BOARD_NAME),$(DEVICE_NAME))

# --- kernel and root file system in one upgrade file ---

# 64 KiB of header ("CI", both lengths in hex, md5 of what follows), then both on 64 KiB.
define Build/combined-image
dd if=$(IMAGE_KERNEL) of=$@.kernel bs=65536 conv=sync 2>/dev/null
dd if=$(IMAGE_ROOTFS) of=$@.rootfs bs=65536 conv=sync 2>/dev/null
cat $@.kernel $@.rootfs > $@.parts
printf 'CI%08x%08x%32s' $$(stat -c%s $@.kernel) $$(stat -c%s $@.rootfs) $$(md5sum $@.parts | cut -d' ' -f1) | dd of=$@ bs=65536 conv=sync 2>/dev/null
cat $@.parts >> $@
rm -f $@.kernel $@.rootfs $@.parts
endef

# --- the end ---

# For sysupgrade: JSON behind the image, a checksum beside it, a signature where BUILD_KEY is.
define Build/append-metadata
$(if $(SUPPORTED_DEVICES),-[ ! -f $@ ] || echo $(metadata_json) | fwtool -I - $@)
[ ! -f $@ ] || sha256sum $@ | cut -d' ' -f1 > $@.sha256sum
[ ! -s "$(BUILD_KEY)" -o ! -s "$(BUILD_KEY).ucert" -o ! -s $@ ] || { \
	cp "$(BUILD_KEY).ucert" $@.ucert; \
	usign -S -m $@ -s "$(BUILD_KEY)" -x $@.sig; \
	ucert -A -c $@.ucert -x $@.sig; \
	fwtool -S $@.ucert $@; \
}
endef
