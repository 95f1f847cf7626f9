# SPDX-License-Identifier: GPL-2.0-only
all: b a b | c d c ; @echo '$^' '$+' '$|' '$?' '$<' '$(@D)' '$(^D)' '$(^F)'
a b c d: ;
