# SPDX-License-Identifier: GPL-2.0-only
$(info $(.FEATURES))
all: ;@:
