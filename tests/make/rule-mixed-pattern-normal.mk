# SPDX-License-Identifier: GPL-2.0-only
%.o a: ; echo
