# SPDX-License-Identifier: GPL-2.0-only
# args: -f Makefile -f two.mk
$(shell echo 'b: ; @echo b $$(MAKEFILE_LIST)' > two.mk)
all: b ; @echo all
