# Order-only prerequisites are patterns too.
all: | Makefil*
	@echo '$^|$|'
all: | None*
