# SPDX-License-Identifier: GPL-2.0-only
# Put here by "imagemk adopt": GNU make hands the image stage over to imagemk, which reads the tree's own
# image.mk, kept beside this file as image.upstream.mk. A dump reads that one here.
#
#   make IMAGEMK=0 ...            the old way, for one run
#   make IMAGEMK=/path/to/imagemk ...  another program than @program@
#   imagemk adopt --undo TREE     the tree as it was before
#
# Never edit this file or image.upstream.mk: "imagemk adopt --status" would find a tree that is neither way.

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

# An image Makefile ends with $(eval $(call BuildImage)). Nothing that was defined up to there is used here:
# imagemk reads the same Makefile again, with the same goals, options and variables, one level as deep.
define BuildImage
.PHONY: $(or $(MAKECMDGOALS),all) imagemk-image-stage
$(or $(MAKECMDGOALS),all): imagemk-image-stage ; @:
imagemk-image-stage:
	+@MAKELEVEL='$$(MAKELEVEL)' IMAGEMK_STAGE=1 IMAGEMK_HANDED_OVER=1 IMAGEMK_LINKS=1 IMAGEMK_REPORT='$$(BIN_DIR)' IMAGEMK_STATE='$$$$(KDIR)' \
		$$(imagemk_program) make -f '$(firstword $(MAKEFILE_LIST))' $(MAKECMDGOALS)
endef

endif
