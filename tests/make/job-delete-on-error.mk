# SPDX-License-Identifier: GPL-2.0-only
all: a
a: ; @echo x > $@; false
.DELETE_ON_ERROR:
