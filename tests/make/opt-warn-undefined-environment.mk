# env: GNUMAKEFLAGS=--warn-undefined-variables
# MAKEFLAGS is undefined then.
all:
