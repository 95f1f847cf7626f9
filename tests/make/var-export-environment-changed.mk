# SPDX-License-Identifier: GPL-2.0-only
# env: A=env B=env
A = file
all:;@echo $$A $$B
