# SPDX-License-Identifier: GPL-2.0-only
$(info $(patsubst $(CURDIR)%,CUR%,$(abspath a ./b c/../d ../e e/. f//g)))
$(info [$(abspath /x//y/../z / /.. /../a /a/./b/ //a)] [$(abspath )])
all:;@:
