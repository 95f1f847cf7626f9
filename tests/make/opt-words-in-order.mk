# args: $(none)=1 --trace=1
# An assignment is made before the next option is looked at.
all:
