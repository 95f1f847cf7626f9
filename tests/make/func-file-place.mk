# What is wrong with $(file)'s arguments is told of where the variable was set.
a = $(file x)

all:
	$(a)
