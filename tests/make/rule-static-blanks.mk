# SPDX-License-Identifier: GPL-2.0-only
# The stem of a static pattern and what it makes of prerequisites are taken word by word.
all: a\ b.o x.o\ c.o d\ .o .o\ e.o g\ \ h.o
a\ b.o x.o\ c.o d\ .o .o\ e.o g\ \ h.o: %.o: %.c %.h k
	@echo '<$@> <$*> <$<> <$^>'
%.c %.h: ; @echo '[$@] [$*]'
k: ; @echo k
.SECONDEXPANSION:
all: p\ q.z ; @:
p\ q.z: %.z: $$*.y %.x %
	@echo '<$@> <$*> <$<> <$^>'
%.x %.y: ; @echo '[$@] [$*]'
p q p\ q: ; @echo '[$@]'
