# SPDX-License-Identifier: GPL-2.0-only
# PPID in a recipe and in $(shell) is make, as getppid() is for a command
pid := $(shell echo $$PPID)
all:
	@perl -e 'print getppid() == $(pid) ? "make\n" : "another\n"'
	@test $$PPID = $(pid) && echo make
	@x=$$PPID; (test $$PPID = $$x && echo the same in a subshell)
