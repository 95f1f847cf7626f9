# -include forgives a file that is not there, not one that cannot be read.
all: ; @echo not reached
-include folder
