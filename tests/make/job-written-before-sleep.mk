# args: -j2
# A recipe that waits has written what it wrote before.
all: one two
	@cat log
one:
	@echo one >>log
	@sleep 1
	@echo one again >>log
two:
	@sleep .4
	@cat log
	@echo two >>log
