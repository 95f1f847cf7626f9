# Newlines in the text get lost where a shell is needed, but for those behind a backslash.
define a
echo 'a
b'; echo "c
d"; echo e \
f
endef
define b
echo a
b
endef
c != $(a)
$(info [$(shell $(a))] [$(shell $(b))] [$(c)])
all:
