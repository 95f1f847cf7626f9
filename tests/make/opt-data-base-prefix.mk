# In what -p prints a recipe has its own prefix, and says so where that changes.
.RECIPEPREFIX := >
a:
> @echo a
b: a
.RECIPEPREFIX :=
c:
	@echo c
all:
	@$(MAKE) -pqrR b | grep -e RECIPEPREFIX -e echo
.DEFAULT_GOAL := all
