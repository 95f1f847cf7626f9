# SPDX-License-Identifier: GPL-2.0-only
ifeq (a,b)
ifeq (a,a)
$(info no)
else
$(info no)
endif
else
ifeq (a,a)
  ifeq (x,y)
  $(info no)
  else
  $(info yes)
  endif
endif
endif
all:;@:
