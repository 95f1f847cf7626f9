# A make knows nothing of what the one before it has set, whatever that read and however it ended.
ifeq ($(MAKELEVEL),0)
set = $(MAKE) --no-print-directory -f $(MAKEFILE_LIST)
all:
	@sleep 0.1
	-@$(set) show; $(set) all=1; $(set) show; $(set) all=1 fail=error; $(set) show
	-@$(set) all=1 fail=syntax; $(set) show; $(set) all=1 fail=call; $(set) show
	-@$(set) all=1 fail=define; $(set) show; $(set) all=1 fail=recipe; $(set) show
	-@$(set) all=1 -k fail=recipe show; $(set) all=1 -n; $(set) all=1 -q; $(set) show
	-@$(set) all=1 -p >/dev/null; $(set) -rR show; $(set) show A=cmd; A=env $(set) -e show; $(set) show
else
ifdef all
A := 1
B = $(foreach i,1 2,$(i)$(A))
C += more
override D := over
E ?= maybe
private P := own
define M
one $(1) two $(0)
endef
export A D
unexport HOME
fall: A := target
fall: private Q := q
%.x: A = pattern
vpath %.c src
VPATH = other
SUFFIXES :=
.SUFFIXES: .u .v
.DEFAULT: ; @echo default $@
.EXPORT_ALL_VARIABLES:
.RECIPEPREFIX = >
.SHELLFLAGS = -ec
MAKEFLAGS += -s
fall: y.x ; @echo fall $(A) $(B) $(C) $(D) $(E) $(call M,x)
%.x: ; @echo $@ $(A) $(P)
f = $(if $(1),$(call f,$(wordlist 2,99,$(1)))$(if $(fail),$(error in the call)),)
ifeq ($(fail),error)
$(error stopped)
else ifeq ($(fail),call)
$(foreach i,1 2 3,$(call f,a b c))
else ifeq ($(fail),syntax)
$(eval define Z
	a)
this is no line
else ifeq ($(fail),define)
include broken.mk
else ifeq ($(fail),recipe)
y.x: ; @echo before; exit 3; echo $(i) $(1)
endif
endif
show: ; @echo "[$(A)][$(B)][$(C)][$(D)][$(E)][$(P)][$(Q)][$(call M,x)][$(f)][$(VPATH)][$(i)][$(1)]" \
	"$(origin A) $(flavor B) $(origin D) [$(SUFFIXES)] [$(.SHELLFLAGS)] [$(.RECIPEPREFIX)]" "$$A"; \
	echo "$(MAKEFLAGS) $(sort $(filter A B C D E F M P Q Z f,$(.VARIABLES)))" $${HOME:+home}
endif
