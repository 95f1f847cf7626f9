# SPDX-License-Identifier: GPL-2.0-only
$(info $(MAKELEVEL) $(origin MAKELEVEL))
all:;@echo $$MAKELEVEL
