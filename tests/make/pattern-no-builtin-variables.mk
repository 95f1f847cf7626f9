# SPDX-License-Identifier: GPL-2.0-only
# args: -R
$(info [$(CC)] [$(MAKE_VERSION)] [$(RM)] [$(SUFFIXES)] $(origin CC))
all: ;@:
