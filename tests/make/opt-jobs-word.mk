# SPDX-License-Identifier: GPL-2.0-only
# args: -j all
all: ; @echo "$(MFLAGS)"
3: ; @echo three
