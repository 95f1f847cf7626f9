# SPDX-License-Identifier: GPL-2.0-only
L = a b c d e f g h i j k l m n o p q r s t u v w x y z
$(info [$(filter c x z q,$(L))] [$(filter-out c x z q a b %e f%,$(L))])
all:;@:
