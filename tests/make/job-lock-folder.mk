# args: -j4
# What is written before a folder is removed is there when it is gone.
names := $(addprefix add-,1 2 3 4 5 6 7 8 9 10 11 12)
all: $(names) ; @cat count
$(names): count
$(names): ; @until mkdir lock 2>/dev/null; do sleep .01; done; n=$$(cat count); echo $$((n + 1)) >count; rmdir lock
count: ; @echo 0 >$@
