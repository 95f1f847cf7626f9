# SPDX-License-Identifier: GPL-2.0-only
# env: SHELL=/bin/nonsense
$(info $(SHELL) $(origin SHELL) $(flavor SHELL))
all:;@echo $$SHELL
