# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 a; touch -d @300 b; touch -d @200 all; touch -d @300 c)
all: a b c a ; @echo '$?' '$(?F)'
