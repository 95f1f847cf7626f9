# The table of variables is doubled behind its 960th; so order changes there.
count = $(words $(.VARIABLES))
digits := 0 1 2 3 4 5 6 7 8 9
add = $(if $(filter $(count),$1),,$(eval v-$2 := $2))
$(foreach i,$(digits),$(foreach j,$(digits),$(foreach k,$(digits),$(call add,959,$i$j$k))))
show = $(info $(count) $(wordlist 1,20,$(.VARIABLES)))
$(show)
more := 1
$(show)
evenmore := 1
$(show)
last := 1
$(show)
all: ; @:
