# SPDX-License-Identifier: GPL-2.0-only
# The goals of a tree's top Makefile, for the project's own Makefile and for the installed one.
# Wants TOPDIR (the tree), PROGRAM (imagemk) and a goal `all` that makes it.
#
# make target/install [PROFILE="a b"] [TARGET=ath79/generic] [VMLINUX=file] [ROOTFS=file-or-folder]
#                     [EXTRA_IMAGE_NAME=x] [BIN_DIR=folder] [STRICT=1] [V=s] [-j N]
# IMAGEMK=0: the same text under GNU make, the shell and the tools.

target_goals := target/install target/linux/install target/linux/compile target/linux/clean
ifneq ($(filter $(target_goals),$(MAKECMDGOALS)),)
TARGET ?= ath79/generic
include $(TOPDIR)/mk/version.mk
export REVISION VERSION_CODE
endif

# BOARD alone means its first subtarget.
image_target = $(if $(findstring /,$(TARGET)),$(TARGET),$(TARGET)/$(firstword $(patsubst $(TOPDIR)/target/linux/$(TARGET)/image/%.mk,%,$(wildcard $(TOPDIR)/target/linux/$(TARGET)/image/*.mk))))
image_dir = $(TOPDIR)/target/linux/$(firstword $(subst /, ,$(TARGET)))/image
image_verbose = $(filter s sc 99,$(V))
image_make = +$(if $(image_verbose),,@)$(if $(filter 0,$(IMAGEMK)),$(MAKE) --no-print-directory,$(IMAGEMK_RUN)) \
	-C '$(image_dir)' $(if $(image_verbose),,-s) TOPDIR='$(TOPDIR)' TARGET='$(image_target)' IMAGEMK_PROGRAM='$(abspath $(PROGRAM))'
image_quiet = $(if $(image_verbose),,$(if $(filter 0,$(IMAGEMK)),> /dev/null))
IMAGEMK_RUN = IMAGEMK_REPORT='$(report_dir)' IMAGEMK_LINKS=1 IMAGEMK_STATE='$$(KDIR)' $(if $(image_verbose),,IMAGEMK_QUIET=1 )$(PROGRAM) make
report_dir = $(abspath $(or $(BIN_DIR),$(or $(OUTPUT_DIR),$(TOPDIR))/bin/targets/$(image_target)))

# The folder may not exist: mk/target.mk, which would say so, could not be reached then.
image_check = @[ -f '$(image_dir)/Makefile' ] || { echo 'TARGET=$(TARGET): no such target; there are $(subst /image/,/,$(patsubst $(TOPDIR)/target/linux/%.mk,%,$(wildcard $(TOPDIR)/target/linux/*/image/*.mk)))' >&2; exit 2; }

target/install target/linux/install: all
	$(image_check)
	@$(image_make) install $(image_quiet)
target/linux/compile: all
	$(image_check)
	@$(image_make) compile $(image_quiet)
target/linux/clean: all
	$(image_check)
	@$(image_make) clean $(image_quiet)

.PHONY: $(target_goals)
