# SPDX-License-Identifier: GPL-2.0-only
# args: -k
a:: ; @echo one; false
a:: ; @echo two
