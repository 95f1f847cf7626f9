# SPDX-License-Identifier: GPL-2.0-only
$(info [$(if x,y,z)] [$(if ,y,z)] [$(if  ,y)] [$(if x,y)] [$(if $(nope),y, z)] [$(if $(nope) ,y,z)] [$(if x,a,b,c)])
all:;@:
