# SPDX-License-Identifier: GPL-2.0-only
# args: b a
a b &:: ; @echo ab $@
b c &:: ; @echo bc $@
