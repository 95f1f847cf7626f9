# SPDX-License-Identifier: GPL-2.0-only
.SECONDEXPANSION:
all: $(A) $$(A) ; @echo '$^'
A = late
late: ;
