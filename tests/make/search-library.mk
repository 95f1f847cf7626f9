# SPDX-License-Identifier: GPL-2.0-only
$(shell mkdir -p lib; touch lib/libfoo.a lib/libbar.so)
VPATH = lib
all: -lfoo -lbar ; @echo $^
