all: d/o
d/o : A = 1
d/o : = no name
d/o:;@echo $(A)
