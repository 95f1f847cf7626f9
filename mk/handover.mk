# SPDX-License-Identifier: GPL-2.0-only
# Put here by "imagemk adopt": GNU make hands the image stage over to imagemk, which reads the tree's own
# image.mk, kept beside this file as image.upstream.mk. A dump reads that one here.
#
#   make IMAGEMK=0 ...            the old way, for one run
#   make IMAGEMK=/path/to/imagemk ...  another program than @program@
#   make PROFILES=@FILE ...       only the devices named there, one a line (or PROFILES="a b"), of those that .config
#                                 leaves to build; PROFILE= is what the tree's own image.mk makes of it
#   imagemk adopt --undo TREE     the tree as it was before
#
# Never edit this file or image.upstream.mk: "imagemk adopt --status" would find a tree that is neither way.

# Read as the tree's own image.mk it would read itself, again and again.
ifeq ($(notdir $(lastword $(MAKEFILE_LIST))),image.upstream.mk)
$(error $(lastword $(MAKEFILE_LIST)) leads to a tree that was adopted after this one. Undo one of the two: imagemk adopt --undo TREE)
endif
imagemk_upstream := $(patsubst %image.mk,%image.upstream.mk,$(lastword $(MAKEFILE_LIST)))
ifneq ($(DUMP)$(IMAGEMK_STAGE)$(filter 0,$(IMAGEMK)),)
include $(imagemk_upstream)
else

imagemk_program := $(filter-out 1,$(IMAGEMK))
ifeq ($(imagemk_program),)
imagemk_program := $(or $(wildcard @program@),$(shell command -v imagemk))
endif
ifeq ($(imagemk_program),)
$(error This tree's images are built by imagemk, and neither @program@ nor an imagemk on PATH is there. \
Install imagemk, or name it: make IMAGEMK=/path/to/imagemk ... \
Build without it this once: make IMAGEMK=0 ... \
Or undo for good: @undo@)
endif

# As an ImageBuilder's stage, which image.mk gives one profile, chooses: by name, with no word to .config.
imagemk_chosen :=
ifneq ($(and $(PROFILES),$(filter command environment,$(origin PROFILES))),)
@words@
ifeq ($(shell grep 'DEVICE_CHECK_PROFILE *=' '$(imagemk_upstream)'),)
$(error PROFILES=$(PROFILES): this tree has no choice of devices by name; say PROFILE=)
endif
imagemk_named := $(call names_of,$(PROFILES),$(TOPDIR)/)
imagemk_chosen := $(foreach w,$(imagemk_named),$(patsubst DEVICE_%,%,$(call name_part,1,$(w))))
endif
imagemk_choice = PROFILES= 'DEVICE_CHECK_PROFILE=$$$$(filter $$$$(1),$(imagemk_chosen:%=DEVICE_%))'
define imagemk_unknown
$(error $(call name_part,2,$(1)): no such device: $(call name_part,1,$(1)); the nearest are $(subst $(space),$(comma)$(space),$(strip \
	$(call nearest,$(patsubst DEVICE_%,%,$(call name_part,1,$(1))),$(TARGET_DEVICES)))))
endef
imagemk_check = $(foreach w,$(imagemk_named),$(if $(filter $(TARGET_DEVICES),$(patsubst DEVICE_%,%,$(call name_part,1,$(w)))),,$(call imagemk_unknown,$(w))))

# An image Makefile ends with $(eval $(call BuildImage)). Nothing that was defined up to there is used here:
# imagemk reads the same Makefile again, with the same goals, options and variables, one level as deep.
# ("Nothing to be done" is said of a second goal that has no recipe; for one alone a shell is saved.)
define BuildImage
$(if $(imagemk_chosen),$(imagemk_check))
.PHONY: $(or $(MAKECMDGOALS),all) imagemk-image-stage
$(or $(MAKECMDGOALS),all): imagemk-image-stage$(if $(word 2,$(MAKECMDGOALS)), ; @:)
imagemk-image-stage:
	+@MAKELEVEL='$$(MAKELEVEL)' IMAGEMK_STAGE=1 IMAGEMK_HANDED_OVER=1 IMAGEMK_LINKS=1 IMAGEMK_REPORT='$$(BIN_DIR)' \
		IMAGEMK_TREE='$$(TOPDIR)' \
		IMAGEMK_STATE='$$$$(KDIR)' \
		$$(imagemk_program) make -f '$(firstword $(MAKEFILE_LIST))' $(MAKECMDGOALS) $(if $(imagemk_chosen),$(imagemk_choice))
endef

endif
