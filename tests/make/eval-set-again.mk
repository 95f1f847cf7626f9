# A variable that $(eval) sets over and over while it, or another, is being expanded.
long := $(wildcard *)$(foreach i,1 2 3 4 5 6 7 8 9,some words $(i) and more)
x = old $(eval x = new $(long))$(x_was) text
x_was = $(value x)
$(info $(x))
$(info $(x))
y = $(1) $(if $(2),$(eval y = [$$(1)] $(long))$(call y,in) back in $(1))
$(info $(call y,a,b))
$(info $(call y,c))
$(foreach i,1 2 3,$(eval z = $(i) $$(z$(i)) $(long))$(eval z$(i) := $(z))$(eval z := $(z) $(i))$(info $(flavor z) $(z)))
$(foreach i,$(long),$(eval w = $(w)$(i)))
$(info $(w))
$(eval define v)$(info $(v))
t1 t1 t1 t2: c = $(long)
t1 t2: c = $(long)
all: t1 t2
t1 t2: ; @echo $@ $(c)
