# SPDX-License-Identifier: GPL-2.0-only
# args: -I inc -k
# Messages name a file that -I found as it was written; MAKEFILE_LIST has where it is.
include other.mk
include part.mk
