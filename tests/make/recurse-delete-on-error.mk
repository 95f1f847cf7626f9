# SPDX-License-Identifier: GPL-2.0-only
.DELETE_ON_ERROR:
all: top
top: ; @echo half > $@; $(MAKE) -s inner
inner: ; @echo half > $@; exit 2
