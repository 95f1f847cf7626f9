# args: a=1 b=2
# The value is expanded though it doesn't count.
%: a := $(info expanded)x
%: b = $(info not expanded)
all:;@echo $(a) $(b)
