# SPDX-License-Identifier: GPL-2.0-only
$(info [$(foreach i,1 2  3,<$(i)>)] [$(foreach i,,x)] [$(foreach i,a,)] [$(foreach i,a b,)])
$(info [$(origin i)] [$(i)])
i = outer
$(info [$(foreach i,a,$(i)$(origin i))] [$(i)])
all:;@:
