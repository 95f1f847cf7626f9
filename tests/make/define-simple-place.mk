# define := expands when the endef was read.
define a :=
x $(warning here)
$(warning and here)
endef
define b \
 ::=
$(warning define on two lines)
endef
all:
define c :=
$(word 0,x)
endef
