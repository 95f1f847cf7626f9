# SPDX-License-Identifier: GPL-2.0-only
# A lone ":" needs no shell, but with other flags than -c the shell makes something else of it.
undefine .SHELLFLAGS
all:;:
