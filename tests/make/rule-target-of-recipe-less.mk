# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 a; touch -d @200 b)
all: a ; @echo all
a: b
b:
