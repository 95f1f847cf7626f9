# SPDX-License-Identifier: GPL-2.0-only
$(info [$(.SHELLSTATUS)])
$(info $(shell exit 3)[$(.SHELLSTATUS)] $(shell true)[$(.SHELLSTATUS)] $(shell kill -9 $$$$)[$(.SHELLSTATUS)] $(shell )[$(.SHELLSTATUS)])
$(info $(origin .SHELLSTATUS) $(flavor .SHELLSTATUS))
all:;@:
