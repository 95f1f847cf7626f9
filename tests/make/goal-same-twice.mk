# SPDX-License-Identifier: GPL-2.0-only
# args: a a ./a
a: ; @echo a
