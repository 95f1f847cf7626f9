# Newlines become blanks, those at the end go; blanks and tabs stay; a CR before a newline goes.
$(info [$(shell printf 'a\nb\n\n\n')])
$(info [$(shell printf '\n\na')])
$(info [$(shell printf 'a \t\nb  \n')])
$(info [$(shell printf 'a\r\nb\r\n')])
$(info [$(shell printf 'a\rb')])
$(info [$(shell printf '\n\n\n')])
$(info [$(shell printf '')])
$(info [$(shell printf '$$x #y \\\\ %%')])
x != printf 'a\nb\n\n'
$(info [$x])
y != printf 'a\n\n\n'
$(info [$y])
z != printf '$$(info expanded)'
$(info [$z] $(flavor z))
all: ; @:
