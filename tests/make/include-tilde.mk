# SPDX-License-Identifier: GPL-2.0-only
# env: HOME=/nonexistent
-include ~/x.mk
$(info [$(wildcard ~/x)])
all:;@:
