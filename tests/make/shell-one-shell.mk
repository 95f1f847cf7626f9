# SPDX-License-Identifier: GPL-2.0-only
# .ONESHELL holds for $(shell) too: newlines stay, prefixes of its lines go.
define text
-echo a
@echo b; echo $$0
endef
.ONESHELL:
$(info [$(shell $(text))])
$(info [$(shell +echo c;)])
$(info [$(shell -echo d)])
.SHELLFLAGS = -e -c
$(info [$(shell false; echo e)])
all: ; @echo one
	-false
	echo two
