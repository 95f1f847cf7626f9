# SPDX-License-Identifier: GPL-2.0-only
  ifdef PATH
    $(info indented)
  endif
	ifdef PATH
	A = tab
	endif
$(info $(A))
all:;@:
