# args: -k
# What was kept quiet once is told each time after.
include made.mk
made.mk: none
-include made.mk
