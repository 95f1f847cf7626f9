# SPDX-License-Identifier: GPL-2.0-only
# args: -k
all: missing ok ; echo $@
ok: ; echo ok
