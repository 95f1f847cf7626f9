# SPDX-License-Identifier: GPL-2.0-only
# A newline in .SHELLFLAGS is no blank; where the flags need a shell themselves it is lost.
define nl


endef
all: a b c d e
a: .SHELLFLAGS = -c $$x$(nl)echo A$(nl)
b: .SHELLFLAGS = $$$(nl)
c: .SHELLFLAGS = -c$(nl)
d: .SHELLFLAGS = -c "a$(nl)b"
e: .SHELLFLAGS = $(nl)-c
a b c d e: ; -echo "$$x" hi
