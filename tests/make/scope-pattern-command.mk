# args: a=$(x) b=$(x) c=$(x) d=$(x)
# A pattern's variable gives way to the command line's value, not to its flavour.
x = 1
%: a := pattern
%: b = pattern
%: c += pattern
%: override d := pattern
all: b += target
all:;@echo '$(a) $(flavor a) $(origin a)|$(b) $(flavor b)|$(c) $(flavor c) $(origin c)|$(d) $(origin d)'
