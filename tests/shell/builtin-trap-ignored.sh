# shells: bash
# A subshell that has traps shows those of its shell that ignore a signal.
trap '' USR1; trap 'echo USR2' USR2
(trap 'echo INT' INT; trap)
(trap)
trap 99 INT; trap 2 QUIT; trap
kill -QUIT $$; echo on
