# A child's environment is in the order of a table, which the variables of each scope enter in the order of theirs.
d := 0 1 2 3 4 5 6 7 8 9
$(foreach a,$d,$(foreach b,$d,$(foreach c,0 1 2 3 4,$(eval V_$a$b$c = x))))
$(foreach a,$d,$(foreach b,$d,$(eval undefine V_$a$b3)))
$(foreach a,$d,$(foreach b,$d,$(foreach c,5 6 7,$(eval V_$a$b$c = y))))
$(foreach a,1 2 3 4 5 6 7 8 9,$(eval all: export T_$a = $a))
export
all: ; @env | grep '^[TV]_'
