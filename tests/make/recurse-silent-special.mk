# SPDX-License-Identifier: GPL-2.0-only
# .SILENT, -w, --no-print-directory, -s from above
# args: -w
all: ; $(MAKE) a
	$(MAKE) --no-print-directory a
	$(MAKE) -s a
	$(MAKE) -w -s a
a: ; $(MAKE) -C . b
b: ; @echo b
.SILENT: a
