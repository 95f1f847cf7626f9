# args: -k
# What failed because its command could not be started keeps its target.
.DELETE_ON_ERROR:
all: x y z ; @ls
x: ; @touch $@
	-no-such-command
	@false
y: ; @touch $@ tool
	@./tool
z: ; @touch $@
	@no-such-command
