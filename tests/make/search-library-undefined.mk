# args: -rR --warn-undefined-variables -k
all: -lr -lq; @echo
other: -lr
.LIBPATTERNS =
undefine .LIBPATTERNS
