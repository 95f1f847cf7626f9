# SPDX-License-Identifier: GPL-2.0-only
# "sh -c :" is nothing to make: it does not notice that there is no such shell.
all:
	/none/sh -c :
	/none/bash -ec ':'
	-/none/dash -c true
