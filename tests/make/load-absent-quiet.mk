# args: --trace --debug=n
# An object that is not there, without -d nothing is said of it.
-load zz
all:;@echo ok
