# SPDX-License-Identifier: GPL-2.0-only
# args: --warn-undefined-variables --eval=x:=$(MAKEFILE_LIST)
# MAKEFILE_LIST is there from the first makefile on, --eval comes before.
$(info $(MAKEFILE_LIST))
all:
