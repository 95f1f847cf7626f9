# An optional makefile that was remade ends the pass, not the work on other makefiles.
include none
-include made
made:; echo ')' >$@
