# SPDX-License-Identifier: GPL-2.0-only
A = one
AB = two
$(info $A $AB $(AB) ${AB})
all:;@:
