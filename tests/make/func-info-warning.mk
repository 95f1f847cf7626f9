# SPDX-License-Identifier: GPL-2.0-only
$(info to stdout)
$(warning to stderr)
$(info a,b,  c)
$(warning $(CURDIR:%=x))
A := $(info x)y
$(info [$(A)])
$(info )
all:;@:
