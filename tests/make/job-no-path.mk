# Without PATH a plain line finds nothing, a shell still does.
unexport PATH
$(info $(shell echo found))
x:
	-@expr 1 + 1
	-@expr 1 + 1; true
	-@/usr/bin/expr 1 + 1
	-@nosuch
