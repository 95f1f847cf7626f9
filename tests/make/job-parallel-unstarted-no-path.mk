# args: -j2 one none
# Without PATH a command is not found.
unexport PATH
one: ; @echo one
