# SPDX-License-Identifier: GPL-2.0-only
# Put here by "imagemk adopt": several profiles of an ImageBuilder in one run. GNU make reads this file before
# Makefile, which stays as it is; with one profile, and for every other goal, that one is all there is.
#
#   make image PROFILE="a b c" ...       three profiles, at once under -j
#   make image PROFILES=@FILE ...        one name a line; # begins a comment
#
# Each set of packages has folders of its own below build_dir (root folder, KDIR, tmp, dl, bin) and is one "make image"
# of the ImageBuilder's own; profiles with the same set share it, and so the root file system. What they made comes to
# BIN_DIR in the order of the list, then profiles.json and sha256sums are made once.

imagemk_this := $(lastword $(MAKEFILE_LIST))
imagemk_program := $(if $(filter 0,$(IMAGEMK)),,$(or $(filter-out 1,$(IMAGEMK)),$(wildcard @program@),$(shell command -v imagemk)))

ifneq ($(filter imagemk-profiles,$(MAKECMDGOALS)),)
# --- the plan: this file again, called by the part below ---
include Makefile
@words@

# IMAGEMK_PROFILES: as in PROFILE and PROFILES. IMAGEMK_WORK: a folder for this run.
imagemk_list := $(call names_of,$(IMAGEMK_PROFILES))
ifeq ($(imagemk_list),)
$(error $(IMAGEMK_PROFILES): no profile is named)
endif
imagemk_id = $(firstword $(filter DEVICE_$(1) $(1),$(PROFILE_NAMES)))
imagemk_reversed = $(if $(1),$(call imagemk_reversed,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))
imagemk_once = $(if $(1),$(firstword $(1)) $(call imagemk_once,$(filter-out $(firstword $(1)),$(1))))
imagemk_names := $(call imagemk_once,$(foreach w,$(imagemk_list),$(call name_part,1,$(w))))
imagemk_wrong := $(strip $(foreach w,$(imagemk_list),$(if $(call imagemk_id,$(call name_part,1,$(w))),,$(w))))
define imagemk_complain
echo '$(call name_part,2,$(1)): Profile "$(call name_part,1,$(1))" does not exist! The nearest are \
$(subst $(space),$(comma)$(space),$(strip $(call nearest,$(call name_part,1,$(1)),$(patsubst DEVICE_%,%,$(PROFILE_NAMES))))).' >&2;
endef

# One "make image" may serve all profiles of one package set when image.mk asks only these two lines which profile
# it is, and the target's own text does not ask. Their lines as they stand, so that no other meaning is taken for them.
imagemk_image_mk := $(firstword $(wildcard $(INCLUDE_DIR)/image.upstream.mk) $(INCLUDE_DIR)/image.mk)
imagemk_sanitized := $(subst |,$$,$(shell sed -n 's/^PROFILE_SANITIZED := //p' '$(imagemk_image_mk)' | tr '$$' '|'))
imagemk_shares := $(and $(imagemk_sanitized),$(shell \
	grep -qFx '  DEVICE_CHECK_PROFILE = $$(filter $$(1),DEVICE_$$(PROFILE) $$(PROFILE))' '$(imagemk_image_mk)' && \
	! grep -rqs '[$$].PROFILE' target/linux/$(BOARD)/image target/linux/feeds/$(BOARD)/image && echo yes))
imagemk_goals := $(shell sed -n 's/^\([a-z_][a-z_/.-]*\):.*/\1/p' Makefile)
# Before 18.06 the sums are made inside of the image stage, over all of BIN_DIR: there, one after the other.
imagemk_apart := $(and $(filter _call_image,$(imagemk_goals)),$(filter checksum,$(imagemk_goals)))

