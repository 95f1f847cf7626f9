# The endef of a define within loses its comment, and what is wrong with it is told.
define a
define b # comment
x
endef \# y # comment
endef # comment
$(info $(a))
define a
define b
endef x
define c
endef
endef
endef
all:
