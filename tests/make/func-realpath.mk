# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p d/e; ln -s d l; touch d/f)
$(info $(patsubst $(CURDIR)%,CUR%,$(realpath d/e/../f l/f l d/nope . nope)))
all:;@:
