# An error in a variable that gave itself another value meanwhile names the place of that.
x = $(y) $(filter-out a)
y = $(eval x :=
y = $(eval override x = 1)
$(x)
