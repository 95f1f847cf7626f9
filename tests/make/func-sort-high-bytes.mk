# The first byte of a word is compared as a char, the others are not.
$(info $(sort b é a aé ab ü z))
all:
