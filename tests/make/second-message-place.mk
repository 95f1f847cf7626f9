# args: --warn-undefined-variables
# What is said in a second expansion names the recipe, or nothing.
.SECONDEXPANSION:
all: $$(a) x $$(b)

# here
	@echo '$^'
x: $$(c)
%: $$(d)
	@echo '$@'
