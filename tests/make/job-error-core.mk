# args: -k
# "(core dumped)" where the limit allows one.
all: a b
a: ; sh -c 'kill -ABRT $$$$'
b: ; -sh -c 'kill -SEGV $$$$'; exec sh -c 'kill -QUIT $$$$'
