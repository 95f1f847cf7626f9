# That there is no name is said first.
$(file <,x)
