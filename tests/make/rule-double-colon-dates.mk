# SPDX-License-Identifier: GPL-2.0-only
$(shell touch -d @100 s1; touch -d @300 s2; touch -d @200 a)
a:: s1 ; @echo one $?
a:: s2 ; @echo two $?
