# SPDX-License-Identifier: GPL-2.0-only
names = alpha1 alpha2 gamma_delta937 x7 x67 x399 openwrt-ath79-generic openwrt-ath79-tiny b237 b606 sub-dir-name12
all: $(names:=.z)
%.y: %.x ; @cp $< $@
%.z: %.y ; @cp $< $@
$(shell touch $(names:=.x))
