# args: -q first second
# -q stops at the first goal that is to be remade, and then looks at the next ones after all.
first:;@echo first
