# SPDX-License-Identifier: GPL-2.0-only
$(info [$(wordlist 2,3,a  b   c d)] [$(wordlist 3,2,a b c)] [$(wordlist 5,6,a)] [$(wordlist 1,99, a  b )] [$(wordlist 1,0,a)])
all:;@:
