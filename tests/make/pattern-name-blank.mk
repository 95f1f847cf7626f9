# SPDX-License-Identifier: GPL-2.0-only
# args: -r
# A name that begins with a blank: the prerequisites of pattern rules are read as a list's words are.
-include \ x
-include \ 
%: %.o ; @echo '[$@]' '[$<]' '[$*]'
.o x.o y.o: ; @echo '[$@]'
all: ; @echo all
