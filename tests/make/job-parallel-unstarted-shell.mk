# args: -j4 one none -O
SHELL = /no/such/shell
one: ; @echo one; echo more
