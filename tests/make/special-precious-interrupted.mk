# SPDX-License-Identifier: GPL-2.0-only
all: a
a: ; @echo x > $@; kill -TERM $$$$
.PRECIOUS: a
