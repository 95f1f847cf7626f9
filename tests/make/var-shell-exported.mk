# SPDX-License-Identifier: GPL-2.0-only
# env: SHELL=/bin/nonsense
SHELL = /bin/bash
export SHELL
all:;@echo $$SHELL $${BASH_VERSION:+bash}
