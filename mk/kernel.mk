# SPDX-License-Identifier: GPL-2.0-only
# The kernel: VMLINUX= as it is, or the demo's from Debian, under the names that devices use
# (KERNEL_NAME); and device trees.

DEMO_DIR := $(DL_DIR)/debian/$(DEMO_ARCH)

# Debian's kernel and busybox, unpacked; needed once.
$(DEMO_DIR)/done:
	$(SCRIPT_DIR)/fetch $(DEMO_DIR) $(DEMO_ARCH) $(DEMO_KERNEL) $(DEMO_MODULES)

# KDIR/vmlinux and its like; KDIR/vmlinux-initramfs is the kernel, padded, with the archive behind it.
define Rules/kernel_files
$$(foreach name,$$(sort $$(kernel_files)),$$(eval $$(call Rules/kernel_file,$$(name))))
$$(foreach name,$$(filter-out $$(kernel_files),$$(sort $$(initramfs_files))),$$(eval $$(call Rules/initramfs_file,$$(name))))
endef

# By content: VMLINUX= may come, change and go.
kernel_source = $(call shell_quote,$(or $(KERNEL_INPUT),$(DEMO_DIR)/vmlinuz))
define Rules/kernel_file
$(KDIR)/$(1): $(if $(KERNEL_INPUT),,$(DEMO_DIR)/done) FORCE | image_prepare
	cmp -s $$(kernel_source) $$@ || { cat $$(kernel_source) > $$@.new && mv $$@.new $$@; }
endef

define Rules/initramfs_file
$(KDIR)/$(1): $(KDIR)/$(1:%-initramfs=%) $(KDIR)/root.cpio.gz
	$$(begin)
	dd if=$$< of=$$@ bs=4096 conv=sync 2>/dev/null
	cat $(KDIR)/root.cpio.gz >> $$@
	$$(finish)
endef
kernel_files :=
initramfs_files :=

# A source that uses the C preprocessor goes through it, others straight to dtc.
# (source, result)
define Image/BuildDTB
$(if $(findstring #include,$(file <$(1)))$(findstring #define,$(file <$(1))),cpp -nostdinc -x assembler-with-cpp -undef -D__DTS__ -I$(dir $(1)) -I$(DTS_DIR) -o $(2).tmp $(1))
dtc -q -O dtb -i $(dir $(1)) -i $(DTS_DIR) $(DTC_FLAGS) $(DTC_EXTRA) -o $(2) $(if $(findstring #include,$(file <$(1)))$(findstring #define,$(file <$(1))),$(2).tmp && rm -f $(2).tmp,$(1))
endef
