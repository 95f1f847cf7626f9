# args: -k
# Without a PATH make looks in the folder that it runs in.
unexport PATH
all: a b c d e
a: ; sub
b: ; prog x
c: ; ''
d: ; data
e: ; none
$(info $(shell prog y) $(shell sub x))
