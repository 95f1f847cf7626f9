# SPDX-License-Identifier: GPL-2.0-only
# Devices, but nothing that lists them for others.
define Device/Init
  DEVICE_NAME := $(1)
  DEVICE_TITLE :=
endef

define Device/DumpInfo
Target-Profile: DEVICE_$(1)
endef

define Device
$(call Device/Init,$(1))
$(call Device/$(1),$(1))
$(if $(DUMP),$$(info $$(call Device/DumpInfo,$(1))))
endef

define BuildImage
$(foreach device,$(TARGET_DEVICES),$(call Device,$(device)))
endef
