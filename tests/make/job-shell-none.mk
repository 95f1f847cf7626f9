# SPDX-License-Identifier: GPL-2.0-only
# Neither a shell nor flags: the whole line is one word, a word that only the shell knows goes to it.
SHELL =
.SHELLFLAGS =
all: ; -fi
	-if
	-echo a
	-a=b
	true
