# What is said of a line's end is written together with what the line said.
all:
	@$(MAKE) -j2 -Oline -w lines 2>&1

lines:
	-@echo first; exit 3
	@echo second
	@echo third; exit 4
