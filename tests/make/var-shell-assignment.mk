# SPDX-License-Identifier: GPL-2.0-only
A != echo hi; echo there
$(info [$(A)] $(flavor A))
B != printf 'a\n\n'
$(info [$(B)])
C != echo '$$(X)'
X = expanded
$(info [$(C)] [$(.SHELLSTATUS)])
D != exit 4
$(info [$(D)] [$(.SHELLSTATUS)])
all:;@:
