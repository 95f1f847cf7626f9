# The name of the default goal may be a pattern of files.
.DEFAULT_GOAL = Make*
all:;@echo all
