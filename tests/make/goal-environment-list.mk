# args: all b
# env: MAKECMDGOALS=of_the_environment
$(info $(MAKECMDGOALS) $(origin MAKECMDGOALS))
all b:
