# args: -q -k
# A line with + ran and another one is left out: the target counts as half made. Not so when the last one that ran could not start.
all: t u v ; +@ls
t: ; +@touch t
	@echo x
u: ; +@touch u
	+-@no-such-command
	@echo x
v: ; @echo x
