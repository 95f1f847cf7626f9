# A recursive variable runs its text each time, a simple one and != once.
n := 0
bump = $(eval n := $(shell expr $n + 1))
a = $(bump)$(shell echo $n)
b := $(bump)$(shell echo $n)
$(info $a $a $b $b)
define lines
echo one
echo two
endef
$(info $(shell $(lines)))
c != $(lines)
$(info $c)
d != echo 'it is $$HOME' | sed 's/\$$//'
$(info $d)
e != echo a \
   b
$(info $e)
f != echo $(if x,'#') # comment
$(info $f)
all: ; @echo $(shell echo in recipe) '$(shell echo "a b")'
