# Bytes that are no text; a NUL ends what make sees.
$(info [$(shell printf '\377\200\001')])
$(info [$(shell printf 'a\0b\nc')])
$(info [$(shell printf '\0')])
$(info $(words $(shell yes abc | head -n 100000)))
all: ; @:
