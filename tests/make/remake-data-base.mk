# args: -s
# -p prints once more before a remade makefile starts all over; --debug says that it does.
ifeq ($(MAKELEVEL),0)
all:
	@$(MAKE) -p below | grep -c 'Make data base, printed'
	@rm made.inc
	@$(MAKE) --debug=b --no-print-directory below | grep -c Re-exec
else
include made.inc
below: ; @:
made.inc: ; @echo made := 1 >$@
endif
