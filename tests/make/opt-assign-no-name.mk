# args: =1
all: ; @echo never
