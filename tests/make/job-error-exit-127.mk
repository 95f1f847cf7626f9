# SPDX-License-Identifier: GPL-2.0-only
all: ; @no-such-command-here-x "a" ; exit $$?
