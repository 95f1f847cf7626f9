# args: a:=$(x) --warn-undefined-variables b:=$(y) -e c:=$(z)
all:;@echo $(a) $(b)
