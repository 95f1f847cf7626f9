# shells: bash
eval \\ || $(< none)
if { :; } then echo 1; fi
