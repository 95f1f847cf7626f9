# SPDX-License-Identifier: GPL-2.0-only
A = 1
$(info [$(filter A B,$(.VARIABLES))])
B = 1
$(info [$(sort $(filter A B,$(.VARIABLES)))])
undefine A
$(info [$(filter A B,$(.VARIABLES))])
all:;@:
