# SPDX-License-Identifier: GPL-2.0-only
$(info [$(shell echo hi)] [$(shell printf 'a\nb\n\n\n')] [$(shell printf 'a\n\nb')] [$(shell true)] [$(shell echo "a  b")])
$(info [$(shell echo '#' \#)])
all:;@:
