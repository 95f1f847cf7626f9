# SPDX-License-Identifier: GPL-2.0-only
# env: A=a$$b B=$(A)
$(info [$(A)] [$(value A)])
all:;@echo "$$A"
