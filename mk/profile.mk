# SPDX-License-Identifier: GPL-2.0-only
# PROFILE=, PROFILES=: which devices to build, and what to say when there is no such device. Wants mk/names.mk.

ifneq ($(PROFILES)$(filter @%,$(PROFILE)),)
profiles_named := $(call names_of,$(PROFILE) $(PROFILES),$(or $(START_DIR),$(TOPDIR))/)
override PROFILE := $(foreach w,$(profiles_named),$(call name_part,1,$(w)))
override PROFILES :=
ifeq ($(PROFILE),)
  $(error PROFILES: no profile is named)
endif
endif
profile_place = $(addsuffix :$(space),$(filter-out PROFILE,$(call name_part,2,$(firstword $(filter $(1)|%,$(profiles_named))))))

# The targets whose device lists have (1): target/linux/BOARD/image/SUBTARGET.mk.
profile_homes = $(strip $(foreach f,$(wildcard $(TOPDIR)/target/linux/*/image/*.mk),$(if $(filter TARGET_DEVICES+=$(1),$(subst TARGET_DEVICES += ,TARGET_DEVICES+=,$(file <$(f)))),$(call home_of,$(subst /, ,$(patsubst $(TOPDIR)/target/linux/%.mk,%,$(f)))))))
home_of = $(word 1,$(1))/$(word 3,$(1))

define profile_error
$(error $(call profile_place,$(1))PROFILE=$(1): $(if $(2),not a device of $(TARGETID) but of $(2)
  hint: add TARGET=$(firstword $(2)),no such device in $(TARGETID)
  hint: the nearest are $(subst $(space),$(comma)$(space),$(strip $(call nearest,$(1),$(TARGET_DEVICES))))))
endef

# PROFILES_WANTED: the devices to build. Empty PROFILE: all that are not marked otherwise.
check_profiles = $(foreach p,$(filter-out $(TARGET_DEVICES),$(PROFILE)),$(call profile_error,$(p),$(call profile_homes,$(p))))
