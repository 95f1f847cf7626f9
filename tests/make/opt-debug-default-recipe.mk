# args: -rR --no-print-directory
# The recipe of .DEFAULT is called commands where the target is an intermediate file.
all: ; @$(MAKE) --debug=i below other | grep 'Using default'
below: gen; @:
.SECONDARY:
.DEFAULT:;
