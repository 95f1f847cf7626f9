# A folder can be opened but not read: that is fatal.
all: ; @echo not reached
include folder
