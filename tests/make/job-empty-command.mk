# A command without a name.
x:
	-''
	-'' a
