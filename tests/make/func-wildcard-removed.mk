# SPDX-License-Identifier: GPL-2.0-only
# A folder is listed once; what a pattern matched in the listing is not looked at again, what stands behind it is.
$(info [$(wildcard *.c)] [$(wildcard d/*.c)])
$(shell rm a.c d/x.c)
$(info [$(wildcard *.c)] [$(wildcard a* */x.*)] [$(wildcard [a]*.c */x.c)] [$(wildcard a.c)])
all:;@:
