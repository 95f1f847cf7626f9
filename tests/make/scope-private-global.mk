# Private global variables are not seen by any recipe, by functions neither.
private a = x
f = [$(a)]
private define b
y
endef
c = z
all: private c ?= unused
d = w
%ll: private d ?= unused
all:
	@echo '$(a)$(value a)$(origin a)' '$(call f)' '$(b)' '$(foreach i,1,$(a))' '$(c)' '$(d)'
$(info $(a) $(b) $(c))
