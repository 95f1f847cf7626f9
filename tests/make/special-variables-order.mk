# The names in .VARIABLES have an order: that of GNU make's table.
first := 1
$(foreach n,1 2 3 4 5 6 7 8 9,$(eval gone-$n := 1))
$(foreach n,2 4 8,$(eval undefine gone-$n))
$(foreach n,$(.VARIABLES),$(info $n))
all: ; @:
