# SPDX-License-Identifier: GPL-2.0-only
# args: -k
# A folder that is not there when vpath names it is never searched; nor is one of VPATH that a recipe makes.
$(shell mkdir there; touch there/c)
vpath a% one
vpath c% there
VPATH = two
$(shell mkdir one; touch one/a1 there/c2)
all: x a1 b c c2 ; @echo $^
x: ; @mkdir two; touch two/b
