# SPDX-License-Identifier: GPL-2.0-only
A = a b  c
ifeq ($(A),a b  c)
$(info 1)
endif
ifeq "$(A)" "a b  c"
$(info 2)
endif
ifeq '$(A)' "a b  c"
$(info 3)
endif
ifeq ( a,a)
$(info 4)
else
$(info not 4)
endif
ifeq (a , a)
$(info 5)
endif
ifeq (a,a )
$(info 6)
else
$(info not 6)
endif
ifeq (,)
$(info 7)
endif
ifeq ((a,b),(a,b))
$(info 8)
endif
ifneq (a,b)
$(info 9)
endif
ifneq (a,a)
else
$(info 10)
endif
ifeq ($(subst a,b,a),b)
$(info 11)
endif
all:;@:
