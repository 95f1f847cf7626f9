# SPDX-License-Identifier: GPL-2.0-only
$(info $(.FEATURES))
$(info $(.INCLUDE_DIRS))
$(info $(filter-out /usr/include,$(.INCLUDE_DIRS)))
all:;@:
