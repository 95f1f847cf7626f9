# SPDX-License-Identifier: GPL-2.0-only
.POSIX:
A = a   \
   b
$(info [$(A)])
all:;@echo done
