# args: -j4
# What a command writes that flock runs is there when the lock is free.
names := $(addprefix add-,1 2 3 4 5 6 7 8 9 10 11 12)
all: $(names) ; @cat count
$(names): count
$(names): ; @flock lock sh -c 'n=$$(cat count); echo $$((n + 1)) >count'
count: ; @echo 0 >$@
