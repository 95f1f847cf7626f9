# SPDX-License-Identifier: GPL-2.0-only
SHELL = /bin/bash
$(info $(shell echo $${BASH_VERSION:+bash}))
.SHELLFLAGS = -ec
$(info [$(shell false; echo no)])
all:;@:
