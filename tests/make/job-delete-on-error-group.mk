# SPDX-License-Identifier: GPL-2.0-only
all: a
a b &: ; @echo x > a; echo y > b; false
.DELETE_ON_ERROR:
