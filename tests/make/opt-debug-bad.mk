# SPDX-License-Identifier: GPL-2.0-only
# args: --debug=zzz
all: ; @echo x
