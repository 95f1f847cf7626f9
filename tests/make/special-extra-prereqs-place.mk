# args: --warn-undefined-variables
# What .EXTRA_PREREQS refers to is looked up when all is read; also with :=.
.EXTRA_PREREQS := $$(a)
all:;@echo $^
