# SPDX-License-Identifier: GPL-2.0-only
a: b | b c ; @echo '$^' '$|'
b c: ; @echo $@
