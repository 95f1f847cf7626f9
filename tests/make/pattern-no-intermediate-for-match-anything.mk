# SPDX-License-Identifier: GPL-2.0-only
$(shell touch a.y)
all: a.x
%.x: %.q ; @echo x
%: %.y ; @echo any $@
