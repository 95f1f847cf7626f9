# A rule that comes out of a variable with its newlines has as many recipe lines.
define r
a:;

endef
define s
b:;@echo b

	@echo c
endef
$(r)
	@echo d
$(s)
all: a b ; @$(MAKE) -pqrR a b x 2>/dev/null | grep -A4 "recipe to execute" | sed 's/\t/TAB/'
x: ; @echo
.DEFAULT_GOAL = all
