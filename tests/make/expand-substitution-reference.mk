# SPDX-License-Identifier: GPL-2.0-only
A = a.c b.c c.h .c
$(info [$(A:.c=.o)] [$(A:%.c=%.o)] [$(A:%.c=x)] [$(A:c=)] [$(A:.h=%x)] [$(A:%=<%>)])
S = .c
T = .d
$(info [$(A:$(S)=$(T))] [$(A:$(S)=$$)] [${A:.c=.o}])
$(info [$(nope:a=b)])
all:;@:
