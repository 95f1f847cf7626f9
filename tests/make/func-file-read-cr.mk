# SPDX-License-Identifier: GPL-2.0-only
# The last newline goes, and a CR in front of it.
$(shell printf 'a\r\nb\r\n' >x; printf '\r' >y; printf '\n' >z)
all: ; @printf '$(file <x)|$(file <y)|$(file <z)|' | od -c
