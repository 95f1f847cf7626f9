# env: MAKEFILE_LIST=outer
# args: --eval=$(info$(subst\,,,)\ [$(MAKEFILE_LIST)]\ $(origin\ MAKEFILE_LIST)\ $(filter\ MAKEFILE_LIST,$(.VARIABLES)))
$(info [$(MAKEFILE_LIST)] $(origin MAKEFILE_LIST) $(flavor MAKEFILE_LIST))
all: ; @:
