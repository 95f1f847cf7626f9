# SPDX-License-Identifier: GPL-2.0-only
# args: -f Makefile -f other.mk
# What is there but is no object: without a slash in its name, the system's folders were looked at last.
-load here sub/short sub
all:;@echo ok
