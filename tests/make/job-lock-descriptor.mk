# args: -j4
# What is written before a locked descriptor is closed is there when the lock is free.
names := $(addprefix add-,1 2 3 4 5 6 7 8 9 10 11 12)
all: $(names) ; @cat count
$(names): count
$(names): ; @(flock 9; n=$$(cat count); echo $$((n + 1)) >count) 9>lock
count: ; @echo 0 >$@
