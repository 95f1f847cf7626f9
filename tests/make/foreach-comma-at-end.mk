# SPDX-License-Identifier: GPL-2.0-only
# The third argument is all of the rest, commas and blanks at its end too; a list's comma is part of its word.
comma := ,
empty :=
$(info [$(foreach i,a b,$(i),)] [$(foreach i,a b,,)] [$(foreach i,a b,$(i),,)] [$(foreach i,a b,$(i), )])
$(info [$(foreach i,,$(i),)] [$(foreach i,a b ,,$(i))] [$(foreach i, a b$(comma) c$(comma),<$(i)>)])
$(info [$(foreach i,$(comma),<$(i)>)] [$(foreach i,a b,$(foreach j,1 2,$(i)$(j),),)])
$(info [$(foreach i,a b,$(i)$(comma)$(empty))] [${foreach i,a b,$(i),}] [$(foreach $(empty)i,a b,$(i),)])
rule = $(foreach i,$(1),$(i),)
$(info [$(call rule,x y,)] [$(call rule,x y)] [$(patsubst %$(comma),%,$(foreach i,a b,$(i),))])
all: ; @echo '$(foreach i,a b,$(i),)'
