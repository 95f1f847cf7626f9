# Blanks as a number are zero; the message has the argument as it was.
$(info [$(wordlist 1, ,a b)])
$(info [$(word 99999999999999999999,a b)])
all:
	@echo $(wordlist 1, -1,a b)
