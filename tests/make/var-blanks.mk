# SPDX-License-Identifier: GPL-2.0-only
A   =   x   y  
B=x
C	:=	tab	
$(info [$(A)] [$(B)] [$(C)])
D := a # comment keeps the blank
$(info [$(D)])
all:;@:
