# args: -f Makefile v.c u.b
# A goal that is found along VPATH and merged with what has that name is told nothing of.
VPATH=sub
sub/v.c:
all: sub/u.b