imagemk_set_of = $(if $(imagemk_shares),set:$(subst $(space),|,$(strip $($(call imagemk_id,$(1))_PACKAGES))),$(1))
# The last of the list is the last to put its files into BIN_DIR, as if each had had a run of its own.
imagemk_sets := $(call imagemk_reversed,$(call imagemk_once,$(call imagemk_reversed,$(foreach n,$(imagemk_names),$(call imagemk_set_of,$(n))))))
imagemk_groups :=
$(foreach s,$(imagemk_sets),$(eval imagemk_groups += $(words x $(imagemk_groups)))$(eval \
	imagemk_members_$(lastword $(imagemk_groups)) := $(foreach n,$(imagemk_names),$(if $(filter $(s),$(call imagemk_set_of,$(n))),$(n)))))
imagemk_mark := imagemk-each-profile
imagemk_name_of = $(eval override PROFILE := $(call imagemk_id,$(1)))$(eval imagemk_one := $(imagemk_sanitized))$(imagemk_one)

# (view): the folders that a run writes to, there.
imagemk_t := $(notdir $(BUILD_DIR))
imagemk_k := $(notdir $(KERNEL_BUILD_DIR))
imagemk_folders = BUILD_DIR_BASE=$(1) BUILD_DIR=$(1)/$(imagemk_t) KERNEL_BUILD_DIR=$(1)/$(imagemk_t)/$(imagemk_k) \
	TARGET_ROOTFS_DIR=$(1)/$(imagemk_t) TMP_DIR=$(1)/tmp
# Kernels are second names of the ImageBuilder's: no copy. What an earlier run left beside them stays out.
define imagemk_view
mkdir -p $(1)/$(imagemk_t)/$(imagemk_k) $(1)/tmp $(1)/dl $(1)/bin && \
	find $(KERNEL_BUILD_DIR) -maxdepth 1 ! -type d ! -name 'root.*' ! -name '.imagemk-*' \
		-exec sh -c 'ln "$$@" "$$0" 2>/dev/null || cp -fp "$$@" "$$0"' $(1)/$(imagemk_t)/$(imagemk_k) {} + && \
	find $(KERNEL_BUILD_DIR) -mindepth 1 -maxdepth 1 -type d ! -name tmp ! -name 'root.*' \
		-exec ln -s {} $(1)/$(imagemk_t)/$(imagemk_k)/ ';' && \
	{ [ ! -d $(DL_DIR) ] || cp -fpR $(DL_DIR)/. $(1)/dl/; }
endef
# (view, profiles): "make image". The recipe of image drops MAKEFLAGS and calls $(MAKE); this one brings the jobserver
# and the folders back. With several profiles image.mk hears of all of them, and names their files by a mark.
imagemk_make = env -u MAKE MAKEFLAGS="$$IMAGEMK_MAKEFLAGS" $(MAKE) $(if $(1),$(call imagemk_folders,$(1)) DL_DIR=$(1)/dl) $(if $(word 2,$(2)), \
	'DEVICE_CHECK_PROFILE=$$(filter $$(1),$(foreach n,$(2),DEVICE_$(n) $(n)))' PROFILE_SANITIZED=$(imagemk_mark))
imagemk_image = IMAGEMK_APART=$(if $(1),1) IMAGEMK_MAKEFLAGS="$${MAKEFLAGS%% -- *}" $(MAKE) -f Makefile image PROFILE=$(firstword $(2)) PROFILES= IMAGEMK_PROFILES= \
	$(if $(1),BIN_DIR=$(1)/bin) $(call shell_quote,MAKE=$(subst $$,$$$$,$(call imagemk_make,$(1),$(2))))
imagemk_try = { $(call imagemk_view,$(1)) && $(call imagemk_image,$(1),$(2)); }
# A view that worked has the names of its profiles in "built"; one that failed its status and name in "failed".
imagemk_views = $(foreach g,$(imagemk_groups),$(IMAGEMK_WORK)/$(g) $(foreach n,$(imagemk_members_$(g)),$(IMAGEMK_WORK)/$(g).$(n)))
# Files go to BIN_DIR whole, by rename; those with the mark once for each profile. Two runs at once take turns.
define imagemk_publish
exec 9<$(BUILD_DIR_BASE) && { flock 9 2>/dev/null || :; }; \
bin=$(abspath $(BIN_DIR)) && mkdir -p "$$bin" $(TMP_DIR) $(DL_DIR) && rm -rf $(KERNEL_BUILD_DIR)/tmp && mkdir -p $(KERNEL_BUILD_DIR)/tmp || exit; \
put() { "$$1" $$2 "$$3" "$$bin/.$$4.imagemk-new" && mv -f "$$bin/.$$4.imagemk-new" "$$bin/$$4"; }; \
json=$(BUILD_DIR)/json_info_files; rm -rf $$json && mkdir $$json || exit; last=; \
for v in $(imagemk_views); do \
	[ -d $$v ] || continue; \
	for f in $$v/bin/*; do \
		name=$${f##*/}; \
		case $$name in \
		'*' | profiles.json | sha256sums | build-report.json) ;; \
		*$(imagemk_mark)*) \
			for n in `cat $$v/built`; do \
				case $$n in $(foreach n,$(imagemk_names),($(n)) own=$(call imagemk_name_of,$(n)) ;;) esac; \
				put cp -p "$$f" "$${name%%$(imagemk_mark)*}$$own$${name#*$(imagemk_mark)}" || exit; \
			done ;; \
		*) if [ -d "$$f" ]; then cp -fpR "$$f" "$$bin/"; else put mv -f "$$f" "$$name"; fi || exit ;; \
		esac; \
	done; \
	$(if $(imagemk_program),[ ! -e $$v/bin/build-report.json ] || $(imagemk_program) report --merge $$v/bin/build-report.json "$$bin" || exit;) \
	for f in $$v/$(imagemk_t)/$(imagemk_k)/tmp/*; do [ ! -e "$$f" ] || mv -f "$$f" $(KERNEL_BUILD_DIR)/tmp/; done; \
	for f in $$v/dl/*; do [ ! -e "$$f" ] || [ -e "$(DL_DIR)/$${f##*/}" ] || mv "$$f" $(DL_DIR)/; done; \
	if [ -e $$v/built ]; then \
		last=$$v/$(imagemk_t); \
		for f in $$v/$(imagemk_t)/json_info_files/*.json; do [ ! -e "$$f" ] || mv -f "$$f" $$json/; done; \
	fi; \
done; \
[ -n "$$last" ] || exit 0; \
rm -rf $(TARGET_DIR) $(TARGET_DIR_ORIG) $(KERNEL_BUILD_DIR)/root.*; \
for d in $(notdir $(TARGET_DIR) $(TARGET_DIR_ORIG)); do [ ! -e $$last/$$d ] || mv $$last/$$d $(dir $(TARGET_DIR)); done; \
for f in $$last/$(imagemk_k)/root.*; do [ ! -e "$$f" ] || mv "$$f" $(KERNEL_BUILD_DIR)/; done; \
$(if $(imagemk_program),[ ! -e "$$bin/profiles.json" ] || $(imagemk_program) tool json_overview_image_info --tidy "$$bin/profiles.json" || :;) \
$(foreach g,$(filter json_overview_image_info checksum,$(imagemk_goals)), \
	MAKEFLAGS= $(MAKE) -s -f '$(imagemk_this)' PROFILE= PROFILES= BIN_DIR="$$bin" $(g) &&) :
endef
define imagemk_table
printf '\n%-40s %s\n' profile result; \
for n in $(imagemk_names); do \
	said=; \
	for v in $(IMAGEMK_WORK)/*; do \
		[ ! -e $$v/built ] || case " $$(cat $$v/built) " in *" $$n "*) said=built ;; esac; \
		[ ! -e $$v/failed ] || case " $$(cat $$v/failed) " in *" $$n "*) said="failed (exit status $$(sed 's/ .*//' $$v/failed))" ;; esac; \
	done; \
	printf '%-40s %s\n' $$n "$${said:-not built}"; \
	[ "$$said" = built ] || bad=1; \
done; \
exit $${bad:-0}
endef

.PHONY: imagemk-profiles imagemk-prepare $(imagemk_groups:%=imagemk-group-%)

ifneq ($(imagemk_wrong),)
imagemk-profiles:
	@$(foreach w,$(imagemk_wrong),$(call imagemk_complain,$(w))) exit 1
else ifneq ($(strip $(foreach f,n q t,$(findstring $(f),$(filter-out --%,$(firstword -$(MAKEFLAGS)))))),)
# Nothing is to be done. (A single run does it all the same: its recipe drops MAKEFLAGS.)
imagemk-profiles:
$(foreach n,$(imagemk_names),$(eval imagemk-profiles: imagemk-would-$(n)))
imagemk-would-%: ; make image PROFILE=$*
else ifeq ($(imagemk_apart),)
# One after the other, where the ImageBuilder itself would.
imagemk-profiles:
	+@:$(foreach n,$(imagemk_names), && \
		mkdir -p $(IMAGEMK_WORK)/$(n) && { $(call imagemk_run,$(IMAGEMK_WORK)/$(n),$(n),$(call imagemk_image,,$(n))); })
	@$(imagemk_table)
else
imagemk-profiles: $(imagemk_groups:%=imagemk-group-%)
	+@$(imagemk_publish)
	@$(imagemk_table)
endif

# What all share and write to: once, before any of them.
imagemk-prepare:
	+@mkdir -p $(IMAGEMK_WORK)/0/$(imagemk_t)/$(notdir $(TARGET_DIR)) $(IMAGEMK_WORK)/0/tmp $(DL_DIR)
	+@$(MAKE) -s -f Makefile $(call imagemk_folders,$(IMAGEMK_WORK)/0) PROFILES= IMAGEMK_PROFILES= \
		$(filter staging_dir/host/.prereq-build _check_keys package_reload,$(imagemk_goals)) >&2

# A set of several that fails is built again profile by profile, so that the others go on.
define imagemk_group_rule
imagemk-group-$(1): imagemk-prepare
	+@$$(call imagemk_group,$$(IMAGEMK_WORK)/$(1),$$(imagemk_members_$(1)))
endef
imagemk_group = $(if $(word 2,$(2)),if $(imagemk_try); then echo '$(2)' > $(1)/built; else rm -rf $(1); \
	$(foreach n,$(2),$(call imagemk_alone,$(1).$(n),$(n));) fi,$(imagemk_alone))
imagemk_alone = $(call imagemk_run,$(1),$(2),$(imagemk_try))
imagemk_run = if $(3); then echo '$(2)' > $(1)/built; else echo "$$? $(2)" > $(1)/failed; fi
$(foreach g,$(imagemk_groups),$(eval $(call imagemk_group_rule,$(g))))

else ifneq ($(and $(filter image,$(MAKECMDGOALS)),$(or $(PROFILES),$(filter @%,$(PROFILE)),$(word 2,$(PROFILE)))),)
# --- several profiles: on to the plan ---
.NOTPARALLEL:
.PHONY: $(MAKECMDGOALS)
# What a run that was killed left behind goes, and what this one makes, however it ends.
image:
	+@mkdir -p build_dir; for d in build_dir/imagemk-profiles.*; do \
		[ ! -d "$$d" ] || kill -0 "$${d##*.}" 2>/dev/null || rm -rf "$$d"; done; \
	work=$(CURDIR)/build_dir/imagemk-profiles.$$$$; \
	trap 'rm -rf "$$work"' 0; trap 'exit 130' 2; trap 'exit 143' 15; mkdir "$$work" && \
	unset PROFILE PROFILES && \
	$(MAKE) -s --no-print-directory -f '$(imagemk_this)' imagemk-profiles PROFILE= PROFILES= \
		IMAGEMK_PROFILES='$(PROFILE) $(PROFILES)' IMAGEMK_WORK="$$work"
$(filter-out image,$(MAKECMDGOALS)):
	+@$(MAKE) --no-print-directory -f Makefile $@

else
include Makefile
# The tree's script for profiles.json is known to imagemk, which leaves out images that are gone and sorts the others.
ifneq ($(imagemk_program),)
$(BIN_DIR)/profiles.json: SHELL := $(imagemk_program) tool bash
endif
endif
