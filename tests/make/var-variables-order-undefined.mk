# The order of .VARIABLES: a new variable takes the place of one that is gone.
d := 0 1 2 3 4 5 6 7 8 9
n := $(foreach a,$d,$(foreach b,$d,$(foreach c,0 1 2 3 4 5 6,$a$b$c)))
k := $(words $(.VARIABLES))
$(foreach i,$n,$(eval v$i = x))
$(foreach i,$(filter %3 %5,$n),$(eval undefine v$i)$(eval w$i = y))
$(info $(filter v% w%,$(.VARIABLES)))
$(foreach i,$n,$(eval undefine v$i)$(eval z$i = z))
$(info $(filter v% w% z%,$(.VARIABLES)))
all: ; @:
