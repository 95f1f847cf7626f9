# A folder can be opened, but not read.
include .
all:
