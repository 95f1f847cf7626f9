# SPDX-License-Identifier: GPL-2.0-only
# Names of devices: lists of them, also in files, and the names most like one that is wrong. Wants mk/words.mk.

# (words, folder): NAME|WHERE for each. A word @FILE stands for the names in it, one a line; # begins a comment.
names_of = $(foreach w,$(1),$(if $(filter @%,$(w)),$(call names_in,$(patsubst @%,%,$(w)),$(if $(filter @/%,$(w)),,$(2))),$(w)|PROFILE))
names_in = $(if $(wildcard $(2)$(1)),$(shell awk '{ sub(/\r$$/, ""); sub(/$(names_hash).*/, ""); for (i = 1; i <= NF; i++) print $$i "|$(1):" FNR }' '$(2)$(1)'),$(error @$(1): No such file of profiles))
names_hash := \#
name_part = $(word $(1),$(subst |, ,$(2)))

# Text in pairs of neighbouring characters, each a word: tplink -> tp pl li in nk.
profile_letters := $(letters_lower) $(letters_upper) $(letters_digit) - _ . $(comma)
spell = $(strip $(call spell_from,$(subst $(space),,$(1)),$(profile_letters)))
spell_from = $(if $(2),$(call spell_from,$(subst $(firstword $(2)),$(firstword $(2)) ,$(1)),$(wordlist 2,99,$(2))),$(1))
pairs = $(join $(wordlist 2,99,x $(1)),$(wordlist 2,99,$(1)))
pairs_of = $(call pairs,$(call spell,$(1)))
# How alike two names are, as a number of three digits: pairs in common twice, less those that are not.
ten := x x x x x x x x x x
fifty := $(ten) $(ten) $(ten) $(ten) $(ten)
three_digits = $(if $(word 100,$(1)),,$(if $(word 10,$(1)),0,00))$(words $(1))
likeness = $(call likeness_of,$(filter $(1),$(2)),$(filter-out $(1),$(2)) $(filter-out $(2),$(1)))
likeness_of = $(call three_digits,$(wordlist $(words x $(2)),999,$(fifty) $(fifty) $(1) $(1)))
last3 = $(wordlist $(words $(wordlist 3,999,$(1))),999,$(1))
# (name, candidates): the three most alike, the best first.
nearest = $(call backwards,$(patsubst %:,%,$(foreach s,$(call last3,$(sort $(foreach c,$(2),$(call likeness,$(call pairs_of,$(1)),$(call pairs_of,$(c))):$(c)))),$(lastword $(subst :, ,$(s))))))
backwards = $(if $(1),$(call backwards,$(wordlist 2,99,$(1))) $(firstword $(1)))
