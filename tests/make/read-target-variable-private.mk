# SPDX-License-Identifier: GPL-2.0-only
all: private A = x
all: b; @echo "all $(A)"
b:; @echo "b $(A)"
