# The list of variables as it was keeps its text when it grows later.
own = $(filter own-%,$1)
own-1 := x
a := $(.VARIABLES)
b = $(.VARIABLES)
own-2 := x
$(info $(call own,$(a)) / $(sort $(call own,$(b))))
$(foreach v,$(sort $(call own,$(.VARIABLES))),$(eval own-$v-more := $(words $(call own,$(.VARIABLES)))))
$(info $(call own,$(a)) / $(sort $(call own,$(b))) / $(own-own-1-more) $(own-own-2-more))
define f
$(eval own-9 := x)$(sort $(call own,$(.VARIABLES)))/$(sort $(call own,$1))
endef
$(info $(call f,$(.VARIABLES)))
all: ; @:
