# SPDX-License-Identifier: GPL-2.0-only
# args: --debug=n,b -r -f Makefile
$(shell touch -d @100 src; touch -d @200 mid)
.SUFFIXES:
all: mid new ; @echo all
mid: src ; @echo mid
new: ; @echo new
