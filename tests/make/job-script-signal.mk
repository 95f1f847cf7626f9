# SPDX-License-Identifier: GPL-2.0-only
# A script that is all there is in a line says that a command of it was killed, and ends by itself.
all: a b c d
a: ; -@sh ./a.sh
b: ; -@sh -c 'perl -e "kill 9,\$$\$$"; exit 137'
c: ; -@bash -c 'perl -e "kill 9,\$$\$$"'
d: ; -@sh ./d.sh
$(shell echo "perl -e 'kill 9,\$$\$$'" > a.sh; echo 'kill -9 $$$$' > d.sh)
