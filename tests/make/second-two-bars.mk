.SECONDEXPANSION:
# A second | is a name.
%:$$()||in
	
in:;@:
all: x
