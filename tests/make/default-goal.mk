# SPDX-License-Identifier: GPL-2.0-only
first:;@echo first
$(info [$(.DEFAULT_GOAL)])
.DEFAULT_GOAL := second
second:;@echo second
