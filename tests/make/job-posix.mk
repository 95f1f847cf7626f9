# SPDX-License-Identifier: GPL-2.0-only
.POSIX:
all: ; @false; echo on
$(info $(CC) $(.SHELLFLAGS) $(ARFLAGS))
