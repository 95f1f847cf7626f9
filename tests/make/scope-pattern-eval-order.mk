# SPDX-License-Identifier: GPL-2.0-only
# A pattern's variable is there before its value is expanded: what an eval in that adds comes behind it, and wins.
a%: x := outer$(eval a%: x = inner)
abc: ; @echo $(x)
