export a_b = 1
export SHELLX=2
x: c := 3
x: export d := 4
%: export e := 5
export b2=$(warning b2) 
export c2=$(warning c2)x
export d2=$(warning d2)x
x:; @env
	@exit 0; env
