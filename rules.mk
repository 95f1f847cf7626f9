# SPDX-License-Identifier: GPL-2.0-only
# What every image Makefile reads first: words, folders, versions, the target's facts, the inputs.
# TOPDIR (this folder) comes from the command line.

ifeq ($(TOPDIR),)
  $(error TOPDIR is not set: call make target/install in the top folder, or add TOPDIR=FOLDER)
endif

include $(TOPDIR)/mk/words.mk
-include $(TOPDIR)/.config
include $(TOPDIR)/mk/dirs.mk
include $(TOPDIR)/mk/version.mk
include $(TOPDIR)/mk/target.mk
include $(TOPDIR)/mk/tools.mk
include $(TOPDIR)/mk/inputs.mk

# val.NAME: print the value of NAME.
val.%: ; @:$(info $($*))
