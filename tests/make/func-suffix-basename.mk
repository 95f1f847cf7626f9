# SPDX-License-Identifier: GPL-2.0-only
$(info [$(suffix a.c b c.d/e .foo a.b.c x. .)] [$(basename a.c b c.d/e .foo a.b.c d/.x x.)])
all:;@:
