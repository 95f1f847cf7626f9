# SPDX-License-Identifier: GPL-2.0-only
# Blanks behind a file's name belong to it.
name := x $()
$(file > $(name),text)
$(info [$(file <x)] [$(file <$(name))])
$(file >$(name)/y)
all:
