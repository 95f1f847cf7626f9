# SPDX-License-Identifier: GPL-2.0-only
# PROFILE=: which devices to build, and what to say when there is no such device.

# Text in pairs of neighbouring characters, each a word: tplink -> tp pl li in nk.
profile_letters := $(letters_lower) $(letters_upper) $(letters_digit) - _ . $(comma)
spell = $(strip $(call spell_from,$(subst $(space),,$(1)),$(profile_letters)))
spell_from = $(if $(2),$(call spell_from,$(subst $(firstword $(2)),$(firstword $(2)) ,$(1)),$(wordlist 2,99,$(2))),$(1))
pairs = $(join $(wordlist 2,99,x $(1)),$(wordlist 2,99,$(1)))
pairs_of = $(call pairs,$(call spell,$(1)))
# How alike two names are, as a number of three digits: pairs in common twice, less those that are not.
ten := x x x x x x x x x x
fifty := $(ten) $(ten) $(ten) $(ten) $(ten)
three_digits = $(if $(word 100,$(1)),,$(if $(word 10,$(1)),0,00))$(words $(1))
likeness = $(call likeness_of,$(filter $(1),$(2)),$(filter-out $(1),$(2)) $(filter-out $(2),$(1)))
likeness_of = $(call three_digits,$(wordlist $(words x $(2)),999,$(fifty) $(fifty) $(1) $(1)))
last3 = $(wordlist $(words $(wordlist 3,999,$(1))),999,$(1))
# (name, candidates): the three most alike, the best first.
nearest = $(call backwards,$(patsubst %:,%,$(foreach s,$(call last3,$(sort $(foreach c,$(2),$(call likeness,$(call pairs_of,$(1)),$(call pairs_of,$(c))):$(c)))),$(lastword $(subst :, ,$(s))))))
backwards = $(if $(1),$(call backwards,$(wordlist 2,99,$(1))) $(firstword $(1)))

# The targets whose device lists have (1): target/linux/BOARD/image/SUBTARGET.mk.
profile_homes = $(strip $(foreach f,$(wildcard $(TOPDIR)/target/linux/*/image/*.mk),$(if $(filter TARGET_DEVICES+=$(1),$(subst TARGET_DEVICES += ,TARGET_DEVICES+=,$(file <$(f)))),$(call home_of,$(subst /, ,$(patsubst $(TOPDIR)/target/linux/%.mk,%,$(f)))))))
home_of = $(word 1,$(1))/$(word 3,$(1))

define profile_error
$(error PROFILE=$(1): $(if $(2),not a device of $(TARGETID) but of $(2)
  hint: add TARGET=$(firstword $(2)),no such device in $(TARGETID)
  hint: the nearest are $(subst $(space),$(comma)$(space),$(strip $(call nearest,$(1),$(TARGET_DEVICES))))))
endef

# PROFILES_WANTED: the devices to build. Empty PROFILE: all that are not marked otherwise.
check_profiles = $(foreach p,$(filter-out $(TARGET_DEVICES),$(PROFILE)),$(call profile_error,$(p),$(call profile_homes,$(p))))
