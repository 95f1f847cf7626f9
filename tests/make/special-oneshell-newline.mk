# A newline that is left of all lines is run by the shell.
.ONESHELL:
o2:
	
	$()
