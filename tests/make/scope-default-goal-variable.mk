# SPDX-License-Identifier: GPL-2.0-only
V = g
t: V = t
t: ; @echo $(V) $(origin V) $(flavor V)
