# SPDX-License-Identifier: GPL-2.0-only
first: ; echo first
.DEFAULT_GOAL := second
second: ; echo second
