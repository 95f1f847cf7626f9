# SPDX-License-Identifier: GPL-2.0-only
A = 1
B := 1
override C = 1
$(info $(foreach v,A B C D PATH MAKE CURDIR SHELL @ .VARIABLES,$(v):$(origin $(v)):$(flavor $(v))))
$(info $(foreach i,x,$(origin i) $(flavor i)))
f = $(origin 1) $(flavor 1) $(origin 0) $(origin 2)
$(info $(call f,x))
all:;@:
