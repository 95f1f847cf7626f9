# SPDX-License-Identifier: GPL-2.0-only
# args: -r x
# .EXTRA_PREREQS of a target and of the pattern rule that makes it: in no automatic variable either way.
x:
%: %.o ; @echo '[$^] [$+] [$|] [$?]'
x.o t2: ; @echo '$@'
.EXTRA_PREREQS = t2
