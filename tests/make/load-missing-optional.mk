# An object that -load does not find is to be remade.
-load none.so(start)
all:
