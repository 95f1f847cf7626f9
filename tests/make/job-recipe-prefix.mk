# SPDX-License-Identifier: GPL-2.0-only
.RECIPEPREFIX = >
all:
> @echo one \
> two
>@echo three
