# Patterns' variables look past the target that needs this one.
all: a = of all
all: b = of all
all: yx
%x: a ?= of x
%x: c := 0
%x: c += $(b)
%x: d != echo '<$(b)>'
yx:;@echo '$(a)|$(b)|$(c)|$(d)'
