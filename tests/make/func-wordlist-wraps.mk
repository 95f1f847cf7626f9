# The end is an int.
$(info [$(wordlist 2,2147483648,a b c)] [$(wordlist 3,4294967298,a b c)])
all:
