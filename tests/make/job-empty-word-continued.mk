# Of a line that make starts by itself: blanks behind a continued line go where the word is empty so far.
all:
	@printf '<%s>' ''\
  one two''\
  three
	@printf '<%s>' 'x'\
  one
