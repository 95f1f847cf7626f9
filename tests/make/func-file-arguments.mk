# Nothing may follow the name of the file to read, not even nothing.
$(info [$(file <none)])
all:
	$(file <none,)
