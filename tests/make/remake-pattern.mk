# SPDX-License-Identifier: GPL-2.0-only
-include a.d b.d
all: ; @echo '$(D)' '$(MAKE_RESTARTS)'
%.d: %.c ; @echo make $@; echo 'D += $*' > $@
$(shell touch a.c)
