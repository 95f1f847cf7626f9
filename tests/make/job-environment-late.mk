# The environment is expanded when the first line was echoed.
export a = $(info expanded)$(error no)
all:
	: first
	: second
