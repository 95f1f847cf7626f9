# SPDX-License-Identifier: GPL-2.0-only
# What stands beside the images: manifest, buildinfo, profiles.json, sha256sums.

SETTINGS := $(KDIR)/.settings
image_texts = $(sort $(filter-out %/.config,$(MAKEFILE_LIST)))
image_outputs :=

# Everything that decides about bytes and is no file; a change makes all images anew.
settings_text = $(foreach v,VERSION_DIST VERSION_NUMBER VERSION_CODE REVISION SOURCE_DATE_EPOCH LINUX_VERSION \
	TARGET_FILESYSTEMS CONFIG_TARGET_ROOTFS_PARTSIZE CONFIG_TARGET_KERNEL_PARTSIZE BUILD_KEY ROOTFS_KIND \
	SQUASHFSCOMP SQUASHFSOPT JFFS2OPTS UBIFS_OPTS INITRD,$(v)=$($(v)))

$(SETTINGS): FORCE | image_prepare
	printf '%s\n' $(call shell_quote,$(settings_text)) > $@.new
	if cmp -s $@.new $@; then rm -f $@.new; else rm -f $(JSON_DIR)/*.json; mv $@.new $@; fi

# name - version, a line each, from what the package manager left in the root file system
opkg_pairs := /^Package: /{s///;h;};/^Version: /{s///;H;x;s/\n/ - /;p;}

define config_lines
CONFIG_TARGET_$(BOARD)=y
CONFIG_TARGET_$(BOARD)_$(SUBTARGET)=y
$(if $(PROFILE),CONFIG_TARGET_MULTI_PROFILE=y$(foreach p,$(sort $(PROFILE)),$(newline)CONFIG_TARGET_DEVICE_$(BOARD)_$(SUBTARGET)_DEVICE_$(p)=y),CONFIG_TARGET_ALL_PROFILES=y)$(if $(EXTRA_IMAGE_NAME),$(newline)CONFIG_EXTRA_IMAGE_NAME="$(EXTRA_IMAGE_NAME)")$(foreach o,SQUASHFS JFFS2 EXT4FS UBIFS EROFS INITRAMFS,$(if $(CONFIG_TARGET_ROOTFS_$(o)),$(newline)CONFIG_TARGET_ROOTFS_$(o)=y))
endef
# A line that a loop indents is not meant to be.
quoted_lines = $(foreach l,$(subst $(newline),$(space),$(subst $(space),$(chain_blank),$(1))),$(call shell_quote,$(strip $(subst $(chain_blank),$(space),$(l)))))

bin_name = $(BIN_DIR)/$(1)
# (name in BIN_DIR): what the shell wrote to $@.new becomes the file.
define Rules/outputs
.PHONY: index
install: index
index: images $$(image_outputs:%=$(JSON_DIR)/%.json)
	$$(call write_index)
endef

# An entry without a file does not stay: dropped images take their notes with them.
define write_index
cd $(BIN_DIR) && printf '%s\n' $(call quoted_lines,$(config_lines)) > config.buildinfo.new && mv config.buildinfo.new config.buildinfo
cd $(BIN_DIR) && printf '%s\n' '$(VERSION_CODE)' > version.buildinfo.new && mv version.buildinfo.new version.buildinfo
cd $(BIN_DIR) && if [ -f $(TARGET_DIR)/usr/lib/opkg/status ]; then sed -n '$(opkg_pairs)' $(TARGET_DIR)/usr/lib/opkg/status | sort; fi > $(IMG_PREFIX).manifest.new && mv $(IMG_PREFIX).manifest.new $(IMG_PREFIX).manifest
for note in $(JSON_DIR)/*.json; do image=$${note##*/}; [ -f "$(BIN_DIR)/$${image%.json}" ] || rm -f "$$note"; done
set -- $(JSON_DIR)/*.json; if [ ! -e "$$1" ]; then rm -f $(BIN_DIR)/profiles.json; else \
	WORK_DIR='$(JSON_DIR)' DEFAULT_PACKAGES='$(DEFAULT_PACKAGES)' ARCH_PACKAGES='$(ARCH_PACKAGES)' LINUX_VERSION='$(LINUX_VERSION)' LINUX_RELEASE='$(LINUX_RELEASE)' LINUX_VERMAGIC='$(LINUX_VERMAGIC)' \
		json_overview_image_info $(BIN_DIR)/profiles.json; fi
cd $(BIN_DIR) && find . -maxdepth 1 -type f ! -name sha256sums ! -name build-report.json ! -name '*.new' | sed 's,^\./,,' | sort | xargs -r sha256sum -b > sha256sums.new && mv sha256sums.new sha256sums
$(if $(filter 1,$(STRICT)),for image in $(image_outputs); do [ -f "$(BIN_DIR)/$$image" ] || { echo "STRICT=1: $$image was dropped" >&2; exit 1; }; done)
endef
