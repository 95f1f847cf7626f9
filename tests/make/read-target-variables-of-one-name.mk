# Lines for variables of one target, one behind the other and written alike at first, in a file and in $(eval).
N = n
define lines
dir/one : A := 1
dir/one : B = $$(A)2
dir/one : A += 3 \
 4
dir/one : C := $(N);x
dir/one : D = x # no more
dir/one : E ?= e
dir/one : override F := f
dir/one : private G = g
dir/one : export H := h
dir/one : $(N)m := computed
dir/one : I != echo said
dir/one : J ::= $$(B)
dir/one : dir/x.o
dir/one : K:=k
dir/one :L = l
dir/one: M=m
dir/one: O=o
dir/one:P=p
ifdef NONE
dir/one : Q = q
else
dir/one : R = r
endif
dir/one : S = s
endef
all: dir/one dir/two dir/x.o
$(eval $(lines))
dir/two : A := a
dir/two : A += b
dir/two : B := $(A)
dir/two : J := $(J)$(A)
 dir/two : C := $(info read)c
dir/%.o : A := pattern
dir/%.o : B := $(A)
dir/*z : A := z
dir/*z : B := $(A)
dir/one dir/two : T := both
dir/one dir/two : U := $(T)
dir/one : V := $(or $(V),unset)
dir/one : V += more
dir/one dir/two dir/x.o:
	@echo '$@: A=$(A) B=$(B) C=$(C) D=$(D) E=$(E) F=$(F) G=$(G) H=$(H)' "$$H"
	@echo '$@: nm=$(nm) I=$(I) J=$(J) K=$(K) L=$(L) M=$(M) O=$(O) P=$(P)'
	@echo '$@: Q=$(Q) R=$(R) S=$(S) T=$(T) U=$(U) V=$(V) $^'
dir/two : W = $(info $(A))w
dir/two : X := $(W)
dir/two : dir/three := y
