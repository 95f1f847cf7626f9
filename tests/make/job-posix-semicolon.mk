# SPDX-License-Identifier: GPL-2.0-only
# .POSIX: -e is the shell's option, not a part of the text.
.POSIX:
all: ; ;
