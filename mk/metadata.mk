# SPDX-License-Identifier: GPL-2.0-only
# What images and indexes say about devices: the metadata at a sysupgrade image's end and the notes
# that profiles.json is made of.

# "a","b" of the words (1)
json_strings = $(subst $(space),$(comma),$(strip $(foreach w,$(1),"$(call json_quote,$(w))")))

# A device whose configuration changed (DEVICE_COMPAT_VERSION above 1.0) must not be upgraded by a
# system that knows only supported_devices: there it finds a sentence instead of its name.
compat_version = $(or $(DEVICE_COMPAT_VERSION),1.0)
compat_refusal = The device is supported, but this image is incompatible for sysupgrade based on the image version ($(DEVICE_COMPAT_VERSION)).
compat_is_first = $(filter 1.0,$(compat_version))

json_item = "$(1)": "$(call json_quote,$(2))"
metadata_version_part = $(call json_item,dist,$(VERSION_DIST)), $(call json_item,version,$(VERSION_NUMBER)), $(call json_item,revision,$(REVISION)), $(call json_item,target,$(TARGETID)), $(call json_item,board,$(or $(BOARD_NAME),$(DEVICE_NAME)))
metadata_devices_part = $(if $(compat_is_first),"supported_devices": [$(call json_strings,$(SUPPORTED_DEVICES))],"new_supported_devices": [$(call json_strings,$(SUPPORTED_DEVICES))]$(comma) "supported_devices": ["$(call json_quote,$(compat_refusal)$(if $(DEVICE_COMPAT_MESSAGE), $(DEVICE_COMPAT_MESSAGE)))"])
metadata_json = '{ $(if $(IMAGE_METADATA),$(IMAGE_METADATA)$(comma) )"metadata_version": "1.1", $(call json_item,compat_version,$(compat_version)), $(if $(DEVICE_COMPAT_MESSAGE),$(call json_item,compat_message,$(DEVICE_COMPAT_MESSAGE))$(comma) )$(metadata_devices_part), "version": { $(metadata_version_part) } }'

# The note of one image: facts in the environment, as json_add_image_info reads them.
json_facts := $(foreach v,VENDOR MODEL VARIANT $(foreach a,ALT0 ALT1 ALT2 ALT3 ALT4 ALT5,$(a)_VENDOR $(a)_MODEL $(a)_VARIANT),DEVICE_$(v)) \
	DEVICE_TITLE DEVICE_PACKAGES DEVICE_IMG_PREFIX SUBTARGET VERSION_NUMBER VERSION_CODE SUPPORTED_DEVICES \
	KERNEL_SIZE IMAGE_SIZE FILE_TYPE SOURCE_DATE_EPOCH
# (file name)
define json_note
rm -f $@
DEVICE_ID='$(DEVICE_NAME)' FILE_NAME='$(1)' FILE_DIR='$(KDIR_TMP)' FILE_FILESYSTEM='$(FILESYSTEM)' TARGET='$(BOARD)' \
	$(foreach v,$(json_facts),$(v)=$(call shell_quote,$($(v)))) json_add_image_info $@
endef
