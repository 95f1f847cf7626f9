# Under -O the word about a deleted file does not wait for the recipe's output.
.DELETE_ON_ERROR:
all: ; @$(MAKE) -O -j2 -k x 2>&1
x: ; @echo out; touch $@; false
y:
